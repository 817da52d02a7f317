import neo4j, { type ProfiledPlan as Profile } from 'neo4j-driver';
import { joinStatement } from '../../src/derive/hops';
import { blueprint } from '../../src/entities/blueprint';
import { client } from '../support/client';
import type { Row } from '../support/rows';

const { ask, close, graph } = client();

/** Companies of each of two hubs, and of each sector that holds some of both. */
const size = 20_000;
const sectors = 300;

beforeAll(async () => {
  await graph.write(
    async (run) => {
      await run(
        `UNWIND ['a', 'b'] AS k CREATE (:Sector:Entity {key: 'hub-' + k, name: 'Hub ' + k})`,
      );
      await run(
        `UNWIND range(1, ${sectors}) AS i CREATE (:Sector:Entity {key: 'hub-s' + i, name: 'Sector ' + i})`,
      );
      for (const k of ['a', 'b'])
        await run(
          `MATCH (h:Sector {key: 'hub-${k}'}) UNWIND range(1, ${size}) AS i MATCH (s:Sector {key: 'hub-s' + (1 + i % ${sectors})})
           CREATE (c:Company:Entity {key: 'hub-${k}' + i, name: 'Company ' + i}) CREATE (c)-[:IN_SECTOR]->(h) CREATE (c)-[:IN_SECTOR]->(s)`,
        );
      // Two that share a hub and nothing else, and one that is in both.
      await run(
        `MATCH (h:Sector {key: 'hub-a'}) UNWIND ['x', 'y', 'z'] AS k CREATE (:Company:Entity {key: 'hub-' + k, name: 'Company ' + k})-[:IN_SECTOR]->(h)`,
      );
      await run(
        `MATCH (z:Company {key: 'hub-z'}), (h:Sector {key: 'hub-b'}) CREATE (z)-[:IN_SECTOR]->(h)`,
      );
    },
    { deadline: 120_000 },
  );
}, 180_000);

afterAll(async () => {
  for (let left = 1; left;)
    [left] = (await graph.write((run) =>
      run(
        `MATCH (n:Entity) WHERE n.key STARTS WITH 'hub-' WITH n LIMIT 20000 DETACH DELETE n RETURN count(*) AS left`,
      ),
    )) as [number];
  await close();
}, 180_000);

const ways = async (from: string, to: string, more = '') => {
  const { data, errors } = await ask(
    `{ paths(from: "${from}", to: "${to}"${more}) { paths { length steps { to { ... on Entity { key } } } } completeness { returned total truncated reason } } }`,
  );
  expect(errors).toBeUndefined();
  const { paths, completeness } = data.paths as { paths: Row[]; completeness: Row };
  return { lengths: paths.map(({ length }) => length as number), paths, completeness };
};

test('between two hubs the search ends, gives what it found, and says that it was cut', async () => {
  const { lengths, completeness } = await ways(
    'Sector:hub-a',
    'Sector:hub-b',
    ', maxHops: 8, first: 50',
  );
  expect(lengths[0]).toBe(2);
  expect([...lengths].sort((a, b) => a - b)).toEqual(lengths);
  expect(completeness).toMatchObject({
    truncated: true,
    total: null,
    // How fast the machine is decides which of the budgets ends it: the one for reading, or the one for comparing.
    reason: expect.stringMatching(/^(Reading ended after|There are more ways of one length)/),
  });
});

test('a hub is the last resort, and that nothing leads on from it is told', async () => {
  const shared = await ways('Company:hub-x', 'Company:hub-y');
  expect(shared.lengths).toEqual([2]);
  expect(shared.paths[0]?.steps[0].to.key).toBe('hub-a');
  expect(shared.completeness).toMatchObject({
    truncated: true,
    reason: expect.stringContaining('1000'),
  });
  // Two of one hub and one sector: through the sector first, though the hub is as near.
  const { paths, lengths } = await ways('Company:hub-a1', 'Company:hub-a301', ', maxHops: 2');
  expect(lengths).toEqual([2, 2]);
  expect(paths.map((path) => path.steps[0].to.key)).toEqual(['hub-s2', 'hub-a']);
});

test('what joins a hub to something is told without reading all that the hub is joined to', async () => {
  const { rows } = await graph.read(
    `MATCH (a:Company {key: 'hub-x'}), (b:Sector {key: 'hub-a'}) RETURN [id(a), id(b)] AS row`,
  );
  const [pair] = rows as [[number, number]];
  const driver = neo4j.driver(process.env.YUNTU_TEST_NEO4J_URI as string);
  try {
    const text = joinStatement(blueprint).replace('CYPHER 5', 'CYPHER 5 PROFILE');
    const ids = pair.map((id) => neo4j.int(id));
    const p = { ids, pairs: [ids], triples: [], relations: ['IN_SECTOR'] };
    const { records, summary } = await driver.executeQuery(text, { p });
    expect(records[0]?.get('row').links).toHaveLength(1);
    const hits = ({ dbHits, children }: Profile): number =>
      children.reduce((sum, child) => sum + hits(child), Number(dbHits));
    expect(hits(summary.profile as Profile)).toBeLessThan(500);
  } finally {
    await driver.close();
  }
});
