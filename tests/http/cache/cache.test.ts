import { web, type Reply, type Web } from '../../support/web';

const query = 'query ($key: ID!) { company(key: $key) { key name sectors { nodes { key } } } }';
const variables = { key: 'zhipu-ai' };
let server: Web;

beforeAll(async () => {
  server = await web();
  await server.graph.ping();
});
afterAll(() => server.close());

const statusOf = ({ headers, body }: Reply): string => {
  // The header and the body always say the same.
  expect(body.extensions?.cache?.status).toBe(headers.get('x-yuntu-cache'));
  expect(body.extensions?.cache?.revision).toBe(headers.get('x-yuntu-revision'));
  return body.extensions?.cache?.status ?? 'none';
};

/** How a new request stands the first and the second time. */
async function twice(ask: () => ReturnType<Web['post']>): Promise<[string, string]> {
  return [statusOf(await ask()), statusOf(await ask())];
}

test('the second time an answer comes from the cache: the same but for its standing, and without a statement', async () => {
  const first = await server.post({ query, variables });
  const before = server.graph.statements;
  const second = await server.post({ query, variables });
  expect(server.graph.statements).toBe(before);
  expect([statusOf(first), statusOf(second)]).toEqual(['miss', 'hit']);
  expect(second.text).toBe(first.text.replace('"status":"miss"', '"status":"hit"'));
  expect(second.body.extensions?.cache?.revision).toMatch(/^[\w-]{16}$/);
  for (const name of ['etag', 'cache-control', 'vary', 'content-type', 'x-yuntu-revision'])
    expect(second.headers.get(name)).toBe(first.headers.get(name));
  expect(first.headers.get('age')).toBeNull();
  expect(Number(second.headers.get('age'))).toBeGreaterThanOrEqual(0);
  expect(second.headers.get('cache-control')).toBe('no-cache');
});

test('what makes another answer is another key; what does not is not', async () => {
  const base =
    'query Q($a: Int, $b: Int) { companies(first: $a) { nodes { key } } models(first: $b) { nodes { key } } }';
  const ask =
    (payload: object, headers = {}) =>
    () =>
      server.post({ query: base, ...payload }, headers);
  expect(await twice(ask({ variables: { a: 1, b: 2 } }))).toEqual(['miss', 'hit']);
  expect(await twice(ask({ variables: { b: 2, a: 1 } }))).toEqual(['hit', 'hit']);
  expect(await twice(ask({ variables: { a: 2, b: 1 } }))).toEqual(['miss', 'hit']);
  expect(await twice(ask({ variables: { a: null, b: 1 } }))).toEqual(['miss', 'hit']);
  expect(await twice(ask({ variables: { b: 1 } }))).toEqual(['miss', 'hit']);
  expect(await twice(ask({ variables: { a: 1, b: 2 }, operationName: 'Q' }))).toEqual([
    'miss',
    'hit',
  ]);
  const two =
    'query A { companies(first: 1) { nodes { key } } } query B { models(first: 1) { nodes { key } } }';
  const [a, b] = [
    await ask({ query: two, operationName: 'A' })(),
    await ask({ query: two, operationName: 'B' })(),
  ];
  expect(Object.keys(a.body.data ?? {})).toEqual(['companies']);
  expect(Object.keys(b.body.data ?? {})).toEqual(['models']);
});

test('media types do not mix', async () => {
  const types = ['application/json', 'application/graphql-response+json'];
  for (const accept of [...types, ...types]) {
    const { headers } = await server.post({ query, variables: { key: 'openai' } }, { accept });
    expect(headers.get('content-type')).toBe(`${accept}; charset=utf-8`);
    expect(headers.get('vary')).toMatch(/accept/i);
  }
  const { headers } = await server.post(
    { query, variables: { key: 'openai' } },
    { accept: types[1] as string },
  );
  expect(headers.get('x-yuntu-cache')).toBe('hit');
});

test('GET is answered from the cache as POST is, and a page of another site is not', async () => {
  const ask = (headers = {}) => server.get({ query, variables: { key: 'baidu' } }, headers);
  expect(await twice(ask)).toEqual(['miss', 'hit']);
  expect((await ask()).body.data).toEqual(
    (await server.post({ query, variables: { key: 'baidu' } })).body.data,
  );
  expect((await ask({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
});

test('who has the answer is told that it is still right, by its name alone, until the graph changes', async () => {
  const ask = (etag?: string) =>
    server.get({ query, variables: { key: 'minimax' } }, etag ? { 'if-none-match': etag } : {});
  const etag = (await ask()).headers.get('etag') as string;
  expect(etag).toMatch(/^W\/"[\w-]{22}"$/);
  for (const condition of [etag, etag.slice(2), `"other", ${etag}`]) {
    const same = await ask(condition);
    expect([same.status, same.text, same.headers.get('etag')]).toEqual([304, '', etag]);
    expect(same.headers.get('x-yuntu-cache')).toBe('hit');
  }
  expect((await ask('"other"')).status).toBe(200);
  const posted = (headers = {}) => server.post({ query, variables: { key: 'minimax' } }, headers);
  const other = (await posted()).headers.get('etag') as string;
  expect((await posted({ 'if-none-match': other })).status).toBe(304);
  await server.graph.write((run) => run('CREATE (n:CacheTest) DELETE n'));
  await server.graph.write((run) => run('MERGE (n:CacheTest) SET n.v = 1'));
  const changed = await ask(etag);
  expect(changed.status).toBe(200);
  expect(changed.headers.get('etag')).not.toBe(etag);
  await server.graph.write((run) => run('MATCH (n:CacheTest) DELETE n'));
});

test('a name is enough even where the answer was too large to be kept', async () => {
  const small = await web({ cacheSize: 1 });
  await small.graph.ping();
  const large = `{ ${Array.from({ length: 8 }, (_, i) => `a${i}: observations(first: 100) { nodes { id key label reason citations { quote page source { title url } } } }`).join(' ')} }`;
  const first = await small.post({ query: large });
  expect(first.body.errors).toBeUndefined();
  expect(first.text.length).toBeGreaterThan(1024 * 128);
  expect((await small.post({ query: large })).headers.get('x-yuntu-cache')).toBe('miss');
  const etag = first.headers.get('etag') as string;
  expect((await small.post({ query: large }, { 'if-none-match': etag })).status).toBe(304);
  await small.close();
});

test('a request of a wrong form is refused, whether or not its document has an answer in the cache', async () => {
  await server.post({ query, variables });
  expect(statusOf(await server.post({ query, variables }))).toBe('hit');
  for (const extensions of ['text', 0, false, ['list']])
    expect(await server.post({ query, variables, extensions })).toMatchObject({ status: 400 });
  for (const wrong of [{ variables: 'text' }, { variables: [0] }, { operationName: 7 }])
    expect(await server.post({ query, variables, ...wrong })).toMatchObject({ status: 400 });
  expect(statusOf(await server.post({ query, variables, extensions: {} }))).toBe('hit');
});

test('neither faults nor parts of answers are kept; notes are', async () => {
  const partly = '{ a: company(key: "baidu") { key } b: companies(first: 1000) { totalCount } }';
  for (const wrong of ['{ companys { key } }', '{', partly]) {
    const replies = [await server.post({ query: wrong }), await server.post({ query: wrong })];
    for (const { headers, body } of replies) {
      expect(body.errors?.length).toBeGreaterThan(0);
      expect(headers.get('x-yuntu-cache')).toBe('miss');
      expect(headers.get('etag')).toBeNull();
      expect(headers.get('cache-control')).toBe('no-store');
    }
  }
  const noted = '{ companies(where: { country: { key: { eq: "cnn" } } }) { totalCount } }';
  await server.post({ query: noted });
  const { body } = await server.post({ query: noted });
  expect(body.extensions?.cache?.status).toBe('hit');
  expect(body.extensions?.notes).toHaveLength(1);
});

test('an answer with the mark of a fresh one in its text is given back as it is', async () => {
  const asked = {
    query:
      'query ($key: ID!) { companies(where: { country: { key: { eq: $key } } }) { totalCount } }',
    variables: { key: '"cache":{"status":"miss"' },
  };
  const { body: first } = await server.post(asked);
  const { body } = await server.post(asked);
  expect(body.extensions?.cache?.status).toBe('hit');
  expect(JSON.stringify(body.extensions?.notes)).toContain('status');
  expect(body.extensions?.notes).toEqual(first.extensions?.notes);
});

test('a caller can have the database asked first, or nothing kept', async () => {
  const asked = { query, variables: { key: 'anthropic' } };
  const statusWith = async (wish: string, payload = asked) =>
    statusOf(await server.post(payload, { 'cache-control': wish }));
  await server.post(asked);
  const before = server.graph.statements;
  expect(await statusWith('no-cache')).toBe('hit');
  expect(server.graph.statements).toBe(before + 1);
  expect(await statusWith('no-store')).toBe('off');
  expect(statusOf(await server.post(asked))).toBe('hit');
  const fresh = { query, variables: { key: 'deepseek' } };
  for (const wish of ['no-store', 'max-age=0, No-Store'])
    expect(await statusWith(wish, fresh)).toBe('off');
  expect(statusOf(await server.post(fresh))).toBe('miss');
});

test('without a cache everything is worked out, and the revision is told all the same', async () => {
  const off = await web({ cacheSize: 0 });
  await off.graph.ping();
  for (let time = 0; time < 2; time++) {
    const { body, headers } = await off.post({ query, variables });
    expect(body.extensions?.cache).toEqual({
      status: 'off',
      revision: expect.stringMatching(/^[\w-]{16}$/),
    });
    expect(headers.get('x-yuntu-cache')).toBe('off');
    expect(headers.get('etag')).toBeNull();
    // Nobody could ask whether it still is right.
    expect(headers.get('cache-control')).toBe('no-store');
  }
  await off.close();
});

test('verbs are answered from the cache too', async () => {
  const asked = {
    query: '{ search(text: "智谱") { nodes { __typename ... on Entity { key } } } }',
  };
  expect(await twice(() => server.post(asked))).toEqual(['miss', 'hit']);
});

test('a number that is too great is no null', async () => {
  const paged = 'query ($first: Int) { companies(first: $first) { nodes { key } } }';
  const ask = (variables: string) => server.get({ query: paged, variables });
  expect((await ask('{"first":null}')).status).toBe(200);
  const { status, body } = await ask('{"first":1e400}');
  expect([status, body.errors?.[0]?.extensions.code]).toEqual([400, 'BAD_USER_INPUT']);
});
