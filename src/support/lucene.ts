import { simplified } from './chinese';
import { fold } from './fold';

const han = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}';
/** Letters, marks and digits of other scripts. */
const latin = `(?:(?![${han}])[\\p{L}\\p{M}\\p{N}_])`;
/**
 * A run of Chinese, Japanese or Korean characters, or a word as the index cuts them (UAX #29): "node.js", "moody's" and
 * "3.5" are one word each, "01.ai" is two.
 */
const joined = "(?<=\\p{N})[.,;'’](?=\\p{N})|(?<=\\p{L})[.:·'’](?=\\p{L})";
const runs = new RegExp(`[${han}]+|${latin}+(?:(?:${joined})${latin}+)*`, 'gu');
const cjk = new RegExp(`^[${han}]`, 'u');

/** Words that the index leaves out: what has nothing else is looked for by its beginning alone. */
const unheard = new Set(
  'a and are as at be but by for if in into is it no not of on or s such t that the their then there these they this to was will with www'.split(
    ' ',
  ),
);

/** More words than these are no question. */
export const mostWords = 32;
/** No word of the index is longer. */
const longest = 200;
/** A slip in every word of a long text would be more branches than the index allows. */
const wordsWithSlip = 6;

/** Finds nothing, whatever the index holds. */
export const nothing = '(+x -x)';

/** The words of a text, folded, each once. */
export function wordsOf(text: string): string[] {
  return [...new Set(fold(text).match(runs) ?? [])];
}

/** How a word may be written: as it is, and in simplified characters. */
export function writingsOf(word: string): string[] {
  return [...new Set([word, simplified(word)])];
}

/** The words of a text as they stand in it, and whether each is a whole word, not a run of Chinese. */
export function runsOf(text: string): { run: string; at: number; whole: boolean }[] {
  return [...text.matchAll(runs)].map(({ 0: run, index }) => ({
    run,
    at: index,
    whole: !cjk.test(run),
  }));
}

/** Whether one word is the other with a slip: a letter more, less, other, or two letters swapped. */
export function slipsFrom(word: string, other: string): boolean {
  if (!withSlip(word) || Math.abs(word.length - other.length) > 1) return false;
  let at = 0;
  while (at < word.length && word[at] === other[at]) at++;
  const [a, b] = [word.slice(at), other.slice(at)];
  return (
    a.slice(1) === b ||
    a === b.slice(1) ||
    a.slice(1) === b.slice(1) ||
    (a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2))
  );
}

/** How words are looked for. */
interface Looking {
  /** Fields that are all looked through for each word, or null for every field of the index. */
  readonly fields: readonly string[] | null;
  /** Fields in which a word may bear one slip. */
  readonly slips: readonly string[];
  /** Fields in which a word counts ten times as much. */
  readonly dear?: readonly string[];
}

/**
 * Words as a query for the full-text index: all must be there. Whatever else a text holds was taken for a gap, so that
 * none of Lucene's own syntax is left. A Chinese run is looked for as a part of a name, in simplified characters too;
 * another word as such, as the beginning of one, and with one slip.
 * @returns null where there is nothing to look for
 */
export function luceneQuery(
  words: readonly string[],
  { fields, slips, dear = [] }: Looking,
): string | null {
  if (!words.length || words.some((word) => word.length > longest)) return null;
  const heard = words.filter((word) => !unheard.has(word));
  const slip = heard.length <= wordsWithSlip;
  return (heard.length ? heard : words)
    .map((word) => {
      const slipped = slip ? withSlip(word) : null;
      const ways = [
        spread(fields, clause(word)),
        ...(dear.length ? [`${spread(dear, clause(word))}^10`] : []),
        ...(slipped
          ? slips.map((name) => `${name}:${slipped}${dear.includes(name) ? '^10' : ''}`)
          : []),
      ];
      return ways.length > 1 ? `(${ways.join(' OR ')})` : ways[0];
    })
    .join(' AND ');
}

function spread(fields: readonly string[] | null, each: string): string {
  return fields ? `(${fields.map((name) => `${name}:${each}`).join(' OR ')})` : each;
}

const escape = (word: string): string => word.replace(/[:'’;,·.]/g, '\\$&');

function clause(word: string): string {
  if (cjk.test(word)) {
    const ways = writingsOf(word).map(run);
    return ways.length > 1 ? `(${ways.join(' OR ')})` : (ways[0] as string);
  }
  if (unheard.has(word)) return `${word}*`;
  const parts = word.match(/[\p{L}\p{M}\p{N}_]+/gu) ?? [];
  const apart = parts.length > 1 ? ` OR (${parts.map(clause).join(' AND ')})` : numbered(word);
  return `(${escape(word)}^4 OR ${escape(word)}*^2${apart})`;
}

/** A run of Chinese. A single character is the beginning or the end of a pair of the index; its middle there is none. */
function run(word: string): string {
  return [...word].length === 1 ? `(${word} OR ${word}* OR *${word})` : `"${word}"`;
}

/** "gpt4" for "GPT-4": a name whose number the index holds as a word of its own. */
function numbered(word: string): string {
  const [, name, number] = /^([\p{L}\p{M}]{2,})(\p{N}[\p{L}\p{M}\p{N}_]*)$/u.exec(word) ?? [];
  return name ? ` OR (${name} AND ${number}*)` : '';
}

/** One slip in a short word is another word. */
function withSlip(word: string): string | null {
  return cjk.test(word) || word.length < 4 || word.length > 50 ? null : `${escape(word)}~1`;
}
