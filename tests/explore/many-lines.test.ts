import { client } from '../support/client';
import type { Row } from '../support/rows';

/** A round of many investors joins each of them to each: more lines than can be drawn. */
const { ask, close, graph } = client();
const investors = 130;
const ends = investors + 1;
/** Those of a second round as well: the last to come in, so that nothing but their facts speaks for their lines. */
const twice = 6;

beforeAll(() =>
  graph.write(async (run) => {
    await run(
      `CREATE (c:Company:Entity {key: 'many-c', name: 'Many'})
       CREATE (a:FundingRound:Fact {key: 'many-a', label: 'A', certainty: 'STATED'})
       CREATE (b:FundingRound:Fact {key: 'many-b', label: 'B', certainty: 'STATED'})
       CREATE (c)-[:RAISED]->(a)
       WITH a, b UNWIND range(1, ${investors}) AS i
       CREATE (f:InvestmentFirm:Entity:Investor {key: 'many-' + (1000 + i), name: 'Firm ' + i})
       CREATE (f)-[:INVESTED_IN]->(a)
       FOREACH (_ IN CASE WHEN i > ${investors - twice} THEN [1] ELSE [] END | CREATE (f)-[:INVESTED_IN]->(b))`,
    );
  }),
);
afterAll(async () => {
  await graph.write((run) => run(`MATCH (n) WHERE n.key STARTS WITH 'many-' DETACH DELETE n`));
  await close();
});

const draw = async () => {
  const { data, errors } = await ask(
    '{ graph(seeds: ["Company:many-c"], depth: 1, limit: 200) { nodes { id key x y } edges { id source target count } completeness { returned total truncated reason } } }',
  );
  expect(errors).toBeUndefined();
  return data.graph as { nodes: Row[]; edges: Row[]; completeness: Row };
};

test('of too many lines those of most facts are drawn, no node hangs loose, and it is told', async () => {
  const { nodes, edges, completeness } = await draw();
  expect(nodes).toHaveLength(ends);
  expect(edges).toHaveLength(8_000);
  const all = (ends * (ends - 1)) / 2;
  expect(completeness).toEqual({
    returned: ends,
    total: null,
    truncated: true,
    reason: `Of ${all} lines, 8000 are drawn: one from each node to those before it, then those of the most facts.`,
  });
  expect(edges.filter(({ count }) => count === 2)).toHaveLength((twice * (twice - 1)) / 2);
  const reached = new Set([nodes[0]?.id]);
  for (let size = 0; size < reached.size;) {
    size = reached.size;
    for (const { source, target } of edges)
      if (reached.has(source) || reached.has(target)) reached.add(source).add(target);
  }
  expect(reached.size).toBe(ends);
  expect(await draw()).toEqual({ nodes, edges, completeness });
});
