import { badInput, quote } from '../../errors';
import { shortDigest } from '../../support/short-digest';
import { openPlace, writePlace } from '../cursor';
import type { Hit } from './hits';

/** A hit's place in the order of a search, as a cursor holds it. */
export interface Place extends Omit<Hit, 'score' | 'known'> {
  /** How many stood before it: how far to look, not where it is. */
  readonly at: number;
}

/**
 * The cursor of a hit.
 * @param text the text that is searched, folded: the cursor is one of no other search
 */
export function writeCursor(text: string, { exact, weight, degree, type, key, at }: Place): string {
  return writePlace(text, [at, exact ? 1 : 0, weight, degree, type, key]);
}

/**
 * Reads a cursor.
 * @throws Fault where it is none, or one of another search
 */
export function readCursor(text: string, cursor: string): Place {
  const [of, at, exact, weight, degree, type, key] = openPlace(cursor);
  const whole = [at, exact, weight, degree].every((each) => typeof each === 'number');
  if (!whole || typeof type !== 'string' || typeof key !== 'string')
    throw badInput('after', `${quote(cursor)} is not a cursor of a search.`);
  if (of !== shortDigest(text))
    throw badInput('after', `${quote(cursor)} is a cursor of another search.`);
  return {
    at: Math.max(0, Math.trunc(at as number)),
    exact: exact === 1,
    weight: weight as number,
    degree: degree as number,
    type,
    key,
  };
}
