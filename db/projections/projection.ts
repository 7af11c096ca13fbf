import { getTableColumns } from 'drizzle-orm';
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core';

/** A row by column names, as `jsonb_populate_recordset` reads it. */
export type Row = Record<string, unknown>;

/** What one table of a read model must take over: rows to write, and keys of rows that are gone. */
export interface TableChange {
  write: Row[];
  remove: Row[];
}

/**
 * A read model as a pure reading of an entity's state. The ledger writes only rows that differ between the state before
 * and after, so a report on one responsibility touches one row and not the whole task.
 */
export interface Projection {
  tables: ProjectedTable[];
  /** The rows of every table for this state, in the order of `tables`. */
  rows(state: unknown, about: About): Row[][];
}

export interface About {
  id: string;
  seq: number;
  /** Instant of the last event. */
  at: number;
}

export interface ProjectedTable {
  name: string;
  /** All columns by their database names. */
  columns: string[];
  key: string[];
  /** True where rows stay although the state has let go of them: a state holds only its recent past. */
  keeps: boolean;
}

export function projectedTable(table: PgTable, { keeps = false } = {}): ProjectedTable {
  const config = getTableConfig(table);
  const columns = Object.values(getTableColumns(table)).map((column) => column.name);
  const composite = config.primaryKeys[0]?.columns.map((column) => column.name);
  const single = Object.values(getTableColumns(table)).filter((column) => column.primary);
  return { name: config.name, columns, key: composite ?? single.map((column) => column.name), keeps };
}

export const NO_PROJECTION: Projection = { tables: [], rows: () => [] };

/** The rows to write and to remove so that tables holding `before` come to hold `after`. */
export function changes(projection: Projection, before: Row[][], after: Row[][]): TableChange[] {
  return projection.tables.map((table, index) => {
    const keyOf = (row: Row): string => JSON.stringify(table.key.map((column) => row[column]));
    const old = new Map((before[index] ?? []).map((row) => [keyOf(row), row]));
    const write = (after[index] ?? []).filter((row) => {
      const known = old.get(keyOf(row));
      old.delete(keyOf(row));
      return known === undefined || JSON.stringify(known) !== JSON.stringify(row);
    });
    return { write, remove: table.keeps ? [] : [...old.values()] };
  });
}

/**
 * The parts of a statement that writes a read model, one parameter for each table's rows and one for removed keys,
 * starting at `$first`. `source` is the part that yields a row only if the write may happen.
 */
export function projectionParts(projection: Projection, source: string, first: number): string[] {
  return projection.tables.flatMap(({ name, columns, key }, index) => {
    const rows = `$${first + index * 2}::jsonb`;
    const gone = `$${first + index * 2 + 1}::jsonb`;
    const rest = columns.filter((column) => !key.includes(column));
    const set = rest.map((column) => `"${column}" = EXCLUDED."${column}"`).join(', ');
    const names = columns.map((column) => `"${column}"`).join(', ');
    const values = columns.map((column) => `r."${column}"`).join(', ');
    const match = key.map((column) => `t."${column}" = r."${column}"`).join(' AND ');
    return [
      `write_${name} AS (
        INSERT INTO ${name} (${names})
        SELECT ${values} FROM ${source}, jsonb_populate_recordset(NULL::${name}, ${rows}) r
        ON CONFLICT (${key.map((column) => `"${column}"`).join(', ')}) DO UPDATE SET ${set})`,
      `remove_${name} AS (
        DELETE FROM ${name} t USING ${source}, jsonb_populate_recordset(NULL::${name}, ${gone}) r WHERE ${match})`,
    ];
  });
}

/** The parameters for `projectionParts`, in its order. */
export function projectionParameters(changed: TableChange[]): string[] {
  return changed.flatMap(({ write, remove }) => [JSON.stringify(write), JSON.stringify(remove)]);
}
