import { userInfo } from 'node:os';
import { blueprint } from '../entities/blueprint';
import { applyDecisions } from '../exchange/who-is-who/apply';
import { findMatches } from '../exchange/who-is-who/matches';
import { readDecisions, writeMatches } from '../exchange/who-is-who/matches-file';
import { listMerges, merge, unmerge, type Merged } from '../exchange/who-is-who/merge';
import { UsageFault, type Given, type OptionUsage, type Usage } from './arguments';
import { withGraph } from './open';

const because: Readonly<Record<string, OptionUsage>> = {
  because: { value: 'text', meaning: 'Why they are the same, for the record.' },
  by: { value: 'name', meaning: 'Who says so; else the user of this machine.' },
  'dry-run': { meaning: 'Tell what would become of it, write nothing.' },
};

export const mergeUsage: Usage = {
  form: 'merge <old> <into>',
  meaning:
    'Makes one thing of two, such as Company:openai-inc and Company:openai; the old key leads to the other.',
  words: [2, 2],
  options: because,
};

export const unmergeUsage: Usage = {
  form: 'unmerge <old>',
  meaning: 'Takes a merge back: the old key stands for itself again, with all that was said of it.',
  words: [1, 1],
};

export const mergesUsage: Usage = {
  form: 'merges',
  meaning: 'Lists what was merged, when, by whom and why; the latest first.',
  words: [0, 0],
};

export const matchesUsage: Usage = {
  form: 'matches',
  meaning:
    'Writes down what is likely the same under several names, for a person to accept; or carries out what was accepted.',
  words: [0, 0],
  options: {
    noun: { value: 'Company', meaning: 'Only these; else all that may have several names.' },
    dataset: { value: 'name', meaning: 'Only pairs of which one at the least is in this dataset.' },
    least: { value: '0.6', meaning: 'Only pairs of this score at the least, from 0 to 1.' },
    out: { value: 'file', meaning: 'Where they are written: matches.csv.' },
    apply: {
      value: 'file',
      meaning: 'Merge those with yes in the column accept; those with no are not proposed again.',
    },
    ...because,
  },
};

/** `yuntu matches`. */
export async function runMatches({ options }: Given): Promise<number> {
  const text = (name: string) => {
    const value = options[name];
    return typeof value === 'string' ? value : undefined;
  };
  const file = text('apply');
  if (file !== undefined) return applyMatches(file, options);
  const out = text('out') ?? 'matches.csv';
  const least = options.least === undefined ? undefined : Number(options.least);
  if (least !== undefined && !(least >= 0 && least <= 1))
    throw new UsageFault(`--least is a number from 0 to 1; "${String(options.least)}" is none.`);
  const matches = await withGraph((graph) =>
    findMatches(graph, blueprint, { noun: text('noun'), dataset: text('dataset'), least }),
  );
  await writeMatches(out, matches);
  const reasons = new Map<string, number>();
  for (const { reason } of matches) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  const lines = [...reasons].map(([reason, count]) => `  ${reason}: ${count}`);
  process.stdout.write(
    [
      `Wrote ${matches.length} pairs to ${out}:`,
      ...lines,
      `Nothing is merged. Fill in the column accept with yes or no, then: yuntu matches --apply ${out}`,
      '',
    ].join('\n'),
  );
  return 0;
}

async function applyMatches(file: string, options: Given['options']): Promise<number> {
  const decisions = await readDecisions(file);
  const dry = Boolean(options['dry-run']);
  const { merged, apart, open } = await withGraph((graph) =>
    applyDecisions(graph, blueprint, decisions, reasonOf(options), { dry }),
  );
  const fresh = merged.filter(({ already }) => !already);
  process.stdout.write(
    `${[
      ...fresh.map((each) => mergedText(each, dry)),
      `${dry ? 'Would merge' : 'Merged'} ${fresh.length}; ${merged.length - fresh.length} were merged before, ${apart} were told apart, ${open} are undecided.`,
    ].join('\n')}\n`,
  );
  return 0;
}

/** `yuntu merge`. */
export async function runMerge({ words, options }: Given): Promise<number> {
  const [old, into] = words as [string, string];
  const dry = Boolean(options['dry-run']);
  const merged = await withGraph((graph) =>
    merge(graph, blueprint, [{ old, into }], reasonOf(options), { dry }),
  );
  process.stdout.write(`${merged.map((each) => mergedText(each, dry)).join('\n')}\n`);
  return 0;
}

export async function runUnmerge({ words }: Given): Promise<number> {
  const done = await withGraph((graph) => unmerge(graph, blueprint, words[0] as string));
  process.stdout.write(
    `${done.noun} ${done.key} stands for itself again, no longer for ${done.from}: ${done.edges} relationships and ${done.citations} citations are where they were.\n`,
  );
  return 0;
}

export async function runMerges(): Promise<number> {
  const merges = await withGraph(listMerges);
  const lines = merges.map(
    ({ noun, was, into, key, at, by, because: why }) =>
      `  ${noun} ${was} -> ${into}${key === into ? '' : ` (now ${key})`}  ${at}  ${by}${why ? `  ${why}` : ''}`,
  );
  process.stdout.write(
    merges.length
      ? `${merges.length} keys were merged away:\n${lines.join('\n')}\n`
      : 'No key was merged away.\n',
  );
  return 0;
}

/** Who merges, and why. */
export function reasonOf(options: Given['options']): { by: string; because?: string } {
  return {
    by: typeof options.by === 'string' ? options.by : userInfo().username,
    ...(typeof options.because === 'string' ? { because: options.because } : {}),
  };
}

/** What became of a merge, as a person reads it. */
export function mergedText(merged: Merged, dry = false): string {
  const { noun, old, into, already, edges, citations, aside, disagreements } = merged;
  if (already) return `${noun} ${old} is ${into} already.`;
  return [
    `${dry ? 'Nothing was written: this would be merged. ' : ''}${noun} ${old} is ${into} now: ${edges} relationships and ${citations} citations moved.`,
    ...disagreements.map(
      ({ field, shown, others }) =>
        `  ${field}: ${shown} is shown; kept too: ${others.map(({ key, dataset, value }) => `${value} (${key} in ${dataset})`).join(', ')}`,
    ),
    ...aside.map((each) => `  there can be only one, so this stands aside: ${each}`),
  ].join('\n');
}
