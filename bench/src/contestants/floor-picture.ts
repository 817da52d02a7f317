import Graph from 'graphology';
import louvain from 'graphology-communities-louvain';
import forceAtlas2 from 'graphology-layout-forceatlas2';

type Vertex = readonly [key: string, label: string, degree: number];
type Line = readonly [from: string, type: string, to: string];

/** Steps of the layout of so many nodes; as many as the product takes, which tells them in `layout`. */
const stepsFor = (nodes: number): number =>
  Math.max(24, Math.min(150, Math.round(24_000 / Math.max(1, nodes))));

/** Lays out what the statement of W7 found, with the libraries and the number of steps that the product uses. */
export function draw(row: unknown): object {
  const [vertices, lines] = row as readonly [readonly Vertex[], readonly Line[]];
  const graph = new Graph({ type: 'undirected', multi: false });
  vertices.forEach(([key], at) =>
    graph.addNode(key, {
      x: Math.cos(at) * 100 * Math.sqrt(at),
      y: Math.sin(at) * 100 * Math.sqrt(at),
    }),
  );
  for (const [from, , to] of lines) graph.mergeEdge(from, to);
  const positions = forceAtlas2(graph, {
    iterations: stepsFor(graph.order),
    settings: {
      ...forceAtlas2.inferSettings(Math.max(2, graph.order)),
      barnesHutOptimize: graph.order > 1_000,
    },
  });
  const groups = graph.size ? louvain(graph) : {};
  return {
    nodes: vertices.map(([key, label, degree]) => ({
      key,
      label,
      degree,
      ...positions[key],
      group: groups[key] ?? 0,
    })),
    edges: lines.map(([source, type, target]) => ({ source, type, target })),
  };
}
