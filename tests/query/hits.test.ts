import { blueprint } from '../../src/entities/blueprint';
import { client } from '../support/client';
import { hitsOf } from '../support/hits';
import { generatedRows, removeGenerated, writeGenerated } from '../support/plain/generated';

const asker = client();
const { ask, close, graph } = asker;

beforeAll(async () => {
  await writeGenerated(graph, blueprint, generatedRows(blueprint));
  // Else Neo4j may plan by what it counted while there was less, or go by plans made then.
  await graph.schema('CALL db.prepareForReplanning()');
}, 180_000);
afterAll(async () => {
  await removeGenerated(graph);
  await close();
}, 60_000);

// Reading all of some 750 companies or 1,100 rounds with what a page needs takes more than 2,000 hits.
const few = 700;

const pages: readonly (readonly [list: string, orderBy: string, most: number])[] = [
  ['companies', '[]', 300],
  ['companies', '[{ name: ASC }]', 300],
  ['companies', '[{ foundedOn: DESC }]', 1_500],
  ['fundingRounds', '[{ announcedOn: DESC }, { investors: { count: DESC } }]', few],
  ['fundingRounds', '[{ raised: DESC }, { company: { name: ASC } }]', 1_200],
  ['entities', '[{ name: DESC }]', few],
  ['investors', '[{ name: ASC }]', few],
  // From the neighbour: by the company's name, not by asking each round for its company.
  ['fundingRounds', '[{ company: { name: ASC } }]', 1_200],
  ['observations', '[{ indicator: { name: DESC } }]', 1_200],
];

test.each(pages)(
  'a page of %s ordered by %s reads little, near and far',
  async (list, orderBy, most) => {
    const query = `query ($c: String) { page: ${list}(orderBy: ${orderBy}, first: 20, after: $c) { nodes { key } pageInfo { endCursor } } }`;
    expect(await hitsOf(asker, query, { c: null })).toBeLessThan(most);
    let cursor: string | null = null;
    for (let n = 0; n < 12; n++)
      cursor = (await ask(query, { c: cursor })).data.page.pageInfo.endCursor as string;
    expect(await hitsOf(asker, query, { c: cursor })).toBeLessThan(most);
  },
);

const others: readonly (readonly [what: string, query: string, most: number])[] = [
  ['a total of a noun, from the store', '{ companies { totalCount } }', 5],
  [
    'totals of relations, from the degrees',
    '{ company(key: "g-company-1") { fundingRounds(first: 0) { totalCount } sectors(first: 0) { totalCount } } }',
    20,
  ],
  [
    'a filter two relations away, from its far end',
    '{ companies(where: { fundingRounds: { some: { investors: { some: { key: { eq: "g-person-1" } } } } } }, orderBy: [{ name: ASC }]) { nodes { key } } }',
    few * 2,
  ],
  [
    'either of two such filters, each from its far end',
    '{ companies(where: { or: [{ fundingRounds: { some: { investors: { some: { key: { eq: "g-person-1" } } } } } }, { sectors: { some: { key: { eq: "gen-a/4" } } } }] }) { nodes { key } } }',
    few,
  ],
  [
    'a part of the name of a neighbour of a neighbour, from the text index',
    '{ companies(where: { fundingRounds: { some: { investors: { some: { name: { contains: "moonshot 100%" } } } } } }) { totalCount nodes { key } } }',
    few,
  ],
  [
    'an amount of a neighbour, from its index',
    '{ companies(where: { acquiredIn: { some: { price: { amount: { gte: 1e100 } } } } }) { totalCount nodes { key } } }',
    few,
  ],
  [
    'a part of a name, from the text index',
    '{ companies(where: { name: { contains: "alibaba" } }) { nodes { key } } }',
    300,
  ],
];

test.each(others)('%s', async (_, query, most) => {
  expect(await hitsOf(asker, query)).toBeLessThan(most);
});

test('of two neighbours the one with fewer is begun at, whichever is named first', async () => {
  const many =
    '{ sectors: { some: { key: { in: ["gen-a/1", "gen-a/2", "gen-a/4", "gen-b/0"] } } } }';
  const { data } = await ask(
    '{ investors(where: { investments: { some: { company: { sectors: { some: { key: { eq: "gen-a/1" } } } } }, count: { eq: 1 } } }, first: 1) { nodes { key } } }',
  );
  const one = `{ fundingRounds: { some: { investors: { some: { key: { eq: "${data.investors.nodes[0].key}" } } } } } }`;
  const asked = (parts: string) =>
    hitsOf(asker, `{ companies(where: { and: [${parts}] }) { totalCount nodes { key } } }`);
  const alone = await asked(one);
  expect(await asked(`${many}, ${one}`)).toBeLessThan(alone + few);
  expect(await asked(`${one}, ${many}`)).toBeLessThan(alone + few);
});

test('what is found from its far end is found once, for the page and for what is counted', async () => {
  const asked = (more: string) =>
    hitsOf(
      asker,
      `{ companies(where: { sectors: { some: { key: { eq: "gen-b/0" } } } }, orderBy: [{ name: ASC }]) { nodes { key } ${more} } }`,
    );
  expect(await asked('totalCount')).toBeLessThan((await asked('')) * 1.2);
});

test('a total and a measure of what a relation leads to cost no second pass', async () => {
  const ask = (more: string) =>
    `{ companies(first: 50) { nodes { fundingRounds(first: 3, where: { raised: { isNull: false } }) { nodes { key } ${more} } } } }`;
  const page = await hitsOf(asker, ask(''));
  const all = await hitsOf(
    asker,
    ask('totalCount known(of: RAISED) number(of: RAISED, fn: COUNT)'),
  );
  expect(all).toBeLessThan(page * 1.2);
});
