import type { Stored } from '../../blueprint/storage';
import type { BulkColumn } from '../../derive/bulk';
import type { Columns } from './layers';

/** A column of many rows. */
export interface Column {
  readonly name: string;
  /** A value for each row; for what is the same in all of them that alone. */
  readonly values: readonly (Stored | undefined)[];
  readonly integer?: boolean;
  readonly same?: boolean;
  /** Texts of which none is null. */
  readonly full?: boolean;
}

/** Columns as a statement of `derive/bulk` takes them: their forms, and the parameters. */
export interface Packed {
  readonly columns: readonly BulkColumn[];
  readonly p: Readonly<Record<string, unknown>>;
}

/** What parts texts: characters that hardly any text holds. */
const marks = ['\u001f', '\u001e', '\u001d', '\u001c', '\ue000', '\ue001', '\ue002', '\ue003'];

/** Packs columns so that few values travel. */
export function pack(columns: readonly Column[]): Packed {
  const texts = columns.filter((column) => ['text', 'full'].includes(formOf(column)));
  const [part, none] = marks.filter((mark) => !texts.some(({ values }) => holds(values, mark)));
  const p: Record<string, unknown> = { part: part ?? marks[0], none: none ?? marks[1] };
  const forms = columns.map((column): BulkColumn => {
    const { name, values } = column;
    let form = formOf(column);
    // Texts that hold all marks go one by one.
    if ((form === 'text' || form === 'full') && none === undefined) form = 'each';
    if (form === 'same') p[name] = values[0] ?? null;
    else if (form === 'each') p[name] = values.map((value) => value ?? null);
    else p[name] = values.map((value) => value ?? (p.none as string)).join(p.part as string);
    return [name, form];
  });
  return { columns: forms, p };
}

function formOf({ values, same, integer, full }: Column): BulkColumn[1] {
  if (same) return 'same';
  if (integer) return 'integer';
  let form: 'text' | 'float' | undefined;
  for (const value of values) {
    if (value == null) continue;
    const own = typeof value === 'string' ? 'text' : typeof value === 'number' ? 'float' : null;
    if (own === null || (form !== undefined && own !== form)) return 'each';
    form = own;
  }
  return form === undefined || form === 'text' ? (full ? 'full' : 'text') : form;
}

function holds(values: readonly (Stored | undefined)[], mark: string): boolean {
  for (const value of values) if (typeof value === 'string' && value.includes(mark)) return true;
  return false;
}

/** What rows say, by column. Texts come first, dates and measures last, where they are read fastest. */
export function toColumns(rows: readonly Columns[], integers: ReadonlySet<string>): Column[] {
  const kinds = new Map<string, number>();
  for (const row of rows)
    for (const name in row) {
      const value = row[name] as Stored;
      if (value !== null && !kinds.has(name))
        kinds.set(name, typeof value === 'number' || /(Day|Start|End)$/.test(name) ? 1 : 0);
    }
  const names = [...kinds.keys()].sort(
    (a, b) => (kinds.get(a) as number) - (kinds.get(b) as number) || (a < b ? -1 : 1),
  );
  return names.map((name) => ({
    name,
    integer: integers.has(name),
    values: rows.map((row) => row[name]),
  }));
}
