import { namesOfThings } from '../../derive/full-text';
import { badInput, quote } from '../../errors';
import { luceneQuery, mostWords, wordsOf } from '../../support/lucene';

/** Characters of a text at the most. */
const longest = 10_000;

/** Columns of names in which a word may bear a slip: of things, and of facts. */
const slips = ['name', 'aliases', 'label'];

/**
 * The words of a text that is looked for.
 * @throws Fault where there are too many of them
 */
export function readWords(text: string): string[] {
  if (text.length > longest)
    throw badInput('text', `${quote(text.length)} characters are more than ${longest}.`);
  const words = wordsOf(text);
  if (words.length > mostWords)
    throw badInput('text', `${quote(words.length)} words are more than ${mostWords}.`);
  return words;
}

/** All words, anywhere; what stands in the name of a thing counts ten times as much. */
export function anywhere(words: readonly string[]): string | null {
  return luceneQuery(words, { fields: null, slips, dear: namesOfThings });
}
