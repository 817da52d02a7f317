import { parse } from 'graphql';
import type { Graph } from '../../src/graph/graph';
import { Engine } from '../../src/query/engine';
import { newRequest } from '../../src/query/request';
import { execute } from '../../src/query/execute';
import { stringify } from '../../src/query/json';
import { client, type Answer } from '../support/client';

const { graph, parts, close } = client();
afterAll(close);

/** Texts of the statements that were sent. */
const texts: string[] = [];
const listening = Object.assign(Object.create(graph) as Graph, {
  read: (...args: Parameters<Graph['read']>) => {
    texts.push(args[0]);
    return graph.read(...args);
  },
});
const engine = new Engine(listening, parts);
beforeEach(() => (texts.length = 0));

/** Asks one document many times, as a server does that keeps documents. */
function asker(query: string) {
  const document = parse(query);
  return async (variables: Record<string, unknown>): Promise<Answer> => {
    const context = { engine, request: newRequest() };
    const result = await execute(engine, parts.schema, document, undefined, variables, context);
    return JSON.parse(stringify(result)) as Answer;
  };
}

test.each(['{ name: ASC }', '{ foundedOn: DESC }', '{ models: { count: DESC } }'])(
  'all pages in the order of %s are read by few statements: a cursor shapes one by what is unknown in it alone',
  async (order) => {
    const ask = asker(
      `query ($after: String) { companies(first: 2, after: $after, orderBy: [${order}]) { totalCount nodes { key } pageInfo { endCursor hasNextPage } } }`,
    );
    const keys: string[] = [];
    let after: string | null = null;
    do {
      const { data, errors } = await ask({ after });
      expect(errors).toBeUndefined();
      const { nodes, pageInfo } = data.companies;
      keys.push(...(nodes as { key: string }[]).map(({ key }) => key));
      after = pageInfo.hasNextPage ? (pageInfo.endCursor as string) : null;
    } while (after !== null);
    expect(new Set(keys).size).toBe(42);
    expect(texts).toHaveLength(21);
    // The first page, those after something known, those after something unknown.
    expect(new Set(texts).size).toBeLessThanOrEqual(3);
  },
);

test('whatever the texts and numbers of its variables, a document has one statement', async () => {
  const ask = asker(
    'query ($where: CompanyFilter, $n: Int) { companies(where: $where, first: $n) { nodes { key } } }',
  );
  for (const [text, n] of [
    ['a', 1],
    ['moon', 20],
    ['`', 0],
  ] as const)
    await ask({ where: { name: { contains: text } }, n });
  expect(new Set(texts).size).toBe(1);
  // What stands in the filter shapes it, as does a direction.
  await ask({ where: { name: { startsWith: 'a' } }, n: 1 });
  expect(new Set(texts).size).toBe(2);
});

test('one variable may be a cursor in one place and a word in another', async () => {
  const ask = asker(
    'query ($c: String) { companies(first: 1, after: $c, where: { not: { name: { contains: $c } } }) { nodes { key } pageInfo { endCursor } } }',
  );
  const first = (await asker('{ companies(first: 3) { edges { cursor node { key } } } }')({})).data
    .companies.edges as { cursor: string; node: { key: string } }[];
  for (const [index, { cursor }] of first.slice(0, 2).entries())
    expect((await ask({ c: cursor })).data.companies.nodes).toEqual([first[index + 1]?.node]);
});

test('a cursor that a plan is already there for is checked like the first', async () => {
  const ask = asker(
    'query ($c: String) { companies(first: 1, after: $c, orderBy: [{ name: ASC }]) { nodes { key } pageInfo { endCursor } } }',
  );
  const { data } = await ask({ c: null });
  const c = data.companies.pageInfo.endCursor as string;
  expect((await ask({ c })).errors).toBeUndefined();
  texts.length = 0;
  // The same values, signed for another list.
  const text = Buffer.from(c, 'base64url').toString();
  const { errors } = await ask({ c: Buffer.from(`x${text.slice(1)}`).toString('base64url') });
  expect(errors).toMatchObject([
    {
      message: expect.stringContaining('companies.after: '),
      extensions: { code: 'BAD_USER_INPUT' },
    },
  ]);
  expect(texts).toHaveLength(0);
});

test.each(['', '?', 'x'.repeat(100)])(
  'a cursor that is none (%j) is refused for the counts alone too, whoever asked before',
  async (c) => {
    const ask = asker('query ($c: String) { companies(after: $c) { totalCount } }');
    const { data } = await asker('{ companies(first: 1) { pageInfo { endCursor } } }')({});
    expect((await ask({ c: data.companies.pageInfo.endCursor })).errors).toBeUndefined();
    const before = texts.length;
    for (const bad of [c, c, "'"]) {
      const { errors } = await ask({ c: bad });
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    }
    expect(texts).toHaveLength(before);
  },
);

test('what is read alike of every noun stands in the statement once', async () => {
  const ask = asker(
    '{ node(id: "Place:cn") { __typename key observations(first: 2) { totalCount nodes { key } } } }',
  );
  const { data } = await ask({});
  expect(data.node).toMatchObject({ __typename: 'Place', key: 'cn' });
  expect(data.node.observations.nodes).toHaveLength(2);
  const [text = ''] = texts;
  // Once for the page, once for the count.
  expect(text.split('OF_INDICATOR').length - 1).toBeLessThanOrEqual(2);
  // What differs is read of each as it is.
  await asker(
    '{ node(id: "Company:alibaba") { ... on Company { models { totalCount } } ... on Place { companies { totalCount } } } }',
  )({});
  expect(texts[1]).toContain('DEVELOPS');
  expect(texts[1]).toContain('BASED_IN');
});

test('what is read of each noun with arguments of its own is not read alike', async () => {
  const counts = 'nodes { key }';
  const examples = (company: string, others: string) => `examples(first: 50) { nodes {
    __typename
    ... on Company { key observations(${company}) { ${counts} } }
    ... on Product { key observations(${others}) { ${counts} } }
    ... on Model { key observations(${others}) { ${counts} } } } }`;
  const whole = await asker(
    `{ company(key: "alibaba") { observations(first: 50) { ${counts} } } }`,
  )({});
  const all = whole.data.company.observations.nodes;
  expect(all.length).toBeGreaterThan(1);
  const ofAlibaba = async (query: string, variables: Record<string, unknown> = {}) => {
    const { data } = await asker(query)(variables);
    const nodes = data.trend.examples.nodes as Answer['data'][];
    expect(nodes.some(({ __typename: type }) => type === 'Product')).toBe(true);
    return nodes.find(({ key }) => key === 'alibaba')?.observations.nodes as unknown;
  };
  expect(
    await ofAlibaba(`{ trend(key: "going-global") { ${examples('first: 1', 'first: 0')} } }`),
  ).toEqual(all.slice(0, 1));
  expect(
    await ofAlibaba(
      `query ($some: Int, $none: Int) { trend(key: "going-global") { ${examples('first: $some', 'first: $none')} } }`,
      { some: 2, none: 0 },
    ),
  ).toEqual(all.slice(0, 2));
  const named = (key: string) => `where: { key: { eq: "${key}" } }`;
  expect(
    await ofAlibaba(
      `{ trend(key: "going-global") { ${examples(named(all[1].key as string), named('nothing'))} } }`,
    ),
  ).toEqual([all[1]]);
});
