import type { GraphQLFieldResolver } from 'graphql';
import type { Blueprint } from '../../blueprint';
import { nodesStatement } from '../../derive/picture/statements';
import { trendsStatement, type LinkKind } from '../../derive/trend-links';
import type { Context } from '../../query/execute';
import { compare } from '../../support/compare';
import { toGlobalId } from '../../support/global-id';
import { coloursOf } from '../graph/colours';
import { knownOf } from '../graph/graph';
import { layoutOf, place } from '../graph/layout';
import { nodeOf } from '../graph/nodes';
import type { NodeRow } from '../graph/sketch';
import { Wordings } from '../graph/wording';
import type { Name } from '../refer';
import { within } from '../within';
import type { TrendLinks } from './links';
import { linesOf, type Line } from './lines';
import { mapBound } from './types';

interface Args {
  readonly companies?: number | null;
  readonly kinds?: readonly LinkKind[] | null;
  readonly known?: readonly { id: string; x: number; y: number }[] | null;
}

type TrendRow = readonly [
  key: string,
  sectors: readonly (readonly [key: string, certainty: string | null])[],
];

/** `trendMap`: all trends with the sectors they affect and the companies they are linked to, as a picture. */
export function trendMap(
  blueprint: Blueprint,
  trendLinks: TrendLinks,
): GraphQLFieldResolver<unknown, Context> {
  const colours = coloursOf(blueprint);
  const words = new Wordings(blueprint);
  return async (_source, given, context) => {
    const args = given as Args;
    const most = within('companies', args.companies, mapBound);
    const known = await knownOf(args, context, blueprint);
    const read = async (text: string, p: object): Promise<readonly unknown[]> => {
      context.request.statements++;
      const { signal } = context.request;
      return (await context.engine.graph.read(text, p, { signal })).rows;
    };
    const trends = (await read(trendsStatement, {})) as TrendRow[];
    const keys = trends.map(([key]) => key);
    const asked = { kinds: args.kinds ?? null, first: most, after: null };
    const { links, teller } = await trendLinks.read(context, 'Trend', keys, asked);
    const lines = new Map<string, Line>();
    const add = (line: Line) => lines.set(line.id, lines.get(line.id) ?? line);
    for (const [key, sectors] of trends)
      for (const [sector, certainty] of sectors) {
        const [label, labelZh] = words.relation('Trend', 'AFFECTS');
        const [source, target] = [toGlobalId('Trend', key), toGlobalId('Sector', sector)];
        const id = `${source} AFFECTS ${target}`;
        add({
          id,
          source,
          target,
          type: 'AFFECTS',
          label,
          labelZh,
          certainty,
          count: 1,
          facts: [],
        });
      }
    const drawn = new Map<string, Name>(
      trends.flatMap(([key, sectors]) => [
        [toGlobalId('Trend', key), ['Trend', key]],
        ...sectors.map(([to]) => [toGlobalId('Sector', to), ['Sector', to]] as [string, Name]),
      ]),
    );
    for (const { links: own } of links.values())
      for (const { best } of own)
        for (const { trail } of best) {
          const { stops, lines: found } = linesOf(trail, teller, words);
          for (const [id, name] of stops) drawn.set(id, name);
          found.forEach(add);
        }
    const rows = (await read(nodesStatement(blueprint), {
      nodes: [...drawn.values()],
    })) as NodeRow[];
    const edges = [...lines.values()].sort((a, b) => compare(a.id, b.id));
    const ids = rows.map(([, noun, key]) => toGlobalId(noun, key));
    const placed = place(
      ids,
      edges.map(({ source, target }) => [source, target] as const),
      known,
    );
    const left = [...links].flatMap(([key, { total, links: own }]) =>
      total > own.length
        ? [{ node: toGlobalId('Trend', key), relation: 'TREND_LINK', count: total - own.length }]
        : [],
    );
    return {
      nodes: rows.map((row, at) => {
        const id = ids[at] as string;
        return nodeOf(row, id, placed.get(id), colours);
      }),
      edges,
      expandable: left,
      layout: layoutOf(placed.size),
      completeness: {
        returned: rows.length,
        total: left.length ? null : rows.length,
        truncated: left.length > 0,
        reason: left.length ? `Of each trend the ${most} strongest links are drawn.` : null,
      },
    };
  };
}
