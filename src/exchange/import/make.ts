import type { Blueprint, PropertyDef } from '../../blueprint';
import { store, type Stored, type Value } from '../../blueprint/storage';
import { quote } from '../../errors';
import { asText } from '../../support/as-text';
import { fold } from '../../support/fold';
import { firstDay } from '../../support/partial-date';
import { checkRow } from '../check/row';
import { checkValue } from '../check/value';
import type { FaultKind, RowFault } from '../fault';
import type { Cell, Cells, Unreadable } from '../mapping/cell';
import type { FilePlan, Load, Question, RelationReader } from '../mapping/plan';
import { slug } from '../mapping/slug';
import type { SourceRow } from '../source/source';
import type { Made, MadeRow, Ref } from './made';
import type { Seen } from './seen';

/** What making rows of one file needs to know. */
export interface Making {
  readonly blueprint: Blueprint;
  readonly plan: FilePlan;
  /** The file's name, as faults tell it. */
  readonly file: string;
  /** The key of the Source that the file is. */
  readonly source: string;
  /** Keys that came by, for each load of the file. */
  readonly seen: ReadonlyMap<Load, Seen>;
  /** Keys that loads before this one made of its noun. */
  readonly earlier: (load: Load) => readonly Seen[];
  /** Columns of the file that nothing reads. */
  readonly placeless: () => readonly string[];
}

/** Makes a row of a file into what its loads say; faults are collected. */
export function makeRow(making: Making, { row, of, line, cells, fault }: SourceRow): MadeRow {
  const faults: RowFault[] = [];
  const notes: RowFault[] = [];
  const at = { file: making.file, line };
  if (fault !== undefined) faults.push({ ...at, field: '', kind: 'row', message: fault });
  const made = fault === undefined ? making.plan.loads.flatMap((load) => makeOne(load) ?? []) : [];
  return { row, line, cells, made: faults.length ? [] : made, faults, notes };

  function makeOne(load: Load): Made | null {
    const before = faults.length;
    const extra: { name: string; value: string }[] = [];
    const tell =
      (field: string, cell?: Cell) =>
      ({ column, value, expected }: Unreadable): void => {
        const entry = {
          ...at,
          field,
          column,
          value: asText(value),
          message: `${quote(value)} is not ${expected}.`,
        };
        if (!cell?.lenient) faults.push({ ...entry, kind: 'value' });
        else {
          notes.push({ ...entry, kind: 'unreadable' });
          extra.push({ name: column, value: asText(value) });
        }
      };
    const keep = (field: string, { columns }: Cell, message: string): void => {
      const column = columns.join(', ');
      const value = columns.map((name) => asText(cells[name])).join(', ');
      notes.push({ ...at, field, column, value, message, kind: 'unreadable' });
      extra.push({ name: column, value });
    };
    const found = keyOf(load, cells, tell('key'));
    if (found !== null && 'lacks' in found) {
      const column = found.lacks.columns.join(', ');
      const message = `the first part of the key of a ${load.noun.name} is unknown: without it, the rest is no key. \`or\` says what stands instead.`;
      if (faults.length === before)
        faults.push({ ...at, field: 'key', column, kind: 'key', message });
      return null;
    }
    // A row that says nothing of a noun makes none.
    if (found === null) {
      if (!load.merges)
        faults.push({
          ...at,
          field: 'key',
          column: load.key.flatMap(({ columns }) => columns).join(', '),
          kind: 'key',
          message: `no key can be made of it for a ${load.noun.name}.`,
        });
      return null;
    }
    const { key, again } = noted(load, found, making, (kind, message) =>
      notes.push({ ...at, field: 'key', value: found.text, kind, message }),
    );
    const values: Record<string, unknown> = { key };
    for (const { property, cells: readers } of load.fields) {
      if (property.kind === 'pairs') {
        const pairs = readers.flatMap(([scheme, cell]) => {
          const value = cell.read(cells, tell(property.name, cell));
          return value == null ? [] : [{ name: scheme, value: asText(value) }];
        });
        if (pairs.length) values[property.name] = pairs;
        continue;
      }
      const cell = (readers[0] as readonly [string, Cell])[1];
      const value = cell.read(cells, tell(property.name, cell));
      if (value === null || (Array.isArray(value) && !value.length)) continue;
      const why = cell.lenient ? refusal(property, value) : undefined;
      if (why === undefined) values[property.name] = value;
      else keep(property.name, cell, why);
    }
    if (load.takesExtra)
      for (const name of making.placeless()) {
        const value = cells[name];
        if (value == null || value === '') continue;
        const text = asText(value);
        if (text.trim()) extra.push({ name, value: text });
      }
    if (extra.length) values.extra = extra;
    if (load.noun.properties.get('certainty')?.required)
      values.certainty ??= load.certainty?.read(cells, tell('certainty')) ?? 'STATED';
    if (load.cites) {
      values.source = making.source;
      values.citations = [
        {
          page: load.page?.read(cells, tell('page')) ?? of ?? row,
          quote: load.quote?.read(cells, tell('quote')) ?? null,
        },
      ];
    }
    const raw = { ...at, noun: load.noun.name, values };
    const told: RowFault[] = [];
    const checked = checkRow(making.blueprint, raw, told, load.cleared);
    for (const each of told) faults.push({ ...each, ...located(load, each) });
    const refs =
      again && load.onlyNew ? [] : load.relations.flatMap((one) => refOf(one, cells, tell) ?? []);
    if (faults.length > before || !checked) return null;
    return {
      load,
      key,
      columns: spoken(load, checked.columns),
      again,
      refs,
      citations: checked.citations,
    };
  }

  function refOf(
    relation: RelationReader,
    from: Cells,
    tell: (field: string, cell?: Cell) => (problem: Unreadable) => void,
  ): Ref[] {
    const edge: Record<string, Stored> = {};
    for (const [property, cell] of relation.edge) {
      const value = cell.read(from, tell(`${relation.field}.${property.name}`, cell));
      if (value === null) continue;
      const checked = checkValue(property, value, (message) =>
        faults.push({ ...at, field: `${relation.field}.${property.name}`, kind: 'value', message }),
      );
      if (checked !== undefined) Object.assign(edge, store(property, checked));
    }
    if (relation.written.relation.claim) edge.certainty ??= 'STATED';
    const shared = { relation, edge: pruned(edge) };
    if (relation.key)
      return keysOf(relation.key, from, tell(relation.field)).map((key) => ({
        ...shared,
        key,
        find: [],
        settle: [],
      }));
    const find = relation.find.map((each) => answer(each, from, tell(relation.field)));
    if (find.every((value) => value === null)) return [];
    return [
      {
        ...shared,
        key: null,
        find,
        settle: relation.settle.map((each) => answer(each, from, tell(relation.field))),
      },
    ];
  }
}

/** Why a value cannot be a property's; undefined where it can. */
function refusal(property: PropertyDef, value: unknown): string | undefined {
  let why: string | undefined;
  checkValue(property, value, (message) => (why ??= message));
  return why;
}

/** What a question is answered by, as it is stored. */
function answer(
  { criterion, cell }: Question,
  cells: Cells,
  tell: (problem: Unreadable) => void,
): Stored {
  const value = cell.read(cells, tell) as Value | null;
  if (value === null) return null;
  const { property } = criterion;
  return property.kind === 'money'
    ? (value as Stored)
    : (store(property, value)[property.name] ?? null);
}

/** The form in which a value stands in an index: folded, or as its first day. */
export function indexed({ criterion }: Question, value: Stored): Stored {
  if (typeof value !== 'string') return value;
  if (criterion.property.kind === 'date') return firstDay(value);
  return criterion.property.kind === 'string' ? fold(value) : value;
}

/**
 * The key that a row makes, and what it was made of; null where nothing is known of it. What a thing belongs to comes
 * first in its key: where that is unknown, the rest would be shared by all that lack it.
 */
function keyOf(
  load: Load,
  cells: Cells,
  tell: (problem: Unreadable) => void,
): { readonly key: string; readonly text: string } | { readonly lacks: Cell } | null {
  const parts = load.key.map((cell) => {
    const text = asText(cell.read(cells, tell));
    return { cell, text, part: slug(text) };
  });
  const read = parts.filter(({ cell }) => isRead(cell));
  const [first] = read;
  if (first && read.every(({ part }) => !part)) return null;
  if (first && !first.part) return { lacks: first.cell };
  const key = parts.flatMap(({ part }) => part || []).join('/');
  return key ? { key, text: parts.map(({ text }) => text).join('\u0000') } : null;
}

/** Whether a part of a key is read from the row: a constant alone, such as a scheme, names nothing. */
const isRead = (cell: Cell): boolean => cell.columns.length > 0;

/** Keys of other ends; a part that is a list makes several. */
function keysOf(
  parts: readonly Cell[],
  cells: Cells,
  tell: (problem: Unreadable) => void,
): string[] {
  let keys: string[] = [''];
  let any = false;
  for (const cell of parts) {
    const value = cell.read(cells, tell);
    if (value === null) continue;
    any ||= isRead(cell);
    const slugs = [value]
      .flat()
      .map((each) => slug(String(each as string)))
      .filter(Boolean);
    keys = keys.flatMap((key) => slugs.map((each) => (key ? `${key}/${each}` : each)));
  }
  if (!any && parts.some(isRead)) return [];
  return [...new Set(keys)].filter(Boolean);
}

/** The key as it is written: an ordinal for what repeats, or for another text that makes the same key. */
function noted(
  load: Load,
  { key, text }: { key: string; text: string },
  making: Making,
  note: (kind: FaultKind, message: string) => void,
): { key: string; again: boolean } {
  const seen = (making.seen.get(load) as Seen).note(key, text);
  const elsewhere = making.earlier(load).some((each) => each.has(key));
  if (load.merges) {
    if (seen.collides)
      note(
        'collision',
        `${quote(readable(text))} makes a key that another text made: "${key}~${seen.text + 1}" is its own.`,
      );
    const own = seen.text ? `${key}~${seen.text + 1}` : key;
    return { key: own, again: seen.before > 0 || elsewhere };
  }
  if (!seen.before) return { key, again: elsewhere };
  const own = `${key}~${seen.before + 1}`;
  if (seen.collides)
    note('collision', `${quote(readable(text))} makes the key "${key}" again; it gets "${own}".`);
  else note('repeat', `repeats the key "${key}"; it gets "${own}".`);
  return { key: own, again: false };
}

const readable = (text: string): string => text.split('\u0000').filter(Boolean).join(', ');

/** The columns that a row of the load speaks of. */
function spoken(
  { cleared }: Load,
  columns: Readonly<Record<string, Stored>>,
): Record<string, Stored> {
  const own: Record<string, Stored> = {};
  for (const name in columns) {
    const value = columns[name] as Stored;
    if (name !== 'key' && (value !== null || name in cleared)) own[name] = value;
  }
  return own;
}

function pruned(columns: Record<string, Stored>): Record<string, Stored> {
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== null));
}

/** Which column a fault of a field comes from, and of what kind it is. */
function located(load: Load, { field, message }: RowFault): Partial<RowFault> {
  const reader = load.fields.find(({ property }) => property.name === field.split('.')[0]);
  const columns = (
    field === 'key' ? load.key : (reader?.cells.map(([, cell]) => cell) ?? [])
  ).flatMap((cell) => cell.columns);
  const kind: FaultKind =
    message === 'is missing.' ? 'missing' : field === 'key' ? 'key' : reader ? 'value' : 'sense';
  return { kind, ...(columns.length ? { column: [...new Set(columns)].join(', ') } : {}) };
}
