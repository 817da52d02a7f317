import type { Picture } from './picture';

/** A picture as Cytoscape's JSON. Its y leads downwards, ours upwards. */
export function cytoscape({ nodes, edges }: Picture): string {
  return `${JSON.stringify({
    data: [],
    directed: true,
    multigraph: true,
    elements: {
      nodes: nodes.map(({ x, y, ...data }) => ({
        data: { ...data, value: data.id, name: data.label },
        position: { x, y: -y },
      })),
      edges: edges.map((edge) => ({ data: { ...edge, key: edge.id } })),
    },
  })}\n`;
}
