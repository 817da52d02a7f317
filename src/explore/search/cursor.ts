import { createHash } from 'node:crypto';
import { badInput, quote } from '../../errors';
import type { Hit } from './hits';

/** A hit's place in the order of a search, as a cursor holds it. */
export interface Place extends Omit<Hit, 'score' | 'known'> {
  /** How many stood before it: how far to look, not where it is. */
  readonly at: number;
}

/** What a search is told apart by, so that a cursor of another one is noticed. */
function sign(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 8);
}

export function writeCursor(text: string, { exact, weight, degree, type, key, at }: Place): string {
  const values = [sign(text), at, exact ? 1 : 0, weight, degree, type, key];
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/**
 * Reads a cursor.
 * @throws Fault where it is none, or one of another search
 */
export function readCursor(text: string, cursor: string): Place {
  let values: unknown;
  try {
    values = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    values = null;
  }
  const [of, at, exact, weight, degree, type, key] = Array.isArray(values)
    ? (values as unknown[])
    : [];
  const whole = [at, exact, weight, degree].every((each) => typeof each === 'number');
  if (!whole || typeof type !== 'string' || typeof key !== 'string')
    throw badInput('after', `${quote(cursor)} is not a cursor of a search.`);
  if (of !== sign(text)) throw badInput('after', `${quote(cursor)} is a cursor of another search.`);
  return {
    at: Math.max(0, Math.trunc(at as number)),
    exact: exact === 1,
    weight: weight as number,
    degree: degree as number,
    type,
    key,
  };
}
