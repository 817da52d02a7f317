import { createHash } from 'node:crypto';
import { quote } from '../errors';
import type { Planning } from './context';

export type CursorValue = string | number | boolean | null;

/** One key of an order, as far as a cursor goes. */
export interface CursorKey {
  readonly name: string;
  readonly descending: boolean;
  /** Whether it can be unknown; the unknown stands last both ways. */
  readonly nullable: boolean;
}

/** What ties a cursor to its order: the noun and the keys with their directions. */
export function signature(noun: string, keys: readonly CursorKey[]): string {
  return digest(
    `${noun}|${keys.map((key) => `${key.name}${key.descending ? '-' : '+'}`).join('|')}`,
  );
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 8);
}

/** A keyset cursor: the values by which a row is ordered, tied to the order. */
export function writeCursor(sign: string, values: readonly CursorValue[]): string {
  const body = JSON.stringify(values);
  return Buffer.from(`${sign}${digest(sign + body)}${body}`).toString('base64url');
}

/** Reads a cursor of this order; anything else is the caller's fault. */
export function readCursor(
  planning: Planning,
  cursor: string,
  sign: string,
  keys: readonly CursorKey[],
): CursorValue[] {
  const text = Buffer.from(cursor, 'base64url').toString();
  const body = text.slice(16);
  const no = (why: string) =>
    planning.fault(`${quote(cursor)} is not a cursor of this list: ${why}.`);
  if (text.slice(8, 16) !== digest(text.slice(0, 8) + body))
    throw no('it was not given out by this server');
  if (text.slice(0, 8) !== sign) throw no('it belongs to another list or order');
  const values = JSON.parse(body) as CursorValue[];
  if (values.length !== keys.length) throw no('it does not fit the order');
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
  values: readonly CursorValue[],
  backward: boolean,
): string {
  const step = (index: number): string => {
    const key = keys[index];
    // All keys alike: the row of the cursor itself.
    if (!key) return 'false';
    const expression = expressions[index] as string;
    const value = values[index] as CursorValue;
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
