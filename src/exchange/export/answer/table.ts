import { isObject } from '../../../support/is-object';
import { record } from '../formats/csv';
import type { Cell } from '../tables';

/** A level of what the rows hold: the columns below it, in the order in which they were asked for. */
type Tree = Map<string, Tree>;

/** The rows of a list, whichever way it was asked for; null where it is no list. */
export function rowsOf(value: unknown): readonly unknown[] | null {
  if (Array.isArray(value)) return value as unknown[];
  if (!isObject(value)) return null;
  const list = value.nodes ?? value.edges;
  return Array.isArray(list) ? (list as unknown[]) : null;
}

/** The rows of a root field: of a list its items, of one thing itself, of nothing none. */
export const rowsOfRoot = (value: unknown): readonly unknown[] =>
  rowsOf(value) ?? (value == null ? [] : [value]);

function grow(tree: Tree, row: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(row)) {
    let below = tree.get(name);
    if (!below) tree.set(name, (below = new Map<string, Tree>()));
    if (isObject(value) && !rowsOf(value)) grow(below, value);
  }
}

function pathsOf(tree: Tree, before: readonly string[] = []): string[][] {
  return [...tree].flatMap(([name, below]) =>
    below.size ? pathsOf(below, [...before, name]) : [[...before, name]],
  );
}

const isPlain = (value: unknown): value is Cell => typeof value !== 'object' || value === null;

/** Items that have one field are that field. */
export const unwrapped = (values: readonly unknown[]): unknown[] =>
  values.map((value) =>
    isObject(value) && Object.keys(value).length === 1 ? Object.values(value)[0] : value,
  );

/** Several values in one cell: plain ones and those of one field joined by "; ", others as JSON. */
function several(values: readonly unknown[]): string {
  const only = unwrapped(values);
  return only.every(isPlain) ? only.map((value) => value ?? '').join('; ') : JSON.stringify(values);
}

/** What a row holds under a path. */
export const valueAt = (row: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((at, name) => (isObject(at) ? at[name] : undefined), row) ?? null;

function cellOf(row: unknown, path: readonly string[]): Cell {
  const value = valueAt(row, path);
  const rows = rowsOf(value);
  if (rows) return several(rows);
  return isPlain(value) ? value : JSON.stringify(value);
}

/** The names of a table's columns as a record of CSV; what has no fields is one column. */
export const headRecord = (paths: readonly (readonly string[])[]): string =>
  record(paths.map((path) => path.join('.') || 'value'));

/** A row as a record of CSV. */
export const rowRecord = (row: unknown, paths: readonly (readonly string[])[]): string =>
  record(paths.map((path) => cellOf(row, path)));

/**
 * The one list of an answer as CSV: a row for each item, fields of objects as columns such as `company.name`, lists
 * within an item in one cell. An answer without a list is one row.
 * @returns null where several root fields were asked for, of which one file cannot be made
 */
export function csvOf(data: Readonly<Record<string, unknown>>): string | null {
  const roots = Object.values(data);
  if (roots.length !== 1) return null;
  const rows = rowsOfRoot(roots[0]);
  const tree: Tree = new Map();
  for (const row of rows) if (isObject(row)) grow(tree, row);
  const paths = tree.size ? pathsOf(tree) : [[]];
  return headRecord(paths) + rows.map((row) => rowRecord(row, paths)).join('');
}
