import { byKey, work, type Json } from './work';

export const W7 = work<string>({
  name: 'W7',
  title: 'a neighbourhood of 400 to 500 nodes, with coordinates',
  variants: 'seeds',
  ours: {
    ask: (seed) => ({
      query: `query ($seeds: [ID!]!) {
  graph(seeds: $seeds, depth: 4, relations: [RAISED, INVESTED_IN], fold: false, limit: 500) {
    nodes { key label degree x y group }
    edges { source target type }
  }
}`,
      variables: { seeds: [`Company:${seed}`] },
    }),
    canonical: (data) => picture(data.graph, true),
  },
  floor: { ask: (seed) => ({ seed }), canonical: (graph) => picture(graph, false) },
  targets: { offFloor: 0.9 },
  remark:
    'Both lay out in their own process with the same libraries and as many steps of ForceAtlas2; where they begin differs, so coordinates are compared for being there. Ours lets far nodes push as one in the first two thirds of the steps, and keeps nodes apart in the last. The floor reads all with one statement without limits.',
});

/** Nodes with their degrees, and how many lines meet each: ids of lines differ, what they join does not. */
function picture({ nodes, edges }: Json, ours: boolean): unknown {
  for (const { x, y, group } of nodes)
    if (![x, y, group].every(Number.isFinite)) throw new Error('a node has no place');
  return {
    nodes: nodes.map(({ key, label, degree }: Json) => ({ key, label, degree })).sort(byKey),
    edges: edges
      .map(({ source, target, type }: Json) => `${plain(source)} ${type} ${plain(target)}`)
      .sort(),
  };
  function plain(id: string): string {
    return ours ? Buffer.from(id, 'base64url').toString().replace(/^\w+:/, '') : id;
  }
}
