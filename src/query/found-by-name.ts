import type { Noun } from '../blueprint';
import { nameColumns, searchIndex } from '../derive/full-text';
import { quote } from '../errors';
import { luceneQuery, mostWords, nothing, wordsOf } from '../support/lucene';
import type { Planning } from './context';

/**
 * The list of nodes whose names or aliases hold all words of a text, by its name. The index is asked once a statement,
 * whatever asks of a node whether it is in there.
 */
export function foundByName(planning: Planning, noun: Noun, text: unknown): string {
  const fields = nameColumns(noun);
  const query = planning.param(text, (given: string) => {
    const words = wordsOf(given);
    if (words.length > mostWords)
      throw planning.fault(`${quote(words.length)} words are more than ${mostWords}.`);
    return luceneQuery(words, { fields, slips: fields }) ?? nothing;
  });
  const name = planning.name('s');
  const node = planning.name('f');
  planning.sets.push({
    name,
    text: `CALL db.index.fulltext.queryNodes('${searchIndex}', ${query}) YIELD node AS ${node} RETURN collect(${node}) AS ${name}`,
  });
  return name;
}
