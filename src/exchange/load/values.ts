import neo4j from 'neo4j-driver';
import type { PropertyDef } from '../../blueprint';
import { columnsOf } from '../../blueprint/storage';
import type { Columns } from './layers';

/** The columns of some properties that hold whole numbers. */
export function integerColumns(properties: Iterable<PropertyDef>): ReadonlySet<string> {
  return new Set(
    [...properties].flatMap((property) =>
      columnsOf(property).flatMap(({ name, integer }) => (integer ? [name] : [])),
    ),
  );
}

/** Values as the driver takes them in a map: whole numbers told from others. */
export function typed(set: Columns, integers: ReadonlySet<string>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(set).map(([name, value]) => [
      name,
      integers.has(name) && typeof value === 'number' ? neo4j.int(value) : value,
    ]),
  );
}

/** Rows turned into one list for each column. Texts come first, dates and measures last, where they are read fastest. */
export function byColumn(rows: readonly Columns[]): {
  readonly columns: readonly string[];
  readonly lists: Readonly<Record<string, readonly unknown[]>>;
} {
  const kinds = new Map<string, number>();
  for (const row of rows)
    for (const [name, value] of Object.entries(row))
      if (value !== null && !kinds.has(name))
        kinds.set(name, typeof value === 'number' || /(Day|Start|End)$/.test(name) ? 1 : 0);
  const columns = [...kinds.keys()].sort(
    (a, b) => (kinds.get(a) as number) - (kinds.get(b) as number) || (a < b ? -1 : 1),
  );
  return {
    columns,
    lists: Object.fromEntries(columns.map((name) => [name, rows.map((row) => row[name] ?? null)])),
  };
}
