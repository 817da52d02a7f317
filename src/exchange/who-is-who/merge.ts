import type { Blueprint, Noun } from '../../blueprint';
import * as journal from '../../derive/journal';
import * as statements from '../../derive/statements';
import { treesOf } from '../../derive/trees';
import * as whoIsWho from '../../derive/who-is-who';
import { Fault, quote } from '../../errors';
import type { Graph } from '../../graph/graph';
import type { Run } from '../load/context';
import { takeWritersTurn } from '../load/hidden';
import { Moved } from '../load/moved';
import { disagreements, type Disagreement } from './disagreements';
import { named, type Named } from './named';
import { rehome, type Moving } from './rehome';

/** Milliseconds that a merge, or all merges of one file, may take. */
const deadline = 600_000;

/** Who merges and why, for the record. */
export interface Reason {
  readonly by: string;
  readonly because?: string;
}

/** What became of a merge. */
export interface Merged {
  readonly noun: string;
  /** The key that was merged away, and the key of what it is now. */
  readonly old: string;
  readonly into: string;
  /** Nothing was to be done: it was merged before. */
  readonly already: boolean;
  readonly edges: number;
  readonly citations: number;
  /** Relationships that stand aside, because there can be one only. */
  readonly aside: readonly string[];
  /** What is said in several ways, and what is shown. */
  readonly disagreements: readonly Disagreement[];
}

/** Two names that are one thing, as a person wrote them. */
export interface Pair {
  readonly old: string;
  readonly into: string;
  readonly noun?: string;
  /** The line of the file where they stand, for faults. */
  readonly line?: number;
}

export interface MergeOptions {
  /** Tell what would become of it, and write nothing. */
  readonly dry?: boolean;
  /** What else is written with it. */
  readonly also?: (run: Run) => Promise<void>;
}

/**
 * Merges things into others, all or nothing: what was said of the old one is said of the other, and its key leads there.
 * The same again changes nothing.
 * @throws Fault BAD_USER_INPUT where a key names nothing or several things; CONFLICT where two cannot be one
 */
export async function merge(
  graph: Graph,
  blueprint: Blueprint,
  pairs: readonly Pair[],
  reason: Reason,
  options: MergeOptions = {},
): Promise<Merged[]> {
  const rehearsed = new Fault('CONFLICT', 'Rehearsed.');
  let merged: Merged[] = [];
  const work = graph.write(
    async (run) => {
      merged = [];
      await takeWritersTurn(run);
      const preference = (await run(journal.datasets)) as string[];
      for (const pair of pairs)
        merged.push(await located(pair, mergeOne({ run, blueprint, preference }, pair, reason)));
      await options.also?.(run);
      if (options.dry) throw rehearsed;
    },
    { deadline },
  );
  await work.catch((error: unknown) => {
    if (error !== rehearsed) throw error;
  });
  return merged;
}

/** A fault of a row names its line. */
async function located<T>({ line }: Pair, work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    if (line === undefined || !(error instanceof Fault)) throw error;
    throw new Fault(error.code, `Line ${line}: ${error.message}`);
  });
}

async function mergeOne(moving: Moving, pair: Pair, reason: Reason): Promise<Merged> {
  const { run, blueprint } = moving;
  const into = await named(run, blueprint, pair.into, pair.noun);
  const given = await named(run, blueprint, pair.old, pair.noun ?? into.noun.name);
  // Where several rows speak of one thing, an earlier one may have moved it.
  const old = pair.line === undefined ? given : { ...given, key: given.home };
  const { noun } = into;
  check(given, into);
  const nothing = { edges: 0, citations: 0, aside: [], disagreements: [] };
  if (old.home === into.home)
    return { noun: noun.name, old: given.key, into: into.home, already: true, ...nothing };
  if (old.home !== old.key)
    throw new Fault(
      'CONFLICT',
      `${quote(old.key)} was merged into ${quote(old.home)} before. Merge ${quote(old.home)} into ${quote(into.home)}, or unmerge ${quote(old.key)} first.`,
    );
  await checkTrees(run, noun, old.home, into.home);
  await run(whoIsWho.writeFormer, {
    id: `${noun.name}:${old.key}`,
    noun: noun.name,
    was: old.key,
    set: {
      into: into.home,
      key: into.home,
      at: new Date().toISOString(),
      by: reason.by,
      because: reason.because ?? null,
    },
  });
  Moved.in(run).begin();
  const done = await rehome(moving, { noun, from: old.home, to: into.home });
  return {
    noun: noun.name,
    old: old.key,
    into: into.home,
    already: false,
    edges: done.edges,
    citations: done.citations,
    aside: done.aside,
    disagreements: disagreements(noun, done.layers, done.shown, into.home),
  };
}

function check(old: Named, into: Named): void {
  const { noun } = into;
  if (old.noun !== noun)
    throw new Fault(
      'CONFLICT',
      `${quote(old.key)} is ${old.noun.name} and ${quote(into.key)} is ${noun.name}: only two of one noun can be one.`,
    );
  if (!noun.root || noun.name === 'Source')
    throw new Fault(
      'CONFLICT',
      `${noun.name} is what others rest on; two of them are never merged.`,
    );
  if (old.key === into.key)
    throw new Fault('BAD_USER_INPUT', `${quote(old.key)} is itself already.`);
  if (into.lost && !old.lost)
    throw new Fault(
      'CONFLICT',
      `${quote(into.key)} has no name of its own, and ${quote(old.key)} has: merge ${quote(into.key)} into ${quote(old.key)}.`,
    );
}

/** What is above one must not be what is below the other. */
async function checkTrees(run: Run, noun: Noun, a: string, b: string): Promise<void> {
  for (const { writes } of treesOf(noun)) {
    const type = writes as string;
    const rows = (await run(statements.above(noun, type), { keys: [a, b] })) as [
      string,
      string[],
    ][];
    const above = new Map(rows);
    if (above.get(a)?.includes(b) || above.get(b)?.includes(a))
      throw new Fault(
        'CONFLICT',
        `${quote(a)} and ${quote(b)} stand above each other (${type}): as one they would lead back to themselves.`,
      );
  }
}

/** What became of a key that was merged away and stands for itself again. */
export interface Unmerged {
  readonly noun: string;
  readonly key: string;
  readonly from: string;
  readonly edges: number;
  readonly citations: number;
}

/**
 * Takes a merge back: what was said under the key is said of it again, and with it go the keys that had been merged into
 * it before.
 * @throws Fault BAD_USER_INPUT where the key was not merged away
 */
export async function unmerge(graph: Graph, blueprint: Blueprint, name: string): Promise<Unmerged> {
  return graph.write(
    async (run) => {
      await takeWritersTurn(run);
      const preference = (await run(journal.datasets)) as string[];
      const { noun, key, home } = await named(run, blueprint, name);
      if (key === home)
        throw new Fault('BAD_USER_INPUT', `${noun.name} ${quote(key)} was not merged away.`);
      const formers = (await run(whoIsWho.formersOf, { noun: noun.name, key: home })) as {
        was: string;
        into: string;
      }[];
      const own = new Set([key]);
      for (let before = 0; before < own.size;) {
        before = own.size;
        for (const { was, into } of formers) if (own.has(into)) own.add(was);
      }
      own.delete(key);
      await run(whoIsWho.redirect, { ids: [...own].map((each) => `${noun.name}:${each}`), key });
      await run(whoIsWho.removeFormer, { id: `${noun.name}:${key}` });
      Moved.in(run).begin();
      const done = await rehome({ run, blueprint, preference }, { noun, from: home, to: key });
      return {
        noun: noun.name,
        key,
        from: home,
        edges: done.edges,
        citations: done.citations,
      };
    },
    { deadline },
  );
}

/** The record of a key that was merged away. */
export interface FormerKey {
  readonly noun: string;
  readonly was: string;
  readonly into: string;
  readonly key: string;
  readonly at: string;
  readonly by: string;
  readonly because?: string;
}

/** All keys that were merged away and are not taken back, the latest first. */
export async function listMerges(graph: Graph): Promise<FormerKey[]> {
  return (await graph.read(whoIsWho.listFormer)).rows as FormerKey[];
}
