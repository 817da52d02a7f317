import { createHash } from 'node:crypto';
import { configure } from 'safe-stable-stringify';
import { isObject } from '../../support/is-object';
import type { Asked } from '../asked';

/** What JSON has no word for, such as a number too great, is no null: it throws. */
const stable = configure({ strict: true });

/** No client that asks twice sends longer headers. */
const longest = 300;

/**
 * The key of an answer: the document's text, the operation, the variables whatever the order of their keys, who asks,
 * and what of the request decides on the answer's form. Two requests of one key get the same answer from one graph.
 * Undefined where the request is not of a form that can be answered.
 * @param document the text, however the request named it
 * @param form what decides on the answer's form: method and media types
 * @param caller the class of callers that see the same
 */
export function keyOf(
  document: string,
  { operationName, variables, extensions }: Asked,
  form: readonly string[],
  caller: string,
): string | undefined {
  const head = form.join('\n');
  if (head.length > longest) return undefined;
  // A line break in a name could make two requests look alike.
  if (operationName != null && !(typeof operationName === 'string' && /^\w+$/.test(operationName)))
    return undefined;
  // Of wrong form: refused, whatever the cache holds for the same document.
  if ([variables, extensions].some((each) => each != null && !isObject(each))) return undefined;
  const values = variables ? canonical(variables) : '{}';
  return values && [caller, head, operationName ?? '', values, document].join('\n');
}

function canonical(variables: object): string | undefined {
  try {
    return stable(variables);
  } catch {
    // Nested deeper than the stack is, or a number too great: told elsewhere.
    return undefined;
  }
}

/** A short name for a text of any length. */
export function digest(...parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\n');
  return hash.digest('base64url').slice(0, 22);
}
