import type { PropertyDef } from '../../blueprint';
import { quote } from '../../errors';
import { constant as constantCase } from '../../derive/names';
import { asText } from '../../support/as-text';
import { currencyOf } from './currency';
import { dateReader, readIsoDate } from './date';
import { readNumber } from './number';
import { origins, type ValueOptions, type ValueSpec } from './schema';
import { slug } from './slug';

/** A row of a file by its columns. */
export type Cells = Readonly<Record<string, unknown>>;

/** A value that cannot be read: from which column, what was there, what was expected. */
export interface Unreadable {
  readonly column: string;
  readonly value: unknown;
  readonly expected: string;
}

/** Reads one value of a row; null where it is unknown. What cannot be read is told to `tell`. */
export type ReadCell = (cells: Cells, tell: (problem: Unreadable) => void) => unknown;

/** A compiled value: its reader, the columns that it looks at, and what becomes of what it cannot read. */
export interface Cell {
  readonly read: ReadCell;
  readonly columns: readonly string[];
  readonly lenient: boolean;
}

/** What a value must become: the kind of a property, or a plain text. */
export type Aim = Pick<PropertyDef, 'kind' | 'enum' | 'name'>;
const plainText: Aim = { kind: 'string', name: '' };

/**
 * Compiles how a value is read.
 * @param unknown words that stand for nothing, folded
 * @throws Error with a sentence on what is wrong with the specification
 */
export function compileCell(
  spec: ValueSpec,
  unknown: ReadonlySet<string>,
  aim: Aim = plainText,
): Cell {
  const options: ValueOptions = typeof spec === 'string' ? { column: spec } : spec;
  const words = options.unknown
    ? new Set([...unknown, ...options.unknown.map((word) => word.trim().toLowerCase())])
    : unknown;
  const from = origin(options, words);
  const prepare = preparation(options, words, aim);
  const one = single(options, words, aim);
  checkLiterals(options, one, aim);
  const convert = conversion(options, one);
  const otherwise = options.or === undefined ? undefined : compileCell(options.or, unknown, aim);
  const named = from.columns.join(', ');
  const read: ReadCell = (cells, tell) => {
    const raw = prepare(from.read(cells));
    const none = raw === null || (Array.isArray(raw) && !raw.length);
    if (none) return otherwise ? otherwise.read(cells, tell) : null;
    const value = convert(raw, cells);
    if (value instanceof Expected) {
      tell({ column: named, value: value.of ?? raw, expected: value.what });
      return null;
    }
    return value ?? (otherwise ? otherwise.read(cells, tell) : null);
  };
  const currency = typeof options.currency === 'object' ? [options.currency.column] : [];
  return {
    read,
    columns: [...from.columns, ...currency, ...(otherwise?.columns ?? [])],
    lenient: options.unreadable === 'extra' || Boolean(otherwise?.lenient),
  };
}

/**
 * Words that the mapping itself gives must fit what they become, or every row would be told.
 * @throws Error with a sentence
 */
function checkLiterals({ constant, map, others }: ValueOptions, one: Convert, { kind }: Aim): void {
  // Whether money has a currency, only a row can tell.
  if (kind === 'money') return;
  for (const literal of [...Object.values(map ?? {}), others, map ? undefined : constant]) {
    if (literal == null) continue;
    const value = one(literal, {});
    if (value instanceof Expected) throw new Error(`${quote(literal)} is not ${value.what}.`);
  }
}

class Expected {
  constructor(
    readonly what: string,
    /** What it was of a list that is not so. */
    readonly of?: unknown,
  ) {}
}

interface Origin {
  readonly read: (cells: Cells) => unknown;
  readonly columns: readonly string[];
}

function origin(options: ValueOptions, unknown: ReadonlySet<string>): Origin {
  const { column, columns, constant, text, join = ' ' } = options;
  if (origins.filter((name) => options[name] !== undefined).length !== 1)
    throw new Error(`says where it comes from by one of ${origins.join(', ')}.`);
  if (constant !== undefined) return { read: () => constant, columns: [] };
  if (column !== undefined) return { read: at(column), columns: [column] };
  const texts = (cells: Cells, name: string) => known(at(name)(cells), unknown);
  if (columns)
    return {
      read: (cells) =>
        columns.flatMap((name) => asText(texts(cells, name)) || []).join(join) || null,
      columns,
    };
  const parts = (text as string).split(/\{([^{}]+)\}/);
  const names = parts.filter((_, index) => index % 2);
  if (!names.length) throw new Error('has a text without a {column}; write it as a constant.');
  return {
    read: (cells) => {
      let any = false;
      const filled = parts.map((part, index) => {
        if (index % 2 === 0) return part;
        const value = texts(cells, part);
        any ||= value !== null;
        return asText(value);
      });
      return any ? filled.join('').replace(/\s+/g, ' ').trim() : null;
    },
    columns: names,
  };
}

/** A column, or in nested data a path of names. */
export function at(name: string): (cells: Cells) => unknown {
  const steps = name.split('.');
  return (cells) => {
    if (Object.hasOwn(cells, name)) return cells[name];
    if (steps.length === 1) return undefined;
    return steps.reduce<unknown>(
      (value, step) =>
        typeof value === 'object' && value !== null && Object.hasOwn(value, step)
          ? (value as Cells)[step]
          : undefined,
      cells,
    );
  };
}

/** A value without white space around it; null where it says nothing. */
function known(value: unknown, unknown: ReadonlySet<string>): unknown {
  if (value == null) return null;
  if (typeof value === 'string') {
    const text = value.trim();
    return text === '' || unknown.has(text.toLowerCase()) ? null : text;
  }
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value;
  if (typeof value === 'bigint')
    return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (Array.isArray(value)) return value.flatMap((each) => known(each, unknown) ?? []);
  return typeof value === 'object' ? asText(value) : value;
}

/** What is done to a value before it is taken for anything: lists parted, beginnings taken off, case, slug. */
function preparation(
  { split, without, case: letters, slug: slugged }: ValueOptions,
  unknown: ReadonlySet<string>,
  { kind }: Aim,
): (raw: unknown) => unknown {
  const list = kind === 'strings' || kind === 'enums' || split !== undefined;
  const plain = without === undefined && !letters && !slugged;
  const each = (value: unknown): unknown => {
    const said = value instanceof Date && kind !== 'date' ? asText(value) : value;
    if (plain || typeof said !== 'string') return said;
    let text = said;
    if (without !== undefined && text.startsWith(without)) text = text.slice(without.length);
    if (letters) text = letters === 'upper' ? text.toUpperCase() : text.toLowerCase();
    if (slugged) text = slug(text);
    return text === '' ? null : text;
  };
  return (raw) => {
    const value = known(raw, unknown);
    if (!list) return each(value);
    const items =
      typeof value === 'string' && split !== undefined
        ? value.split(split)
        : Array.isArray(value)
          ? value
          : [value];
    return items.flatMap((item) => each(known(item, unknown)) ?? []);
  };
}

type Convert = (raw: unknown, cells: Cells) => unknown;

function conversion({ map, others }: ValueOptions, one: Convert): Convert {
  const mapped: Convert = (raw, cells) => {
    if (!map) return one(raw, cells);
    const word = asText(raw);
    const said = Object.hasOwn(map, word) ? map[word] : others;
    if (said !== undefined) return said === null ? null : one(said, cells);
    return new Expected(`one of ${Object.keys(map).slice(0, 20).map(quote).join(', ')}`);
  };
  return (raw, cells) => {
    if (!Array.isArray(raw)) return mapped(raw, cells);
    const items: unknown[] = [];
    for (const each of raw) {
      const value = mapped(each, cells);
      if (value instanceof Expected) return new Expected(value.what, each);
      if (value != null) items.push(value);
    }
    return items;
  };
}

function single(
  options: ValueOptions,
  unknown: ReadonlySet<string>,
  { kind, ...aim }: Aim,
): Convert {
  switch (kind) {
    case 'int':
    case 'float':
      return (raw) => {
        const found = number(raw, options);
        const fits = kind === 'int' ? Number.isSafeInteger(found?.value) : found;
        return fits ? found?.value : new Expected(kind === 'int' ? 'a whole number' : 'a number');
      };
    case 'money':
      return money(options, unknown);
    case 'date': {
      const readers = [options.format ?? []].flat().map(dateReader);
      const formats = [options.format ?? 'YYYY-MM-DD, YYYY-MM or YYYY'].flat().join(', ');
      const all = readers.length ? readers : [readIsoDate];
      return (raw) => {
        // What is a date in the file itself needs no form.
        if (raw instanceof Date) return readIsoDate(asText(raw)) ?? new Expected('a date');
        const text = String(raw);
        for (const read of all) {
          const date = read(text);
          if (date !== null) return date;
        }
        return new Expected(`a date of the form ${formats}`);
      };
    }
    case 'boolean':
      return (raw) => {
        if (typeof raw === 'boolean') return raw;
        const text = String(raw).toLowerCase();
        if (['true', 'yes', 'y', '1', 't', '是'].includes(text)) return true;
        if (['false', 'no', 'n', '0', 'f', '否'].includes(text)) return false;
        return new Expected('yes or no');
      };
    case 'enum':
    case 'enums': {
      const values = Object.keys(aim.enum?.values ?? {});
      return (raw) => {
        const text = String(raw);
        if (values.includes(text)) return text;
        const upper = constantCase(text.replace(/[^\p{L}\p{N}]+/gu, '_'));
        if (values.includes(upper)) return upper;
        return new Expected(`a ${aim.enum?.name ?? 'value'}: ${values.slice(0, 20).join(', ')}`);
      };
    }
    case 'currency':
      return (raw) => currencyOf(String(raw)) ?? new Expected('an ISO 4217 code such as CNY');
    case 'string':
    case 'text':
    case 'strings':
    case 'period':
    case 'pairs':
      return (raw) => (Array.isArray(raw) ? raw.join(', ') : String(raw));
  }
}

function number(raw: unknown, { decimal, times = 1 }: ValueOptions) {
  const found =
    typeof raw === 'number' ? { value: raw, percent: false } : readNumber(String(raw), decimal);
  if (!found || !Number.isFinite(found.value)) return null;
  return times === 1 ? found : { ...found, value: Number((found.value * times).toPrecision(15)) };
}

function money(options: ValueOptions, unknown: ReadonlySet<string>): Convert {
  const { currency } = options;
  return (raw, cells) => {
    const found: ReturnType<typeof readNumber> = number(raw, options);
    if (!found || found.percent) return new Expected('an amount of money');
    const stated =
      typeof currency === 'object' ? known(at(currency.column)(cells), unknown) : currency;
    const named = stated == null ? null : currencyOf(asText(stated));
    if (stated != null && named === null)
      return new Expected(
        `an amount with its currency: ${quote(stated)} is no ISO 4217 code such as USD`,
      );
    const { currencies = [] } = found;
    if (named !== null && currencies.length && !currencies.includes(named))
      return new Expected(`an amount in ${named}`);
    const code = named ?? (currencies.length === 1 ? currencies[0] : undefined);
    if (code === undefined) return new Expected('an amount with its currency');
    return { amount: found.value, currency: code };
  };
}
