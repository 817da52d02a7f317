import { web, type Web } from '../support/web';

/** What somebody who runs the server reads at /metrics after callers have done this and that. */
let server: Web;
beforeAll(async () => {
  server = await web({ maxAnswer: 20_000 });
  await server.graph.ping();
});
afterAll(() => server.close());

/** By how much each measure has risen through what is done. */
async function rise(work: () => Promise<unknown>): Promise<(name: string) => number> {
  const before = await server.measures();
  await work();
  const after = await server.measures();
  return (name) => (after.get(name) ?? NaN) - (before.get(name) ?? 0);
}

const cache = (status: string) => `yuntu_cache_requests_total{status="${status}"}`;
const error = (code: string) => `yuntu_errors_total{code="${code}"}`;

test('answers from the cache are told apart from those that were worked out, which alone send statements and have a cost', async () => {
  const query = 'query Measured { companies(first: 2) { nodes { key } } }';
  const sent = server.graph.statements;
  const risen = await rise(async () => {
    for (const wish of ['max-age=0', 'max-age=0', 'max-age=0', 'no-store'])
      await server.post({ query }, { 'cache-control': wish });
  });
  expect([cache('miss'), cache('hit'), cache('off')].map(risen)).toEqual([1, 2, 1]);
  expect(risen('yuntu_operation_cost_count')).toBe(2);
  expect(risen('yuntu_statements_total')).toBe(server.graph.statements - sent);
  expect((await server.measures()).get('yuntu_cache_bytes')).toBeGreaterThan(query.length);
});

const lists = '{ a: companies(first: 1) { totalCount } b: models(first: 1) { totalCount } }';
const change =
  'mutation { retract(operationId: "a", input: { id: "Company:a", reason: "b" }) { __typename } }';
const large = '{ observations(first: 100) { nodes { id key label citations { quote } } } }';

test.each<[what: string, status: number, code: string, payload: object, accept?: string]>([
  ['a field that is none', 400, 'GRAPHQL_VALIDATION_FAILED', { query: '{ companys }' }],
  ['too many rows', 400, 'LIMIT_EXCEEDED', { query: '{ companies(first: 101) { totalCount } }' }],
  ['a body that asks nothing', 400, 'BAD_USER_INPUT', []],
  ['a part of an answer', 200, 'BAD_USER_INPUT', { query: lists.replace('1', '-1') }],
  ['an answer that is too large', 400, 'LIMIT_EXCEEDED', { query: large }],
  ['two lists as CSV', 406, 'BAD_USER_INPUT', { query: lists }, 'text/csv'],
  ['a change by nobody', 403, 'FORBIDDEN', { query: change }],
])('%s, which is a %i, counts as one %s', async (_what, status, code, payload, accept = '*/*') => {
  let found = 0;
  const risen = await rise(async () => {
    ({ status: found } = await server.post(payload, { accept }));
  });
  expect(found).toBe(status);
  expect(risen(error(code))).toBe(1);
});

test('what stands in the data of an answer is no error', async () => {
  const before = await server.measures();
  await server.post({ query: '{ company(key: "openai") { code: name extensions: key } }' });
  const errors = [...(await server.measures())].filter(([name]) => name.includes('errors_total'));
  expect(errors.length).toBeGreaterThan(10);
  for (const [name, count] of errors) expect([name, count]).toEqual([name, before.get(name)]);
});

test('calls to the database stand beside the connections that there may be', async () => {
  const pool = async () => {
    const measures = await server.measures();
    return ['yuntu_pool_calls', 'yuntu_pool_size'].map((name) => measures.get(name));
  };
  expect(await pool()).toEqual([0, 50]);
  expect(await server.graph.write(pool)).toEqual([1, 50]);
});
