import type { Cells } from '../mapping/cell';
import type { EachSpec } from '../mapping/schema';
import { isRow } from './json-lines';
import type { Source, SourceRow } from './source';

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
      for await (const part of source.rows())
        yield part.flatMap((each): SourceRow[] => {
          const { cells } = each;
          // A name with a dot in it may be a column of its own, as it may for fields.
          const path = Object.hasOwn(cells, column) ? [column] : steps;
          const all = each.fault === undefined ? itemsAt(cells, path, split) : [cells];
          return all.map((own) => ({ ...each, row: ++row, of: each.row, cells: own as Cells }));
        });
    },
  };
}

/** The value once for each item of the list at the path, which gives way to the item; lists on the way as well. */
function itemsAt(value: unknown, [step, ...more]: readonly string[], split?: string): unknown[] {
  if (Array.isArray(value)) {
    const path = step === undefined ? [] : [step, ...more];
    const items = value.flatMap((item) => itemsAt(item, path, split));
    return items.length ? items : [null];
  }
  if (step === undefined) {
    if (typeof value !== 'string' || split === undefined) return [value];
    return value.split(split).flatMap((text) => text.trim() || []);
  }
  if (!isRow(value)) return [null];
  const items = itemsAt(value[step], more, split);
  return (items.length ? items : [null]).map((item) => ({ ...value, [step]: item }));
}
