import { createHash } from 'node:crypto';
import { quote } from '../errors';
import type { Planning } from './context';
import type { OrderKey } from './order';

export type CursorValue = string | number | boolean | null;

/** What ties a cursor to its order: the noun and the keys with their directions. */
export function signature(noun: string, keys: readonly OrderKey[]): string {
  return digest(
    `${noun}|${keys.map((key) => `${key.name}${key.descending ? '-' : '+'}`).join('|')}`,
  );
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 8);
}

/** A keyset cursor: the values by which a row is ordered, and its key, tied to the order. */
export function writeCursor(sign: string, values: readonly CursorValue[]): string {
  const body = JSON.stringify(values);
  return Buffer.from(`${sign}${digest(sign + body)}${body}`).toString('base64url');
}

/** Reads a cursor of this order; anything else is the caller's fault. */
export function readCursor(
  planning: Planning,
  cursor: string,
  sign: string,
  keys: readonly OrderKey[],
): CursorValue[] {
  const text = Buffer.from(cursor, 'base64url').toString();
  const body = text.slice(16);
  const no = (why: string) =>
    planning.fault(`${quote(cursor)} is not a cursor of this list: ${why}.`);
  if (text.slice(8, 16) !== digest(text.slice(0, 8) + body))
    throw no('it was not given out by this server');
  if (text.slice(0, 8) !== sign) throw no('it belongs to another list or order');
  const values = JSON.parse(body) as CursorValue[];
  if (values.length !== keys.length + 1) throw no('it does not fit the order');
  return values;
}

/**
 * The condition that a row comes after the cursor (before it, walking `backward`), for an order with the unknown last.
 * @param expressions the order's keys as they stand where the condition is put; the node's key is the last
 */
export function beyond(
  planning: Planning,
  keys: readonly Pick<OrderKey, 'descending' | 'nullable'>[],
  expressions: readonly string[],
  values: readonly CursorValue[],
  backward: boolean,
): string {
  const step = (index: number): string => {
    const expression = expressions[index] as string;
    const value = values[index] as CursorValue;
    const key = keys[index];
    const param = () => planning.param(value);
    if (!key) return `${expression} ${backward ? '<' : '>'} ${param()}`;
    const rest = step(index + 1);
    if (value === null)
      return backward
        ? `(${expression} IS NOT NULL OR ${rest})`
        : `(${expression} IS NULL AND ${rest})`;
    const sign = key.descending === backward ? '>' : '<';
    const at = param();
    const unknown = key.nullable && !backward ? ` OR ${expression} IS NULL` : '';
    return `(${expression} ${sign} ${at}${unknown} OR (${expression} = ${at} AND ${rest}))`;
  };
  return step(0);
}

/** `ORDER BY` for an order with the unknown last; reversed for walking backward. */
export function orderText(
  keys: readonly Pick<OrderKey, 'descending' | 'nullable'>[],
  expressions: readonly string[],
  backward: boolean,
): string {
  const parts = keys.flatMap((key, index) => {
    const expression = expressions[index] as string;
    const down = key.descending !== backward;
    // Ascending puts null last by itself, descending first: only the other two cases need saying.
    const nulls =
      key.nullable && key.descending ? [`${expression} IS NULL${backward ? ' DESC' : ''}`] : [];
    return [...nulls, `${expression}${down ? ' DESC' : ''}`];
  });
  const last = expressions[keys.length] as string;
  return [...parts, `${last}${backward ? ' DESC' : ''}`].join(', ');
}
