/**
 * The condition for "this task's words contain the query", as SQL over `task_texts` under the alias `alias`, with the
 * value for its one parameter. Three characters and more go through trigrams; one or two, which trigrams cannot find,
 * through an index of pieces of that length. An empty query has no condition.
 */
export function taskTextCondition(
  query: string,
  alias: string,
  parameter: number,
): { sql: string; value: unknown } | null {
  const wanted = query.trim().toLowerCase();
  const words = `coalesce(${alias}.heading, '') || ' ' || ${alias}.text`;
  if (wanted === '') return null;
  if ([...wanted].length <= 2) return { sql: `short_grams(${words}) @> $${parameter}::text[]`, value: [wanted] };
  return { sql: `lower(${words}) LIKE $${parameter}`, value: `%${wanted.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%` };
}
