import type { Blueprint, Noun, PropertyDef } from '../blueprint';
import { luceneQuery } from '../support/lucene';

/** The one full-text index. */
export const searchIndex = 'search';

/** Columns of the names of things. */
export const namesOfThings = ['name', 'nameZh', 'aliases'];

/** All words in the names of one thing, as a query for the index; with a slip where there are too few without. */
export function inNames(words: readonly string[], slip: boolean): string | null {
  return luceneQuery(words, { fields: namesOfThings, slips: slip ? ['name', 'aliases'] : [] });
}

const isName = ({ name, search }: PropertyDef): boolean =>
  Boolean(search) || name === 'aliases' || name === 'labelZh';

/** The columns that hold a noun's names: those of things also their aliases, those of facts their labels. */
export function nameColumns(noun: Noun): string[] {
  return noun.interfaces.includes('Node')
    ? [...noun.properties.values()].filter(isName).map(({ name }) => name)
    : [];
}

/** The columns that `search` looks through: names first, then the words of facts. */
export function searchColumns(blueprint: Blueprint): string[] {
  const names = new Set<string>();
  const words = new Set<string>();
  for (const noun of blueprint.nouns)
    if (noun.interfaces.includes('Node'))
      for (const each of noun.properties.values())
        if (isName(each)) names.add(each.name);
        else if (each.kind === 'text' && each.name !== 'reason') words.add(each.name);
  return [...names, ...words];
}

/** One full-text index over everything: Chinese by pairs of characters, Latin by words. */
export function fullTextIndex(blueprint: Blueprint): string {
  const columns = searchColumns(blueprint).map((name) => `n.${name}`);
  return `CREATE FULLTEXT INDEX ${searchIndex} IF NOT EXISTS FOR (n:Entity|Fact) ON EACH [${columns.join(', ')}] OPTIONS { indexConfig: { \`fulltext.analyzer\`: 'cjk' } };`;
}
