import { client } from '../support/client';

const { ask, close } = client();
afterAll(close);

/** What is wrong, how it is asked, and what the answer must name. */
const faults: readonly (readonly [
  what: string,
  query: string,
  code: string,
  ...words: string[],
])[] = [
  [
    'a page of -1',
    '{ companies(first: -1) { totalCount } }',
    'BAD_USER_INPUT',
    'companies.first',
    '"-1"',
  ],
  [
    'a page of 1000',
    '{ companies(first: 1000) { nodes { key } } }',
    'LIMIT_EXCEEDED',
    'companies.first',
    '"1000"',
    '100',
  ],
  [
    'first and last',
    '{ companies(first: 1, last: 1) { totalCount } }',
    'BAD_USER_INPUT',
    'first',
    'last',
  ],
  ['a malformed id', '{ node(id: "rubbish") { key } }', 'BAD_USER_INPUT', '"rubbish"'],
  [
    'a malformed id in a list',
    '{ nodes(ids: ["Company:alibaba", "?"]) { key } }',
    'BAD_USER_INPUT',
    '"?"',
  ],
  [
    'a forged cursor',
    '{ companies(after: "abcdef") { nodes { key } } }',
    'BAD_USER_INPUT',
    '"abcdef"',
    'cursor',
  ],
  [
    'an operator of null',
    '{ companies(where: { name: { eq: null } }) { totalCount } }',
    'BAD_USER_INPUT',
    'where.name',
    'isNull',
  ],
  [
    'an operator of null where neighbours are counted',
    '{ companies(where: { models: { count: { where: { name: { eq: null } }, gte: 1 } } }) { totalCount } }',
    'BAD_USER_INPUT',
    'companies.where.models.count.where.name',
  ],
  [
    'an operator of null among conditions of a relationship',
    '{ companies(where: { models: { some: { edge: { or: [{}, { certainty: { eq: null } }] } } } }) { totalCount } }',
    'BAD_USER_INPUT',
    'companies.where.models.some.edge.or.1.certainty',
  ],
  [
    'an order of two fields',
    '{ companies(orderBy: [{ name: ASC, key: ASC }]) { nodes { key } } }',
    'BAD_USER_INPUT',
    'orderBy.0',
    'exactly one',
    '"name"',
    '"key"',
  ],
  [
    'an order of none',
    '{ companies(orderBy: [{}]) { nodes { key } } }',
    'BAD_USER_INPUT',
    'orderBy.0',
    'exactly one',
  ],
  [
    'a period that is none',
    '{ observations(where: { period: { overlaps: "soon" } }) { totalCount } }',
    'BAD_USER_INPUT',
    '"soon"',
    '2024H1',
  ],
  [
    'adding what is of several units',
    '{ observations { number(of: VALUE, fn: SUM) } }',
    'MIXED_UNITS',
    'PERCENT',
    'COUNT',
    'MONEY CNY',
  ],
  ['a group by nothing', '{ listingGroups(by: []) { totalCount } }', 'BAD_USER_INPUT', 'by'],
  [
    'a group by two things at once',
    '{ listingGroups(by: [{ ticker: true, method: true }]) { totalCount } }',
    'BAD_USER_INPUT',
    'by.0',
    'exactly one',
  ],
  [
    'a measure of another noun',
    '{ companyGroups(by: [{ kind: true }], orderBy: [{ measure: { of: RAISED, fn: SUM, direction: DESC } }]) { totalCount } }',
    'BAD_USER_INPUT',
    '"RAISED"',
    'FUNDING_TOTAL',
  ],
  [
    'a page of 500 below',
    '{ companies(first: 1) { nodes { models(first: 500) { totalCount } } } }',
    'LIMIT_EXCEEDED',
    'companies.nodes.models.first',
    '"500"',
  ],
  [
    'an order of two fields below an alias',
    '{ a: companies { b: nodes { c: models(orderBy: [{ name: ASC }, { name: ASC, key: ASC }]) { totalCount } } } }',
    'BAD_USER_INPUT',
    'a.b.c.orderBy.1',
    'exactly one',
  ],
  [
    'an operator of null, deep in a filter',
    '{ companies(where: { or: [{ models: { some: { developers: { none: { name: { in: null } } } } } }] }) { totalCount } }',
    'BAD_USER_INPUT',
    'companies.where.or.0.models.some.developers.none.name',
    'isNull',
  ],
  [
    'a null among the operators of a list',
    '{ companies(where: { aliases: { hasAny: null } }) { totalCount } }',
    'BAD_USER_INPUT',
    'where.aliases',
    'isNull',
  ],
  [
    'a malformed id in a filter',
    '{ companies(where: { id: { in: ["Company:alibaba", "rubbish"] } }) { totalCount } }',
    'BAD_USER_INPUT',
    'companies.where.id',
    '"rubbish"',
  ],
  [
    'more ids than are read at once',
    `{ nodes(ids: [${'"Company:alibaba", '.repeat(101)}]) { key } }`,
    'LIMIT_EXCEEDED',
    'nodes.ids',
    '"101"',
  ],
  [
    'more groups than are given at once',
    '{ companyGroups(by: [{ kind: true }], first: 1001) { totalCount } }',
    'LIMIT_EXCEEDED',
    'companyGroups.first',
    '"1001"',
  ],
  [
    'an order of groups by an item that is not there',
    '{ companyGroups(by: [{ kind: true }], orderBy: [{ key: { index: 3, direction: ASC } }]) { totalCount } }',
    'BAD_USER_INPUT',
    'companyGroups.orderBy.0.key.index',
    '"3"',
  ],
  [
    'a group by five things',
    `{ companyGroups(by: [${'{ kind: true } '.repeat(5)}]) { totalCount } }`,
    'LIMIT_EXCEEDED',
    'companyGroups.by',
    '"5"',
    '4',
  ],
  [
    'an order of nine items',
    `{ companies(orderBy: [${'{ name: ASC } '.repeat(9)}]) { totalCount } }`,
    'LIMIT_EXCEEDED',
    'companies.orderBy',
    '"9"',
    '8',
  ],
  [
    'an order of nine items, of groups',
    `{ companyGroups(by: [{ kind: true }], orderBy: [${'{ count: ASC } '.repeat(9)}]) { totalCount } }`,
    'LIMIT_EXCEEDED',
    'companyGroups.orderBy',
    '"9"',
    '8',
  ],
  [
    'gaps to fill with a cursor',
    '{ listingGroups(by: [{ listedOn: YEAR }], fill: true, after: "x") { totalCount } }',
    'BAD_USER_INPUT',
    'listingGroups',
  ],
  [
    'a page of -1 below',
    '{ company(key: "alibaba") { models(last: -1) { totalCount } } }',
    'BAD_USER_INPUT',
    'company.models.last',
    '"-1"',
  ],
];

test.each(faults)(
  '%s is told: where, what, and what would do',
  async (_, query, code, ...words) => {
    const { errors, statements } = await ask(query);
    expect(errors).toHaveLength(1);
    expect(errors?.[0]?.extensions.code).toBe(code);
    for (const word of words) expect(errors?.[0]?.message).toContain(word);
    if (code !== 'MIXED_UNITS') expect(statements).toBe(0);
  },
);

test('a cursor of another order or list is refused', async () => {
  const { data } = await ask(
    '{ companies(first: 1, orderBy: [{ name: ASC }]) { pageInfo { endCursor } } }',
  );
  const c = data.companies.pageInfo.endCursor as string;
  for (const query of [
    'query ($c: String) { companies(after: $c) { nodes { key } } }',
    'query ($c: String) { models(after: $c, orderBy: [{ name: ASC }]) { nodes { key } } }',
  ]) {
    const { errors } = await ask(query, { c });
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    expect(errors?.[0]?.message).toContain('another list or order');
  }
});

test('where a bad field makes all of the answer null, its siblings are not asked for either', async () => {
  const query =
    'query ($n: Int) { a: companies { totalCount } b: companies(first: $n) { totalCount } }';
  expect((await ask(query, { n: 1 })).statements).toBe(2);
  const { data, errors, statements } = await ask(query, { n: -1 });
  expect({ data, paths: errors?.map(({ path }) => path), statements }).toEqual({
    data: null,
    paths: [['b']],
    statements: 0,
  });
});

test('a wrong key is null and no error', async () => {
  const { data, errors } = await ask(
    '{ company(key: "nobody") { name } node(id: "Company:nobody") { key } }',
  );
  expect(errors).toBeUndefined();
  expect(data).toEqual({ company: null, node: null });
});

test('a fault of one field leaves its nullable siblings', async () => {
  const { data, errors } = await ask(
    '{ company(key: "alibaba") { name models(first: 1) { nodes { key } } } observations(first: 1) { number(of: VALUE, fn: AVG) totalCount } }',
  );
  expect(data.company.name).toBe('Alibaba');
  expect(data.observations.number).toBeNull();
  expect(data.observations.totalCount).toBeGreaterThan(100);
  expect(errors?.[0]?.path).toEqual(['observations', 'number']);
});

test('whatever a value says, it is only a value', async () => {
  const nasty = [
    "'",
    '"',
    '`',
    '\\',
    '\\u0060',
    '`) DETACH DELETE n //',
    "' OR 1=1 //",
    '$p.p0',
    '*',
    '~',
    '.*',
    '(',
    '[[',
    '\n',
    '\u0000',
    '月',
    '${x}',
    '{{x}}',
    '__proto__',
  ];
  for (const value of nasty) {
    const { errors, data } = await ask(
      'query ($v: String, $k: ID!, $l: [String!]) { companies(where: { or: [{ name: { contains: $v } }, { key: { eq: $k } }, { aliases: { hasAny: $l } }, { city: { endsWith: $v } }] }) { totalCount } company(key: $k) { key } }',
      { v: value, k: value, l: [value] },
    );
    expect(errors).toBeUndefined();
    expect(data.company).toBeNull();
  }
  expect((await ask('{ companies { totalCount } }')).data.companies.totalCount).toBe(42);
});

test.each<[place: string, query: string]>([
  ['an argument', 'query ($v: ID = "alibaba") { company(key: $v) { key } }'],
  [
    'a list',
    'query ($v: ID = "alibaba") { companies(where: { key: { in: [$v] } }) { totalCount } }',
  ],
  [
    'an argument far below',
    'query ($v: AggregateFunction = SUM) { companies { nodes { fundingRounds { number(of: RAISED, fn: $v) } } } }',
  ],
  [
    'a directive far below',
    'query ($v: Boolean = true) { companies(first: 1) { nodes { key name @include(if: $v) } } }',
  ],
  [
    'a directive at the root',
    'query ($v: Boolean = true) { company(key: "alibaba") @skip(if: $v) { key } }',
  ],
  ['an argument of a verb', 'query ($v: String = "a") { search(text: $v) { totalCount } }'],
])(
  'null for a variable with a default is the fault of who asks, where null may not stand: in %s',
  async (_, query) => {
    expect((await ask(query)).errors).toBeUndefined();
    for (const way of ['planned', 'tree'] as const)
      expect((await ask(query, { v: null }, way)).errors).toMatchObject([
        { message: expect.any(String), extensions: { code: 'BAD_USER_INPUT' } },
      ]);
  },
);
