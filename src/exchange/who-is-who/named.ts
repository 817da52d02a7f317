import type { Blueprint, Noun } from '../../blueprint';
import * as statements from '../../derive/statements';
import * as whoIsWho from '../../derive/who-is-who';
import { Fault, quote } from '../../errors';
import { didYouMean } from '../../support/did-you-mean';
import { fromGlobalId } from '../../support/global-id';
import type { Run } from '../load/context';
import type { Columns } from '../load/layers';
import { former } from '../load/moved';

/** A thing that a person named. */
export interface Named {
  readonly noun: Noun;
  readonly key: string;
  /** The key of the node that it leads to: its own, unless it was merged away. */
  readonly home: string;
  /** Whether its name is lost. */
  readonly lost: boolean;
}

/**
 * What `Company:moonshot-ai`, an opaque id or a bare key names.
 * @param noun the noun of a bare key, where it is known
 * @throws Fault BAD_USER_INPUT where it names nothing, or things of several nouns
 */
export async function named(
  run: Run,
  blueprint: Blueprint,
  name: string,
  noun?: string,
): Promise<Named> {
  const reference = fromGlobalId(name);
  if (reference && blueprint.nouns.some((each) => each.name === reference.type))
    return find(run, blueprint.get(reference.type), reference.key);
  if (noun !== undefined) return find(run, nounOf(blueprint, noun), name);
  const among = (await run(whoIsWho.nounsOfKey, { key: name })) as string[][];
  const nouns = blueprint.nouns.filter((each) => among.some((own) => own.includes(each.name)));
  if (nouns.length > 1)
    throw new Fault(
      'BAD_USER_INPUT',
      `${quote(name)} is several things: name one as ${nouns.map((each) => `${each.name}:${name}`).join(' or ')}.`,
    );
  if (nouns[0]) return find(run, nouns[0], name);
  for (const each of blueprint.nouns)
    if ((await former(run, each, [name])).size) return find(run, each, name);
  throw new Fault(
    'BAD_USER_INPUT',
    `Nothing in the graph has the key ${quote(name)}. Name it with its noun, as Company:moonshot-ai, to be told what is near.`,
  );
}

/**
 * The noun of that name.
 * @throws Fault BAD_USER_INPUT with what was likely meant
 */
export function nounOf(blueprint: Blueprint, name: string): Noun {
  const noun = blueprint.nouns.find((each) => each.name === name);
  if (noun) return noun;
  const names = blueprint.nouns.map((each) => each.name);
  throw new Fault('BAD_USER_INPUT', `${quote(name)} is no noun.${didYouMean(name, names)}`);
}

async function find(run: Run, noun: Noun, key: string): Promise<Named> {
  const home = (await former(run, noun, [key])).get(key) ?? key;
  const [read] = (await run(statements.readNodes(noun), { keys: [home] })) as [string, Columns][];
  if (!read) {
    const near = (await run(whoIsWho.keysLike(noun), { like: key })) as string[];
    throw new Fault(
      'BAD_USER_INPUT',
      `No ${noun.name} has the key ${quote(key)}.${didYouMean(key, near)}`,
    );
  }
  return { noun, key, home, lost: read[1].nameCertainty === 'UNNAMED' };
}
