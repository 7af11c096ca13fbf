/** The numbers of a plan's task as one reads them: `二(一)1 第2段`. */
export function pathText(path: readonly string[]): string {
  return path
    .map((step) => (step.startsWith('¶') ? ` 第${step.slice(1)}段` : step))
    .join('')
    .trim();
}
