import Graph from 'graphology';
import louvain from 'graphology-communities-louvain';
import forceAtlas2 from 'graphology-layout-forceatlas2';
import { createHash } from 'node:crypto';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Placed extends Point {
  readonly group: number;
}

/** How a picture is laid out; the same graph and the same known positions give the same picture. */
export const layout = {
  algorithm: 'ForceAtlas2',
  version: '0.10',
  seed: 1,
  iterations: 200,
} as const;

/** A number from 0 to 1 that follows from a text: where a node starts must not depend on chance. */
function fromText(text: string): number {
  return createHash('sha256').update(`${layout.seed} ${text}`).digest().readUInt32BE(0) / 2 ** 32;
}

/**
 * Places nodes by forces and gathers them into groups.
 * @param ids in a fixed order
 * @param edges pairs of ids
 * @param known positions that stay as they are
 */
export function place(
  ids: readonly string[],
  edges: readonly (readonly [string, string])[],
  known: ReadonlyMap<string, Point>,
): Map<string, Placed> {
  const graph = new Graph({ type: 'undirected', multi: false, allowSelfLoops: false });
  const around = [...known.values()];
  const middle = around.length
    ? around.reduce(
        (sum, { x, y }) => ({ x: sum.x + x / around.length, y: sum.y + y / around.length }),
        { x: 0, y: 0 },
      )
    : { x: 0, y: 0 };
  const spread = Math.max(100, ...around.map(({ x, y }) => Math.hypot(x - middle.x, y - middle.y)));
  const next = new Map<string, string>();
  for (const [a, b] of edges) {
    if (known.has(a)) next.set(b, next.get(b) ?? a);
    if (known.has(b)) next.set(a, next.get(a) ?? b);
  }
  for (const id of ids) {
    const at = known.get(id);
    const near = known.get(next.get(id) ?? '') ?? middle;
    const reach = next.has(id) ? spread / 10 : spread;
    const angle = fromText(id) * 2 * Math.PI;
    const far = Math.sqrt(fromText(`${id}#`)) * reach;
    graph.addNode(
      id,
      at
        ? { ...at, fixed: true }
        : { x: near.x + far * Math.cos(angle), y: near.y + far * Math.sin(angle) },
    );
  }
  for (const [a, b] of edges) if (a !== b && !graph.hasEdge(a, b)) graph.addEdge(a, b);
  const settings = forceAtlas2.inferSettings(Math.max(2, graph.order));
  const positions = forceAtlas2(graph, {
    iterations: layout.iterations,
    settings: { ...settings, barnesHutOptimize: graph.order > 500 },
  });
  let state = layout.seed;
  // A small generator of its own: Math.random would give another grouping each time.
  const rng = () => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31;
  const groups = graph.size ? louvain(graph, { rng }) : {};
  return new Map(
    ids.map((id) => [
      id,
      { ...(known.get(id) ?? (positions[id] as Point)), group: groups[id] ?? 0 },
    ]),
  );
}
