/** A run of Chinese, Japanese or Korean characters, or a run of letters and digits of other scripts. */
const runs =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+|[\p{L}\p{N}]+/gu;
const cjk = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/**
 * A text as a query for the full-text index, or null where it has nothing to look for. Everything but letters and
 * digits is taken for a gap, so that none of Lucene's own syntax is left. A Chinese run is looked for as a part of a
 * name, a Latin word as such, as the beginning of one, and with one slip.
 */
export function luceneQuery(text: string): string | null {
  const words = text.normalize('NFKC').toLowerCase().match(runs)?.slice(0, 20);
  // No word of the index is longer.
  if (!words || words.some((word) => word.length > 200)) return null;
  return words.map(clause).join(' AND ');
}

function clause(word: string): string {
  if (cjk.test(word)) return [...word].length === 1 ? `(${word} OR ${word}*)` : `"${word}"`;
  // One slip in a short word is another word.
  const slip = word.length > 3 && word.length < 50 ? ` OR ${word}~1` : '';
  return `(${word}^4 OR ${word}*^2${slip})`;
}

/** The words of a text, folded: what a fragment is cut around. */
export function wordsOf(text: string): string[] {
  return text.normalize('NFKC').toLowerCase().match(runs) ?? [];
}
