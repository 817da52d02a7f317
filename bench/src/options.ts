import type { Mode } from './parts/part';

/** What can be measured, in the order in which it is. */
export const parts = [
  'W1',
  'W2',
  'W3',
  'W4',
  'W5',
  'W6',
  'W7',
  'W8',
  'W9',
  'W10',
  'W11',
  'growth',
  'pages',
  'typing',
] as const;

export interface Options {
  readonly parts: readonly string[];
  readonly mode: Mode;
  /** Whether what was measured of the same build is left as it is. */
  readonly resume: boolean;
}

export const help = `Measures Yuntu beside a peer, the floor and the limit.

Usage: npm run bench -- [what ...] [--quick | --smoke] [--resume] [--large]

  what      any of ${parts.join(' ')}; all unless told
  --quick   two rounds of a second: to see that it works; writes no results
  --smoke   one round of W1 and W4: for CI
  --resume  leaves out what was measured of the same build
  --large   growth and typing up to 10 x Crunchbase (the graph takes some minutes to make, once)

CRUNCHBASE_2013 names the folder with Crunchbase's export of 2013.
`;

const modes = {
  full: { pace: { rounds: 5, at16: 2.5, at1: 1.5, warm: 10, again: 1.5 }, compared: 500 },
  quick: { pace: { rounds: 2, at16: 1, at1: 0.5, warm: 1.5, again: 0.3 }, compared: 20 },
  smoke: { pace: { rounds: 1, at16: 1, at1: 0.5, warm: 0.5, again: 0.1 }, compared: 20 },
} as const;

/**
 * Reads the command line.
 * @throws Error with a sentence where there is something in it that is not known
 */
export function readOptions(args: readonly string[]): Options {
  const flags = args.filter((arg) => arg.startsWith('--'));
  const named = args.filter((arg) => !arg.startsWith('--'));
  const odd = [
    ...flags.filter((flag) => !['--quick', '--smoke', '--resume', '--large'].includes(flag)),
    ...named.filter((name) => !(parts as readonly string[]).includes(name)),
  ];
  if (odd.length)
    throw new Error(`There is no ${odd.map((each) => `"${each}"`).join(', ')}.\n\n${help}`);
  const name = flags.includes('--smoke') ? 'smoke' : flags.includes('--quick') ? 'quick' : 'full';
  const smoke = name === 'smoke' && !named.length;
  return {
    parts: smoke
      ? ['W1', 'W4']
      : named.length
        ? parts.filter((each) => named.includes(each))
        : parts,
    mode: { name, ...modes[name], large: flags.includes('--large') },
    resume: flags.includes('--resume'),
  };
}
