import type { Noun } from '../blueprint';
import { hiddenIds } from '../derive/hiding';
import { keysNear } from '../derive/operations';
import * as statements from '../derive/statements';
import { quote } from '../errors';
import type { Writing } from '../exchange/load/context';
import { former } from '../exchange/load/moved';
import { nearest } from '../support/did-you-mean';
import { fromGlobalId } from '../support/global-id';
import { invalid, notFound } from './failure';

/** What every change needs to know. */
export interface Changing extends Writing {
  /** Names this change among all that were ever made. */
  readonly mark: string;
  readonly by: string;
  readonly at: string;
}

export interface Target {
  readonly noun: Noun;
  readonly key: string;
}

/** What became of a change. */
export interface Outcome {
  readonly outcome: 'CREATED' | 'CHANGED' | 'UNCHANGED';
  readonly node: Target;
  /** Where a relationship leads. */
  readonly to?: Target;
}

/** An id as people write it: `Company:alibaba`. */
export const idOf = ({ noun, key }: Target): string => `${noun.name}:${key}`;

/** The key that an id or a key names among some nouns, and which of them it names. */
export function named(id: string, nouns: readonly Noun[]): { nouns: readonly Noun[]; key: string } {
  const reference = fromGlobalId(id);
  const typed = reference && nouns.filter(({ name }) => name === reference.type);
  return typed?.length ? { nouns: typed, key: reference?.key as string } : { nouns, key: id };
}

/** The key as it is now: one that was merged away leads on. */
export async function currentKey({ run }: Changing, noun: Noun, key: string): Promise<string> {
  return (await former(run, noun, [key])).get(key) ?? key;
}

/** Whether a node is in the graph under just this key, and shown. */
export async function isThere({ run }: Changing, { noun, key }: Target): Promise<boolean> {
  return (await run(statements.findKeys(noun.name), { keys: [key] })).length > 0;
}

/** Whether a curator has retracted a node, and nobody has restored it since. */
export async function isHidden({ run }: Changing, target: Target): Promise<boolean> {
  return (await run(hiddenIds, { ids: [idOf(target)] })).length > 0;
}

/**
 * The node that an id or a key names.
 * @throws Refused NotFound where there is none, InvalidInput where it may be several
 */
export async function find(
  changing: Changing,
  id: string,
  among: readonly Noun[],
  path: string,
): Promise<Target> {
  const { nouns, key } = named(id, among);
  const found: Target[] = [];
  for (const noun of nouns) {
    const target = { noun, key: await currentKey(changing, noun, key) };
    if (await isThere(changing, target)) found.push(target);
  }
  const [first, second] = found;
  if (first && !second) return first;
  if (first) throw severalThings(id, found, path);
  throw await missing(changing, id, nouns, key, path);
}

/** That an id names more than one thing. */
export function severalThings(id: string, found: readonly Target[], path: string): Error {
  const message = `${quote(id)} is several things: ${found.map(idOf).join(', ')}. Write one of them.`;
  return invalid([{ path, message }]);
}

async function missing(
  changing: Changing,
  id: string,
  nouns: readonly Noun[],
  key: string,
  path: string,
): Promise<Error> {
  for (const noun of nouns)
    if (await isHidden(changing, { noun, key: await currentKey(changing, noun, key) }))
      return notFound(path, `${quote(id)} was retracted; restore shows it again.`, []);
  const near: string[] = [];
  for (const noun of nouns)
    for (const each of nearest(key, (await changing.run(keysNear(noun), { key })) as string[]))
      near.push(`${noun.name}:${each}`);
  const name = nouns.length > 4 ? 'node' : nouns.map((noun) => noun.name).join(' or ');
  const meant = near.slice(0, 3);
  const guess = meant.length
    ? ` Did you mean ${meant.map((each) => quote(each)).join(' or ')}?`
    : '';
  return notFound(path, `${quote(id)} is no ${name}.${guess}`, meant);
}
