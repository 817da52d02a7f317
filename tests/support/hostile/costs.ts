import { document, nested, post, times, type Hostile } from './hostile';

const limit = 'LIMIT_EXCEEDED';
const cost = 'COST_EXCEEDED';
const input = 'BAD_USER_INPUT';

const facts = (levels: number): string =>
  `{ facts(first: 1) { nodes { ${nested(levels, 'subjects(first: 1) { nodes { observations(first: 1) { nodes { ', 'key', '} } } }')} } } }`;

const relations = [
  'models',
  'products',
  'fundingRounds',
  'listings',
  'sectors',
  'trends',
  'people',
  'acquiredIn',
  'quotes',
  'rankings',
  'acquisitions',
  'founders',
];

/** Or of and of or, twice as wide at every level. */
const doublingFilter = (levels: number): unknown =>
  levels
    ? { or: [doublingFilter(levels - 1), doublingFilter(levels - 1)] }
    : { name: { contains: 'a' } };
const orBomb = times(240, (index) => ({ models: { some: { name: { contains: `x${index}` } } } }));
const companies = 'query ($where: CompanyFilter) { companies(where: $where) { totalCount } }';

/** Items of `by` that each give a company several values: together as many as there are ways to combine these. */
const crossed = (names: readonly string[]) => names.map((name) => ({ [name]: { key: true } }));
const groups = 'query ($by: [CompanyGroupBy!]!) { companyGroups(by: $by) { totalCount } }';

/** Items of an order, each worked out of all rounds of every company. */
const measures = (count: number) =>
  times(count, () => ({
    fundingRounds: { measure: { of: 'RAISED', fn: 'SUM', direction: 'DESC' } },
  }));
const beside = (verb: string) => `{ companies(first: 1) { totalCount } ${verb} }`;

/** Documents and variables that are small and ask for much. */
export const costs: readonly Hostile[] = [
  document(
    '100 of 100 of 100',
    '{ companies(first: 100) { nodes { models(first: 100) { nodes { priceQuotes(first: 100) { nodes { key } } } } } } }',
    cost,
  ),
  document(
    'pages asked for by a variable',
    'query ($n: Int) { companies(first: $n) { nodes { models(first: $n) { nodes { priceQuotes(first: $n) { nodes { key } } } } } } }',
    cost,
    { n: 90 },
  ),
  document(
    'pages asked for by a default',
    'query ($n: Int = 90) { companies(first: $n) { nodes { models(first: $n) { nodes { priceQuotes(first: $n) { nodes { key } } } } } } }',
    cost,
  ),
  document(
    'one fragment with many pages, in many places',
    `{ ${times(8, (i) => `a${i}: companies(first: 100) { nodes { ...f } }`).join(' ')} } fragment f on Company { models(first: 20) { nodes { key } } }`,
    cost,
  ),
  document('101 rows', '{ companies(first: 101) { totalCount } }', limit),
  document('two billion rows', '{ companies(last: 2147483647) { totalCount } }', limit),
  document(
    '101 rows below a row',
    '{ companies { nodes { models(first: 101) { totalCount } } } }',
    limit,
  ),
  document(
    '1,001 groups',
    '{ companyGroups(by: [{ country: { key: true } }], first: 1001) { totalCount } }',
    limit,
  ),
  document('101 ids', 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', limit, {
    ids: times(101, (i) => `Company:${i}`),
  }),
  document('branches for every noun, level upon level', facts(3), limit),
  document(
    'all relations of all relations',
    `{ companies(first: 1) { nodes { citations { page } observations(first: 1) { nodes { citations { page } } } statements(first: 1) { nodes { citations { page } } } ${relations.map((each) => `${each}(first: 1) { nodes { citations { page } statements(first: 1) { nodes { citations { page } } } observations(first: 1) { nodes { citations { page } statements(first: 1) { nodes { citations { page } } } } } } }`).join(' ')} } } }`,
    limit,
  ),
  document(
    'all around a hub, whole',
    '{ graph(seeds: ["Source:cloud100-2024"], depth: 4, limit: 2000) { nodes { node { id } } edges { id } } }',
    cost,
  ),
  document(
    'more hops around a hub than there may be',
    '{ graph(seeds: ["Company:alibaba"], depth: 5) { nodes { id } } }',
    limit,
  ),
  document(
    '2,001 nodes around a hub',
    '{ graph(seeds: ["Company:alibaba"], limit: 2001) { nodes { id } } }',
    limit,
  ),
  document('251 hubs', 'query ($s: [ID!]!) { graph(seeds: $s) { nodes { id } } }', limit, {
    s: times(251, (i) => `Company:${i}`),
  }),
  document(
    'paths between hubs, twice',
    '{ a: paths(from: "Company:alibaba", to: "Company:openai", maxHops: 8) { paths { length } } b: paths(from: "Company:openai", to: "Company:alibaba", maxHops: 8) { paths { length } } }',
    cost,
  ),
  document(
    'paths of 40 hops',
    '{ paths(from: "Company:alibaba", to: "Company:openai", maxHops: 40) { paths { length } } }',
    limit,
  ),
  document(
    '9 hops',
    '{ paths(from: "Company:alibaba", to: "Company:openai", maxHops: 9) { paths { length } } }',
    limit,
  ),
  document('groups by the same list, eight times over', groups, limit, {
    by: crossed(times(8, () => 'models')),
  }),
  document('groups by four lists at once', groups, cost, {
    by: crossed(['models', 'sectors', 'trends', 'people']),
  }),
  document(
    'groups by lists of lists of lists',
    `{ companyGroups(by: [${nested(4, '{ models: { developer: ', '{ models: { key: true } }', '} }')}]) { totalCount } }`,
    cost,
  ),
  document(
    'an order bomb in a variable',
    'query ($o: [CompanyOrder!]) { companies(orderBy: $o) { nodes { key } } }',
    limit,
    { o: measures(250) },
  ),
  document(
    'an order bomb in many places',
    `query ($o: [CompanyOrder!]) { ${times(8, (i) => `a${i}: companies(orderBy: $o, first: 1) { nodes { key } }`).join(' ')} }`,
    limit,
    { o: measures(8) },
  ),
  document(
    'an order bomb of groups',
    'query ($o: [GroupOrder!]) { companyGroups(by: [{ kind: true }], orderBy: $o) { totalCount } }',
    limit,
    { o: times(9, () => ({ measure: { of: 'FUNDING_TOTAL', fn: 'MEDIAN', direction: 'ASC' } })) },
  ),
  document(
    '101 peers of one company',
    '{ company(key: "openai") { peers(first: 101) { totalCount } } }',
    limit,
  ),
  document('101 hits beside a list', beside('search(text: "a", first: 101) { totalCount }'), limit),
  document(
    '5 hops beside a list',
    beside('graph(seeds: ["Company:alibaba"], depth: 5) { nodes { id } }'),
    limit,
  ),
  document(
    '9 hops beside a list',
    beside('paths(from: "Company:alibaba", to: "Company:openai", maxHops: 9) { paths { length } }'),
    limit,
  ),
  document(
    'the neighbours of 21 things beside a list',
    beside('neighbours(of: $of) { totalCount }').replace('{', 'query ($of: [ID!]!) {'),
    limit,
    {
      of: times(21, (i) => `Company:${i}`),
    },
  ),
  document('an OR bomb in a variable', companies, limit, { where: { or: orBomb } }),
  document(
    'an OR bomb below rows',
    'query ($where: CompanyModelsFilter) { companies(first: 50) { nodes { models(where: $where) { totalCount } } } }',
    cost,
    { where: { or: times(240, (i) => ({ name: { contains: `x${i}` } })) } },
  ),
  document('a filter twice as wide at every level', companies, limit, {
    where: doublingFilter(11),
  }),
  document('neighbours of neighbours of neighbours', companies, cost, {
    where: times(7, () => 0).reduce<unknown>(
      (inner) => ({ models: { some: { developer: inner } } }),
      { key: { eq: 'a' } },
    ),
  }),
  document('2,000 objects in a variable', companies, limit, {
    where: { or: times(2_000, () => ({})) },
  }),
  document('40 lists of 240 objects', companies, limit, {
    where: { and: times(40, () => ({ or: times(40, (i) => ({ name: { contains: `${i}` } })) })) },
  }),
  {
    name: '20,000 levels in a variable',
    status: 400,
    code: limit,
    send: (url, comment = '') =>
      post(
        url,
        `{"query":${JSON.stringify(comment + companies)},"variables":{"where":${nested(20_000, '[', '', ']')}}}`,
      ),
  },
  document('33 levels in a variable', companies, limit, {
    where: JSON.parse(nested(33, '{"not":', '{}', '}')) as unknown,
  }),
  document('20,000 values in variables', '{ __typename }', limit, {
    a: times(100, () => times(200, () => 0)),
  }),
  document(
    '10,500 variables',
    '{ __typename }',
    limit,
    Object.fromEntries(times(10_500, (i) => [`${i}`, 0])),
  ),
  document('11 KB in a variable', 'query ($k: ID!) { company(key: $k) { key } }', limit, {
    k: 'x'.repeat(11_000),
  }),
  document('251 items in a variable', companies, limit, {
    where: { key: { in: times(251, (i) => `${i}`) } },
  }),
  document(
    'a list for a number',
    'query ($n: Int) { companies(first: $n) { totalCount } }',
    input,
    { n: times(200, () => 1) },
  ),
  document(
    'fewer rows than none',
    '{ companies(first: -1) { totalCount } }',
    input,
    undefined,
    200,
  ),
  document(
    'both ends at once',
    '{ companies(first: 1, last: 1) { totalCount } }',
    input,
    undefined,
    200,
  ),
  document(
    'a forged cursor',
    '{ companies(after: "bm90IGEgY3Vyc29y") { totalCount } }',
    input,
    undefined,
    200,
  ),
  document(
    'a cursor with code in it',
    `{ companies(after: "${Buffer.from('["x","MATCH (n) DETACH DELETE n"]').toString('base64')}") { totalCount } }`,
    input,
    undefined,
    200,
  ),
  document(
    'a cursor of 10 KB',
    `{ companies(after: "${'A'.repeat(10_000)}") { totalCount } }`,
    input,
    undefined,
    200,
  ),
  document(
    'a forged id',
    '{ node(id: "Company`) DETACH DELETE n //") { id } }',
    input,
    undefined,
    200,
  ),
];
