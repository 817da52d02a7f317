import { createHash } from 'node:crypto';
import { badInput, quote } from '../errors';

type Values = readonly (string | number)[];

/** What a question is told apart by, so that a cursor of another one is noticed. */
function sign(question: string): string {
  return createHash('sha256').update(question).digest('base64url').slice(0, 8);
}

/** The values by which a row of a verb's list is ordered, tied to its question. */
export function writePlace(question: string, values: Values): string {
  return Buffer.from(JSON.stringify([sign(question), ...values])).toString('base64url');
}

/**
 * Reads what `writePlace` wrote.
 * @param like values of the kinds that are wanted
 * @throws Fault where it is no cursor, or one of another question
 */
export function readPlace<T extends Values>(question: string, cursor: string, like: T): T {
  let values: unknown;
  try {
    values = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    values = null;
  }
  const [of, ...own] = Array.isArray(values) ? (values as unknown[]) : [];
  const fits =
    own.length === like.length && own.every((each, at) => typeof each === typeof like[at]);
  if (!fits || of !== sign(question))
    throw badInput('after', `${quote(cursor)} is not a cursor of this list.`);
  return own as unknown as T;
}
