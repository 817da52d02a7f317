import { record } from '../../exchange/export/formats/csv';
import type { Cell } from '../../exchange/export/tables';

/** A level of what the rows hold: the columns below it, in the order in which they were asked for. */
type Tree = Map<string, Tree>;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The rows of a list, whichever way it was asked for. */
function rowsOf(value: unknown): readonly unknown[] | null {
  if (Array.isArray(value)) return value as unknown[];
  if (!isObject(value)) return null;
  const list = value.nodes ?? value.edges;
  return Array.isArray(list) ? (list as unknown[]) : null;
}

function grow(tree: Tree, row: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(row)) {
    let below = tree.get(name);
    if (!below) tree.set(name, (below = new Map<string, Tree>()));
    if (isObject(value) && !rowsOf(value)) grow(below, value);
  }
}

function columnsOf(tree: Tree, before: readonly string[] = []): string[][] {
  return [...tree].flatMap(([name, below]) =>
    below.size ? columnsOf(below, [...before, name]) : [[...before, name]],
  );
}

const isPlain = (value: unknown): value is Cell => typeof value !== 'object' || value === null;

/** Several values in one cell: plain ones and those of one field joined by "; ", others as JSON. */
function several(values: readonly unknown[]): string {
  const only = values.map((value) =>
    isObject(value) && Object.keys(value).length === 1 ? Object.values(value)[0] : value,
  );
  return only.every(isPlain) ? only.map((value) => value ?? '').join('; ') : JSON.stringify(values);
}

function cellOf(row: unknown, path: readonly string[]): Cell {
  const value = path.reduce<unknown>((at, name) => (isObject(at) ? at[name] : undefined), row);
  if (value == null) return null;
  const rows = rowsOf(value);
  if (rows) return several(rows);
  return typeof value === 'object' ? JSON.stringify(value) : (value as Cell);
}

/**
 * The one list of an answer as CSV: a row for each item, fields of objects as columns such as `company.name`, lists
 * within an item in one cell. An answer without a list is one row.
 * @returns null where several root fields were asked for, of which one file cannot be made
 */
export function csvOf(data: Readonly<Record<string, unknown>>): string | null {
  const roots = Object.values(data);
  if (roots.length !== 1) return null;
  const rows = rowsOf(roots[0]) ?? (roots[0] === null ? [] : [roots[0]]);
  const tree: Tree = new Map();
  for (const row of rows) if (isObject(row)) grow(tree, row);
  const columns = columnsOf(tree);
  if (!columns.length)
    return record(['value']) + rows.map((row) => record([cellOf(row, [])])).join('');
  return (
    record(columns.map((path) => path.join('.'))) +
    rows.map((row) => record(columns.map((path) => cellOf(row, path)))).join('')
  );
}
