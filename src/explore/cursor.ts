import { badInput, quote } from '../errors';
import { shortDigest } from '../support/short-digest';

type Values = readonly (string | number)[];

/** The values by which a row of a verb's list is ordered, tied to its question. */
export function writePlace(question: string, values: Values): string {
  return Buffer.from(JSON.stringify([shortDigest(question), ...values])).toString('base64url');
}

/** What `writePlace` wrote, if it was that: first what the question is told apart by. Nothing where it is no cursor. */
export function openPlace(cursor: string): readonly unknown[] {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(values) ? (values as unknown[]) : [];
  } catch {
    return [];
  }
}

/**
 * Reads what `writePlace` wrote.
 * @param like values of the kinds that are wanted
 * @throws Fault where it is no cursor, or one of another question
 */
export function readPlace<T extends Values>(question: string, cursor: string, like: T): T {
  const [of, ...own] = openPlace(cursor);
  const fits =
    own.length === like.length && own.every((each, at) => typeof each === typeof like[at]);
  if (!fits || of !== shortDigest(question))
    throw badInput('after', `${quote(cursor)} is not a cursor of this list.`);
  return own as unknown as T;
}
