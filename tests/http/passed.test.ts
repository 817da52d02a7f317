import { ApolloServer } from '@apollo/server';
import { web, type Reply, type Web } from '../support/web';

let server: Web;

/** One that knows the graph's revision from the beginning, so that all its answers tell it. */
async function opened(): Promise<Web> {
  const one = await web({ cacheSize: 0, maxCost: 300 });
  await one.graph.ping();
  return one;
}

beforeAll(async () => {
  server = await opened();
});
afterAll(() => server.close());

/** Asks, and says whether Apollo Server had to do with it. */
async function ask(payload: object, headers: Record<string, string> = {}) {
  const apollo = jest.spyOn(ApolloServer.prototype, 'executeHTTPGraphQLRequest');
  const reply = await server.post(payload, headers);
  const asked = apollo.mock.calls.length > 0;
  apollo.mockRestore();
  return { reply, asked };
}

/** All that a caller sees but what is of one request only. */
function seen({ status, headers, text }: Reply) {
  const lasting = [...headers].filter(([name]) => !['x-request-id', 'date'].includes(name));
  return { status, headers: lasting, text };
}

const named = `query One($key: ID!) { company(key: $key) { name models { totalCount } } }
  query Two($first: Int!) { companies(first: $first) { nodes { key } } }`;

test.each([
  ['nothing but the query', { query: '{ __typename }' }, {}],
  [
    'a fragment',
    { query: '{ company(key: "alibaba") { ...F } } fragment F on Company { key }' },
    {},
  ],
  ['variables', { query: named, operationName: 'One', variables: { key: 'alibaba' } }, {}],
  ['remarks', { query: '{ companies(where: { key: { eq: "alibabaa" } }) { nodes { key } } }' }, {}],
  ['a verb', { query: '{ suggest(text: "ali", first: 2) { text } }' }, {}],
  ['the schema', { query: '{ __schema { queryType { name } } }' }, {}],
  ['any media type', { query: '{ any: __typename }' }, { accept: '*/*' }],
  ['plain JSON', { query: '{ __typename }' }, { accept: 'application/json' }],
  ['the newer', { query: '{ __typename }' }, { accept: 'application/graphql-response+json' }],
])(
  'a query asked again gets the very same answer without Apollo Server: %s',
  async (_, payload, headers) => {
    const first = await ask(payload, headers);
    expect(first.reply.body.errors).toBeUndefined();
    const second = await ask(payload, headers);
    expect([first.asked, second.asked]).toEqual([true, false]);
    expect(seen(second.reply)).toEqual(seen(first.reply));
  },
);

test.each([
  ['a variable of another kind', 'One', { key: ['a'] }],
  ['a variable that is missing', 'One', {}],
  ['an unknown variable', 'One', { key: 'alibaba', other: 1 }],
  ['a page that is too long', 'Two', { first: 100_000 }],
  ['a page below nothing', 'Two', { first: -1 }],
  ['a cost that is too high', 'Two', { first: 400 }],
  ['an operation that is not there', 'Three', { key: 'alibaba' }],
  ['no choice of operation', undefined, { key: 'alibaba' }],
  ['variables that are none', 'One', [1]],
])(
  'what is wrong with it is told as if it were asked for the first time: %s',
  async (_, operationName, variables) => {
    const fresh = await opened();
    const unknown = await fresh.post({ query: named, operationName, variables });
    await fresh.close();
    for (const good of [
      { query: named, operationName: 'One', variables: { key: 'alibaba' } },
      { query: named, operationName: 'Two', variables: { first: 3 } },
    ])
      await server.post(good);
    const again = await server.post({ query: named, operationName, variables });
    expect(seen(again)).toEqual(seen(unknown));
  },
);

test('what was answered once is weighed each time', async () => {
  const query = 'query ($first: Int!) { companies(first: $first) { nodes { key } } }';
  const costs = [];
  for (const first of [1, 5, 1, 40])
    costs.push((await server.post({ query, variables: { first } })).body.extensions);
  expect(costs.map((each) => (each as { cost?: number } | undefined)?.cost)).toEqual([2, 6, 2, 41]);
});

test.each(['first', 'constructor'])(
  'a variable that is left out costs its default, whatever was asked before: $%s',
  async (name) => {
    const costOf = async (query: string, variables?: object) =>
      ((await server.post({ query, variables })).body.extensions as { cost?: number }).cost;
    const written = (first: string) => costOf(`{ companies(first: ${first}) { nodes { key } } }`);
    const query = `query ($${name}: Int = 90) { companies(first: $${name}) { nodes { key } } }`;
    for (const [variables, same] of [
      [{ [name]: null }, 'null'],
      [{}, '90'],
      [{ [name]: 5 }, '5'],
      [{ [name]: null }, 'null'],
    ] as const)
      expect(await costOf(query, variables)).toBe(await written(same));
  },
);
