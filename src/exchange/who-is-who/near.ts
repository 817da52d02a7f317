import { distance } from 'fastest-levenshtein';

/** Names shorter than this are never taken for another with a slip. */
const least = 6;
/** Names that meet in one place: more are no slips of one another. */
const crowd = 30;
const places = 2 ** 21;

/** Two names with one slip between them: a letter more, less, other, or two letters swapped. */
export interface Slip {
  readonly a: number;
  readonly b: number;
  /** Between 0 and 1: how much of the longer name is the same. */
  readonly alike: number;
}

/**
 * Pairs of names that are one slip apart, found without comparing all with all: names meet where they are equal with one
 * letter left out.
 * @param names what is compared, at most 2,097,152
 */
export function* slips(names: readonly string[]): Generator<Slip> {
  const meeting = meetings(names);
  const met = new Set<number>();
  for (let at = 0; at < meeting.length;) {
    const hash = Math.floor((meeting[at] as number) / places);
    let end = at + 1;
    while (end < meeting.length && Math.floor((meeting[end] as number) / places) === hash) end++;
    if (end - at > 1 && end - at <= crowd)
      for (let i = at; i < end; i++)
        for (let j = i + 1; j < end; j++) {
          const a = (meeting[i] as number) % places;
          const b = (meeting[j] as number) % places;
          if (a === b || met.has(a * places + b)) continue;
          met.add(a * places + b);
          const [first, second] = [names[a] as string, names[b] as string];
          if (first === second || digits(first) !== digits(second)) continue;
          const apart = isSwap(first, second) ? 1 : distance(first, second);
          if (apart !== 1) continue;
          yield { a, b, alike: 1 - apart / Math.max(first.length, second.length) };
        }
    at = end;
  }
}

/** Hashes of every name and of what is left of it without one letter, each with the name's place, in order. */
function meetings(names: readonly string[]): Float64Array {
  const long = names.map((name) => (name.length < least ? 0 : name.length + 1));
  const all = new Float64Array(long.reduce((sum, each) => sum + each, 0));
  let at = 0;
  for (const [place, name] of names.entries())
    if (long[place])
      for (let out = -1; out < name.length; out++) all[at++] = hashOf(name, out) * places + place;
  return all.sort();
}

/** FNV-1a of a text without one of its letters. */
function hashOf(text: string, without: number): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++)
    if (i !== without) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

function isSwap(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let at = 0;
  while (a[at] === b[at]) at++;
  return a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}

/** Another number is another thing: a model, a fund, a year. */
const digits = (text: string): string => (text.match(/\d+/g) ?? []).join(' ');
