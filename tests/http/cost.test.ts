import { isObjectType } from 'graphql';
import { boundOf } from '../../src/derive/bounds';
import { blueprint } from '../../src/entities/blueprint';
import { createParts } from '../../src/server';
import { web, type Web } from '../support/web';
import { times } from '../support/hostile/hostile';

let server: Web;
beforeAll(async () => {
  server = await web({ cacheSize: 0 });
});
afterAll(() => server.close());

async function costOf(query: string): Promise<number | undefined> {
  const { body } = await server.post({ query });
  expect(body.errors).toBeUndefined();
  return (body.extensions as { cost?: number } | undefined)?.cost;
}

test.each([
  [
    'pages of pages',
    '{ companies(first: 50) { nodes { models(first: 3) { nodes { key } } } } }',
    251,
  ],
  ['a list without a number', '{ companies { nodes { key } } }', 21],
  [
    'an order by a field',
    '{ companies(first: 10, orderBy: [{ name: ASC }]) { nodes { key } } }',
    12,
  ],
  [
    'an order by a field of a neighbour',
    '{ listings(first: 10, orderBy: [{ company: { name: ASC } }]) { nodes { key } } }',
    12,
  ],
  [
    'an order by a size',
    '{ companies(first: 10, orderBy: [{ models: { count: DESC } }]) { nodes { key } } }',
    16,
  ],
  [
    'an order by a measure',
    '{ companies(first: 10, orderBy: [{ fundingRounds: { measure: { of: RAISED, fn: SUM, direction: DESC } } }]) { nodes { key } } }',
    16,
  ],
  [
    'an order below rows, as often as it is worked out',
    '{ companies(first: 10) { nodes { models(first: 1, orderBy: [{ name: ASC }]) { nodes { key } } } } }',
    41,
  ],
  [
    'groups by what each has one of',
    '{ listingGroups(by: [{ listedOn: YEAR }, { exchange: { key: true } }]) { totalCount } }',
    50,
  ],
  [
    'groups by a list',
    '{ fundingRoundGroups(by: [{ company: { sectors: { key: true } } }]) { totalCount } }',
    250,
  ],
  [
    'groups by two lists, whose values are combined',
    '{ companyGroups(by: [{ models: { key: true } }, { sectors: { key: true } }]) { totalCount } }',
    1250,
  ],
  ['suggestions, 8 unless told', '{ suggest(text: "ali") { node { id } } }', 28],
  ['hits, 20 unless told', '{ search(text: "ali") { nodes { id } } }', 70],
  [
    'a picture, 200 nodes unless told',
    '{ graph(seeds: ["Company:alibaba"]) { nodes { id } } }',
    221,
  ],
  [
    'paths, 4 hops unless told',
    '{ paths(from: "Company:alibaba", to: "Company:openai") { paths { length } } }',
    320,
  ],
  ['peers', '{ company(key: "alibaba") { peers(first: 3) { nodes { key } } } }', 24],
])('the cost of %s', async (_, query, cost) => {
  expect(await costOf(query)).toBe(cost);
});

test('what companies are compared with is paid for, once it is known how many they are', async () => {
  const peers = '{ company(key: "alibaba") { peers(first: 3) { nodes { key } } } }';
  await server.graph.write((run) =>
    run(
      "UNWIND range(1, 2000) AS i CREATE (:Company:Entity {key: 'crowd-' + i, name: 'Crowd ' + i})",
    ),
  );
  try {
    await costOf(peers);
    expect(await costOf(peers)).toBe(26);
  } finally {
    await server.graph.write((run) =>
      run("MATCH (c:Company) WHERE c.key STARTS WITH 'crowd-' DETACH DELETE c"),
    );
  }
  expect(await costOf(peers)).toBe(26);
  expect(await costOf(peers)).toBe(24);
});

const ids = (count: number) => JSON.stringify(times(count, (index) => `Company:${index}`));
const items = (count: number, item: string) => `[${times(count, () => item).join(' ')}]`;

test.each([
  ['companies.first', 101, 100, 'companies(first: 101) { totalCount }'],
  ['c.nodes.m.last', 500, 100, 'c: companies { nodes { m: models(last: 500) { totalCount } } }'],
  ['companies.orderBy', 9, 8, `companies(orderBy: ${items(9, '{ key: ASC }')}) { totalCount }`],
  ['companyGroups.by', 5, 4, `companyGroups(by: ${items(5, '{ kind: true }')}) { totalCount }`],
  [
    'companyGroups.orderBy',
    9,
    8,
    `companyGroups(by: [{ kind: true }], orderBy: ${items(9, '{ count: ASC }')}) { totalCount }`,
  ],
  [
    'companyGroups.nodes.members.first',
    101,
    100,
    'companyGroups(by: [{ kind: true }]) { nodes { members(first: 101) { totalCount } } }',
  ],
  ['nodes.ids', 101, 100, `nodes(ids: ${ids(101)}) { id }`],
  ['search.first', 101, 100, 'search(text: "a", first: 101) { totalCount }'],
  ['suggest.first', 101, 100, 'suggest(text: "a", first: 101) { text }'],
  ['graph.limit', 2001, 2000, 'graph(seeds: [], limit: 2001) { nodes { id } }'],
  ['graph.depth', 5, 4, 'graph(seeds: [], depth: 5) { nodes { id } }'],
  ['paths.maxHops', 9, 8, 'paths(from: "a", to: "b", maxHops: 9) { paths { length } }'],
  ['paths.first', 51, 50, 'paths(from: "a", to: "b", first: 51) { paths { length } }'],
  ['paths.avoid', 101, 100, `paths(from: "a", to: "b", avoid: ${ids(101)}) { paths { length } }`],
  ['neighbours.of', 21, 20, `neighbours(of: ${ids(21)}) { totalCount }`],
  ['neighbours.first', 101, 100, 'neighbours(of: [], first: 101) { totalCount }'],
  ['company.peers.first', 101, 100, 'company(key: "openai") { peers(first: 101) { totalCount } }'],
  ['trend.companies.first', 101, 100, 'trend(key: "x") { companies(first: 101) { totalCount } }'],
  ['trendMap.companies', 51, 50, 'trendMap(companies: 51) { nodes { id } }'],
  ['retractions.first', 101, 100, 'retractions(first: 101) { totalCount }'],
])(
  '%s: %i is refused before anything is sent, whatever stands beside it',
  async (place, found, limit, field) => {
    const { statements } = server.graph;
    const { status, body } = await server.post({
      query: `{ sectors(first: 1) { totalCount } ${field} }`,
    });
    expect({ status, errors: body.errors }).toEqual({
      status: 400,
      errors: [
        {
          message: `${place}: ${found} where ${limit} is the most.`,
          extensions: { code: 'LIMIT_EXCEEDED', found, limit },
        },
      ],
    });
    expect(server.graph.statements).toBe(statements);
  },
);

test('what the schema says an argument takes at the most is its bound', () => {
  const { schema } = createParts(blueprint);
  const told = Object.values(schema.getTypeMap())
    .filter(isObjectType)
    // What is wrong with a change is told in its payload.
    .filter((type) => type !== schema.getMutationType())
    .flatMap((type) => Object.values(type.getFields()))
    .flatMap(({ args }) => args)
    // Its characters and words are counted, not what it asks for.
    .filter(({ name, description }) => name !== 'text' && / at most/.test(description ?? ''));
  expect(told.length).toBeGreaterThan(100);
  for (const each of told) {
    const [, most = ''] = /([\d,]+) at most/.exec(each.description ?? '') ?? [];
    expect([each.description, boundOf(each)?.most]).toEqual([
      each.description,
      Number(most.replace(/,/g, '')),
    ]);
  }
});
