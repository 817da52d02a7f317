import { quote } from '../errors';
import { shortDigest } from '../support/short-digest';
import type { Planning } from './context';
import { Leaf } from './leaf';

export type CursorValue = string | number | boolean | null;

/** One key of an order, as far as a cursor goes. */
export interface CursorKey {
  readonly name: string;
  readonly descending: boolean;
  /** Whether it can be unknown; the unknown stands last both ways. */
  readonly nullable: boolean;
  /** What its values are; anything where it is not said. */
  readonly is?: 'string' | 'number' | 'boolean';
}

/** What ties a cursor to its order: the noun and the keys with their directions. */
export function signature(noun: string, keys: readonly CursorKey[]): string {
  return shortDigest(
    `${noun}|${keys.map((key) => `${key.name}${key.descending ? '-' : '+'}`).join('|')}`,
  );
}

/** A keyset cursor: the values by which a row is ordered, tied to the order. */
export function writeCursor(sign: string, values: readonly CursorValue[]): string {
  const body = JSON.stringify(values);
  return Buffer.from(`${sign}${shortDigest(sign + body)}${body}`).toString('base64url');
}

/** A value of a cursor that was read: itself, or where a variable gives it. */
export type CursorPart = CursorValue | Leaf;

/** The longest that is looked into; longer values than that are in no index. */
const longest = 65_536;

/**
 * Reads a cursor of this order; anything else is the caller's fault. Which of its values are unknown shapes a plan, the
 * values do not.
 */
export function readCursor(
  planning: Planning,
  given: unknown,
  sign: string,
  keys: readonly CursorKey[],
): CursorPart[] {
  let last: { cursor: string; values: CursorValue[] } | undefined;
  const read = planning.here((cursor: string): readonly CursorValue[] => {
    if (cursor !== last?.cursor) last = { cursor, values: valuesOf(planning, cursor, sign, keys) };
    return last.values;
  });
  if (!(given instanceof Leaf)) return valuesOf(planning, given as string, sign, keys);
  planning.shapedBy(given, nulls);
  // Though no page is asked for, a bad one is told.
  planning.checks.push((variables) => void read(given.read(variables) as string));
  return read(given.value as string).map((value, index) =>
    value === null
      ? null
      : new Leaf(value, given.path, (cursor) => read(cursor)[index] as string | number | boolean),
  );
}

/** Which values of a cursor are unknown; of what is none, nothing. */
function nulls(cursor: string | number): string {
  const values = bodyOf(String(cursor));
  return values ? values.map((value) => (value === null ? '0' : '1')).join('') : '';
}

/** The values in a cursor, checked for nothing but their form. */
function bodyOf(cursor: string): CursorValue[] | null {
  if (cursor.length > longest) return null;
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString().slice(16));
    return Array.isArray(values) && values.every(isValue) ? values : null;
  } catch {
    return null;
  }
}

function isValue(value: unknown): value is CursorValue {
  return (
    value === null ||
    typeof value === 'string' ||
    typeof value === 'boolean' ||
    Number.isFinite(value)
  );
}

/** Whether a value can be one of this key. */
function fits(value: CursorValue, key: CursorKey | undefined): boolean {
  if (value === null) return key?.nullable ?? false;
  return !key?.is || typeof value === key.is;
}

function valuesOf(
  planning: Planning,
  cursor: string,
  sign: string,
  keys: readonly CursorKey[],
): CursorValue[] {
  const text = cursor.length > longest ? '' : Buffer.from(cursor, 'base64url').toString();
  const no = (why: string) =>
    planning.fault(`${quote(cursor)} is not a cursor of this list: ${why}.`);
  if (text.slice(8, 16) !== shortDigest(text.slice(0, 8) + text.slice(16)))
    throw no('it was not given out by this server');
  if (text.slice(0, 8) !== sign) throw no('it belongs to another list or order');
  const values = bodyOf(cursor);
  if (values?.length !== keys.length || !values.every((value, index) => fits(value, keys[index])))
    throw no('it does not fit the order');
  return values;
}

/**
 * The condition that a row comes after the cursor (before it, walking `backward`), for an order with the unknown last.
 * @param expressions the order's keys as they stand where the condition is put
 */
export function beyond(
  planning: Planning,
  keys: readonly CursorKey[],
  expressions: readonly string[],
  values: readonly CursorPart[],
  backward: boolean,
): string {
  const step = (index: number): string => {
    const key = keys[index];
    // All keys alike: the row of the cursor itself.
    if (!key) return 'false';
    const expression = expressions[index] as string;
    const value = values[index] as CursorPart;
    const rest = step(index + 1);
    const alike = (text: string) => (rest === 'false' ? '' : `(${text} AND ${rest})`);
    if (value === null) {
      if (!backward) return alike(`${expression} IS NULL`) || 'false';
      return rest === 'false'
        ? `${expression} IS NOT NULL`
        : `(${expression} IS NOT NULL OR ${rest})`;
    }
    const at = planning.param(value);
    const parts = [
      `${expression} ${key.descending === backward ? '>' : '<'} ${at}`,
      key.nullable && !backward ? `${expression} IS NULL` : '',
      alike(`${expression} = ${at}`),
    ].filter(Boolean);
    return parts.length > 1 ? `(${parts.join(' OR ')})` : (parts[0] as string);
  };
  return step(0);
}

/** `ORDER BY` for an order with the unknown last; reversed for walking backward. */
export function orderText(
  keys: readonly CursorKey[],
  expressions: readonly string[],
  backward: boolean,
): string {
  return keys
    .flatMap((key, index) => {
      const expression = expressions[index] as string;
      const down = key.descending !== backward;
      // Ascending puts null last by itself, descending first: only the other two cases need saying.
      const nulls =
        key.nullable && key.descending ? [`${expression} IS NULL${backward ? ' DESC' : ''}`] : [];
      return [...nulls, `${expression}${down ? ' DESC' : ''}`];
    })
    .join(', ');
}
