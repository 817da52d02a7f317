import type { GraphQLFieldResolver } from 'graphql';
import type { Blueprint } from '../../blueprint';
import { relationTypes } from '../../derive/neighbourhood';
import type { Verb } from '../../derive/schema';
import { badInput, quote } from '../../errors';
import type { Context } from '../../query/execute';
import { selects } from '../../query/selects';
import { compare } from '../../support/compare';
import { toGlobalId } from '../../support/global-id';
import { Nouns } from '../nouns';
import { refer, settled } from '../refer';
import { within } from '../within';
import { coloursOf } from './colours';
import { completenessOf } from './completeness';
import { edgesOf } from './edges';
import { layoutOf, place, type Point } from './layout';
import { leftOut } from './left-out';
import { nodeOf } from './nodes';
import { Reader } from './read';
import { depthBound, drawnBound, graphRoots, graphTypes, limitBound } from './schema';
import { Wordings } from './wording';

/** How far out a known node may be: beyond, distances lose their meaning. */
const farthest = 1e9;

interface Args {
  readonly seeds: readonly string[];
  readonly depth?: number | null;
  readonly relations?: readonly string[] | null;
  readonly types?: readonly string[] | null;
  readonly datasets?: readonly string[] | null;
  readonly limit?: number | null;
  readonly fold?: boolean | null;
  readonly known?: readonly { id: string; x: number; y: number }[] | null;
}

/** `graph`: what surrounds some nodes, ready to be drawn. */
export function graphVerb(blueprint: Blueprint): Verb {
  const relations = relationTypes(blueprint);
  const wordings = new Wordings(blueprint);
  const nouns = new Nouns(blueprint);
  const colours = coloursOf(blueprint);

  const graph: GraphQLFieldResolver<unknown, Context> = async (_source, given, context, info) => {
    const args = given as Args;
    const asked = read(args, relations, nouns);
    const seeds = await settled(asked.seeds, context, blueprint);
    const question = {
      ...asked,
      seeds: [...new Map(seeds.map((name) => [name.join(':'), name])).values()],
      beyond: selects(info, [], ['expandable', 'completeness']),
    };
    const known = await knownOf(args, context, blueprint);
    const sketch = await new Reader(context, blueprint, question).read();
    const ids = new Map(sketch.nodes.map(([id, noun, key]) => [id, toGlobalId(noun, key)]));
    const idOf = (id: number): string => ids.get(id) ?? '';
    const { edges, lines } = edgesOf(sketch, blueprint, wordings, idOf);
    // To lay out costs more than all else together.
    const placed = selects(info, ['nodes'], ['x', 'y', 'group'])
      ? place(
          [...ids.values()],
          edges.map(({ source, target }) => [source, target] as const),
          known,
        )
      : null;
    const ends = (noun: string) =>
      !question.fold || !blueprint.get(noun).interfaces.includes('Fact');
    const left = leftOut(sketch, ends);
    return {
      nodes: sketch.nodes.map((row) => {
        const id = idOf(row[0]);
        return nodeOf(row, id, placed?.get(id), colours);
      }),
      edges,
      expandable: left.map(({ id, relation, count }) => ({
        node: idOf(id),
        relation,
        count,
      })),
      layout: layoutOf(ids.size),
      completeness: completenessOf(sketch, question, left, lines),
    };
  };
  const words = (type: string) => `${wordings.relation('', type)[0]}.`;
  return {
    types: [
      {
        kind: 'enum',
        name: 'RelationType',
        description: 'A type of relationship that leads from one thing to another.',
        values: Object.fromEntries(relations.map((type) => [type, words(type)])),
      },
      ...graphTypes,
    ],
    roots: graphRoots,
    resolvers: { graph } as Verb['resolvers'],
  };
}

/** Reads the arguments; a bad one is the caller's fault. */
function read(args: Args, relations: readonly string[], nouns: Nouns) {
  within('seeds', args.seeds.length, drawnBound);
  const types = nouns.named(args.types);
  return {
    seeds: args.seeds.map((seed) => refer('seeds', seed)),
    depth: within('depth', args.depth, depthBound),
    limit: within('limit', args.limit, limitBound),
    relations: args.relations
      ? relations.filter((type) => args.relations?.includes(type))
      : relations,
    types: types && [...types].sort(compare),
    datasets: args.datasets ?? null,
    fold: args.fold ?? true,
  };
}

/** Where nodes are drawn already, by id; a bad one is the caller's fault. */
export async function knownOf(
  { known }: Pick<Args, 'known'>,
  context: Context,
  blueprint: Blueprint,
): Promise<Map<string, Point>> {
  within('known', known?.length, drawnBound);
  const points = known ?? [];
  for (const at of points.flatMap(({ x, y }) => [x, y]))
    if (Math.abs(at) > farthest)
      throw badInput('known', `${quote(at)} is further out than ${farthest}.`);
  const names = points.map(({ id }) => refer('known', id));
  const now = await settled(names, context, blueprint);
  return new Map(
    now.map((name, index) => {
      const { x, y } = points[index] as Point;
      return [toGlobalId(...name), { x, y }];
    }),
  );
}
