import Graph from 'graphology';
import gexfOf from 'graphology-gexf';
import type { Picture } from './picture';
import { printable } from '../xml';

/** Texts without what XML cannot hold; unknown values are left out. */
function clean(values: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value != null)
      .map(([name, value]: [string, unknown]) => [
        name,
        typeof value === 'string' ? printable(value) : value,
      ]),
  );
}

/** The namespace of positions and colours: as the writer has it no reader knows it, and as the format has it. */
const viz = ['http:///www.gexf.net/1.1draft/viz', 'http://www.gexf.net/1.2draft/viz'] as const;

/** A picture as GEXF 1.2, for Gephi: with positions, sizes and colours. */
export function gexf({ nodes, edges }: Picture): string {
  const graph = new Graph({ type: 'directed', multi: true });
  for (const { id, ...node } of nodes) graph.addNode(id, clean(node));
  for (const { id, source, target, count, ...edge } of edges)
    graph.addEdgeWithKey(id, source, target, { ...clean(edge), count, weight: count });
  return `${gexfOf.write(graph).replace(...viz)}\n`;
}
