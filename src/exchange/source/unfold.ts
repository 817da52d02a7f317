import type { Cells } from '../mapping/cell';
import type { EachSpec } from '../mapping/schema';
import { isRow } from './json-lines';
import type { Source, SourceRow } from './source';

/** Rows that are passed on at once: a few rows may hold millions of items. */
const piece = 1_000;

/** The column of a file whose items become rows, and what parts them where it is a text. */
export function eachOf(spec: EachSpec): { readonly column: string; readonly split?: string } {
  return typeof spec === 'string' ? { column: spec } : spec;
}

/**
 * A row for each item of a list that a row holds: beside the row's own columns, the item stands where the list stood. A
 * row without any is passed on once, with nothing there.
 */
export function unfolded(source: Source, spec: EachSpec): Source {
  const { column, split } = eachOf(spec);
  const steps = column.split('.');
  return {
    ...source,
    rows: async function* () {
      let row = 0;
      let rows: SourceRow[] = [];
      for await (const part of source.rows())
        for (const each of part) {
          const { cells } = each;
          // A name with a dot in it may be a column of its own, as it may for fields.
          const path = Object.hasOwn(cells, column) ? [column] : steps;
          const all = each.fault === undefined ? itemsAt(cells, path, split) : [cells];
          for (const own of all) {
            rows.push({ ...each, row: ++row, of: each.row, cells: own as Cells });
            if (rows.length < piece) continue;
            yield rows;
            rows = [];
          }
        }
      if (rows.length) yield rows;
    },
  };
}

/** The value once for each item of the list at the path, which gives way to the item; lists on the way as well. */
function* itemsAt(value: unknown, path: readonly string[], split?: string): Generator<unknown> {
  let any = false;
  for (const item of itemsOf(value, path, split)) {
    any = true;
    yield item;
  }
  if (!any) yield null;
}

/** As {@link itemsAt}, and nothing where there is none. */
function* itemsOf(value: unknown, path: readonly string[], split?: string): Generator<unknown> {
  const [step, ...more] = path;
  if (Array.isArray(value)) {
    for (const item of value)
      yield* step === undefined ? itemsOf(item, path, split) : itemsAt(item, path, split);
  } else if (step !== undefined) {
    if (!isRow(value)) return;
    for (const item of itemsAt(value[step], more, split)) yield { ...value, [step]: item };
  } else if (typeof value === 'string' && split !== undefined) {
    for (const text of value.split(split)) if (text.trim()) yield text.trim();
  } else {
    yield value;
  }
}
