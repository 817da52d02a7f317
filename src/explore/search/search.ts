import type { GraphQLFieldResolver } from 'graphql';
import type { Blueprint } from '../../blueprint';
import { pageBound } from '../../derive/bounds';
import { searchColumns } from '../../derive/full-text';
import { constant } from '../../derive/names';
import type { Verb } from '../../derive/schema';
import { textsStatement } from '../../derive/search-statements';
import type { Context } from '../../query/execute';
import { NodeRef } from '../../query/reference';
import { fold } from '../../support/fold';
import { nothing, writingsOf } from '../../support/lucene';
import { once } from '../../support/once';
import { within } from '../within';
import { readCursor, writeCursor } from './cursor';
import { countHits, findPage, type Hit } from './hits';
import { matchedIn, type Texts } from './matched';
import { Nouns } from '../nouns';
import { anywhere, readWords } from './query';
import { searchRoots, searchTypes } from './schema';
import { suggestResolver } from './suggest';

interface Args {
  readonly text: string;
  readonly types?: readonly string[] | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

/** `search` over names and words, and `suggest` for typing along. */
export function searchVerb(blueprint: Blueprint): Verb {
  const nouns = new Nouns(blueprint);
  const columns = searchColumns(blueprint);
  const readTexts = textsStatement(blueprint);

  /** What of each hit is searched, by `Noun:key`. */
  const textsOf = async (context: Context, hits: readonly Hit[]): Promise<Map<string, Texts>> => {
    context.request.statements++;
    const { rows } = await context.engine.graph.read(
      readTexts,
      { nodes: hits.map(({ type, key }) => [type, key]) },
      { signal: context.request.signal },
    );
    return new Map(
      (rows as [string, string, Texts][]).map(([type, key, texts]) => [`${type}:${key}`, texts]),
    );
  };

  const search: GraphQLFieldResolver<unknown, Context> = async (_source, given, context) => {
    const args = given as Args;
    const count = within('first', args.first, pageBound);
    const words = readWords(args.text);
    const text = fold(args.text.trim());
    const after = args.after == null ? null : readCursor(text, args.after);
    const question = {
      query: anywhere(words) ?? nothing,
      // A text without a word is no name.
      texts: words.length ? writingsOf(text) : [],
      types: nouns.named(args.types),
    };
    const hits = await findPage(context, nouns, question, count, after);
    // Asked for only where they are selected: a getter is a field that costs nothing until it is read.
    const counts = once(() => countHits(context, nouns, question, hits.all));
    const total = once(async () => [...(await counts()).values()].reduce((a, b) => a + b, 0));
    const texts = once(() => textsOf(context, hits.page));
    const edges = hits.page.map((hit, index) => ({
      cursor: writeCursor(text, { ...hit, at: hits.before + index + 1 }),
      node: new NodeRef(hit.type, hit.key, hit.known),
      score: hit.score,
      get matched() {
        return texts().then((all) =>
          matchedIn(all.get(`${hit.type}:${hit.key}`) ?? {}, columns, words),
        );
      },
    }));
    return {
      nodes: edges.map(({ node }) => node),
      edges,
      get totalCount() {
        return total();
      },
      get types() {
        return counts().then((all) =>
          [...all].map(([type, number]) => ({ type: constant(type), count: number })),
        );
      },
      pageInfo: {
        startCursor: edges[0]?.cursor ?? null,
        endCursor: edges[edges.length - 1]?.cursor ?? null,
        hasNextPage: hits.more,
        hasPreviousPage: hits.before > 0,
      },
      get completeness() {
        return total().then((all) => ({
          returned: edges.length,
          total: all,
          truncated: hits.cut,
          reason: hits.cut
            ? 'More hits fit equally well than can be ranked: add a word, or name the types.'
            : null,
        }));
      },
    };
  };
  return {
    types: searchTypes,
    roots: searchRoots,
    resolvers: { search, suggest: suggestResolver(nouns) } as Verb['resolvers'],
  };
}
