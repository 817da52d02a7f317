import type { GraphQLFieldResolver } from 'graphql';
import neo4j from 'neo4j-driver';
import { inNames } from '../../derive/full-text';
import { compacted, suggestStatement } from '../../derive/search-statements';
import type { Context } from '../../query/execute';
import { NodeRef } from '../../query/reference';
import { fold } from '../../support/fold';
import { writingsOf } from '../../support/lucene';
import { within } from '../within';
import type { Nouns } from '../nouns';
import { readWords } from './query';
import { suggestBound } from './schema';

/** Names that are ranked while somebody types: enough for the best, few enough to be at once. */
const window = 500;

type Row = readonly [labels: readonly string[], key: string, name: string, nameZh: string | null];

/** Names that fit what was typed so far; with a slip only where too few fit without. */
export function suggestResolver(nouns: Nouns): GraphQLFieldResolver<unknown, Context> {
  return async (_source, args, context) => {
    const { text, first } = args as { text: string; first?: number | null };
    const count = within('first', first, suggestBound);
    const words = readWords(text);
    const typed = fold(text.trim());
    const texts = writingsOf(typed);
    const find = async (query: string | null): Promise<Row[]> => {
      if (!query || !count) return [];
      context.request.statements++;
      const { rows } = await context.engine.graph.read(
        suggestStatement,
        {
          query,
          texts,
          compact: compacted(typed),
          window: neo4j.int(window),
          first: neo4j.int(count),
        },
        { signal: context.request.signal },
      );
      return rows as Row[];
    };
    const rows = await find(inNames(words, false));
    const named = new Map(rows.map((row) => [nouns.of(row[0]) + row[1], row]));
    if (rows.length < count)
      for (const row of await find(inNames(words, true))) {
        const id = nouns.of(row[0]) + row[1];
        if (!named.has(id)) named.set(id, row);
      }
    return [...named.values()].slice(0, count).map(([labels, key, name, nameZh]) => ({
      text: name,
      textZh: nameZh,
      node: new NodeRef(nouns.of(labels), key, { name, nameZh }),
    }));
  };
}
