import type { PropertyDef } from '../../../src/blueprint';
import type { Row } from './world';

/** A text without regard to case and width. */
export const folded = (text: string): string => text.normalize('NFKC').toLowerCase();

/** A partial date as its first day. */
export const dayOf = (date: string): string => `${date}-01-01`.slice(0, 10);

/** The last day that a partial date holds. */
export function lastDayOf(date: string): string {
  if (date.length === 10) return date;
  const [year, month = 12] = date.split('-').map(Number) as [number, number?];
  return `${date.slice(0, 4)}-${String(month).padStart(2, '0')}-${new Date(Date.UTC(year, month, 0)).getUTCDate()}`;
}

/** A period's ends and label, from what a row says or from how an analyst writes it. */
export function periodOf(given: unknown): {
  start: string | null;
  end: string | null;
  label: string;
} {
  if (typeof given === 'object' && given !== null) {
    const { start = null, end = null, label } = given as Row;
    return { start, end, label: label ?? (start === end ? start : `${start ?? ''}..${end ?? ''}`) };
  }
  const text = String(given);
  const half = /^(\d{4})([HQ])(\d)$/.exec(text);
  if (half) {
    const size = half[2] === 'H' ? 6 : 3;
    const last = Number(half[3]) * size;
    const month = (n: number) => `${half[1]}-${String(n).padStart(2, '0')}`;
    return { start: month(last - size + 1), end: month(last), label: text };
  }
  const [start = '', end = start] = text.split('..');
  return { start: start || null, end: end || null, label: text };
}

/** Less than 0, 0 or more, as one value comes before, is or comes after another: texts by code point. */
export function compare(a: unknown, b: unknown): number {
  if (typeof a === 'string' && typeof b === 'string') return compareTexts(a, b);
  const [x, y] = [Number(a), Number(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}

function compareTexts(a: string, b: string): number {
  const [x, y] = [Array.from(a), Array.from(b)];
  for (let i = 0; i < x.length && i < y.length; i++) {
    const apart = (x[i]?.codePointAt(0) ?? 0) - (y[i]?.codePointAt(0) ?? 0);
    if (apart) return apart;
  }
  return x.length - y.length;
}

/** The values by which a property of a row is ordered, null for the unknown. */
export function orderValues({ name, kind }: PropertyDef, row: Row): unknown[] {
  const value: unknown = row[name] ?? null;
  if (kind === 'period') {
    const { start, end } = value === null ? { start: null, end: null } : periodOf(value);
    return [start && dayOf(start), end && lastDayOf(end)];
  }
  if (value === null) return [null];
  if (name === 'key') return [value];
  if (kind === 'string') return [folded(value as string)];
  if (kind === 'date') return [dayOf(value as string)];
  return [kind === 'money' ? (value as Row).amount : value];
}
