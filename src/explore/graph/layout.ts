import Graph from 'graphology';
import louvain from 'graphology-communities-louvain';
import forceAtlas2 from 'graphology-layout-forceatlas2';
import { compare } from '../../support/compare';
import { chance, startingPlaces, type Point } from './start';

export type { Point } from './start';

export interface Placed extends Point {
  readonly group: number;
}

const seed = 1;

/** Steps of the layout: so many that their work stays about the same, whatever the size. */
function stepsFor(nodes: number): number {
  return Math.max(24, Math.min(150, Math.round(24_000 / Math.max(1, nodes))));
}

/** How much room a node claims in the second part, in units of the layout: about a quarter of the usual distance. */
const radius = 8;

/** How a picture of so many nodes is laid out; the same graph and the same known positions give the same picture. */
export function layoutOf(nodes: number) {
  return { algorithm: 'ForceAtlas2', version: '0.10', seed, iterations: stepsFor(nodes) };
}

/**
 * Places nodes by forces and gathers them into groups. Whatever the order in which they come, the places are the same.
 * @param ids in the order in which they came into the picture
 * @param edges pairs of ids
 * @param known positions that stay as they are
 */
export function place(
  ids: readonly string[],
  edges: readonly (readonly [string, string])[],
  known: ReadonlyMap<string, Point>,
): Map<string, Placed> {
  const graph = new Graph({ type: 'undirected', multi: false, allowSelfLoops: false });
  const starts = startingPlaces(ids, edges, known, seed);
  for (const id of [...ids].sort(compare)) {
    const at = known.get(id);
    graph.addNode(id, { ...(at ?? starts.get(id)), fixed: Boolean(at), size: radius });
  }
  for (const [a, b] of edges) if (a !== b && !graph.hasEdge(a, b)) graph.addEdge(a, b);
  const steps = stepsFor(graph.order);
  const settings = forceAtlas2.inferSettings(Math.max(2, graph.order));
  // What belongs together first finds each other. What is far away may push as one, which is cheaper from so many nodes on.
  const together = Math.round((2 * steps) / 3);
  forceAtlas2.assign(graph, {
    iterations: together,
    settings: { ...settings, barnesHutOptimize: graph.order > 400, barnesHutTheta: 1.2 },
  });
  // Then nodes that came to lie on each other make room, for which each must see each, as long as that is affordable.
  const positions = forceAtlas2(graph, {
    iterations: steps - together,
    settings: { ...settings, barnesHutOptimize: graph.order > 1_000, adjustSizes: true },
  });
  const groups = graph.size ? louvain(graph, { rng: chance(seed) }) : {};
  return new Map(
    ids.map((id) => [
      id,
      { ...(known.get(id) ?? (positions[id] as Point)), group: groups[id] ?? 0 },
    ]),
  );
}
