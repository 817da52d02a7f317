import { web } from '../support/web';

/** What somebody who reads the log is told of what callers asked. */
const query = 'query Logged($key: ID!) { company(key: $key) { key name } }';

test('the line of an answer from the cache tells what the line of the first answer told, and no statement', async () => {
  const server = await web();
  await server.graph.ping();
  const asked = { query, variables: { key: 'openai' } };
  const first = await server.post(asked);
  const fresh = await server.lineOf(first);
  expect(fresh).toMatchObject({ operation: 'Logged', statements: 1, status: 200 });
  const { operation, cost, revision } = fresh;
  expect([cost, revision]).toEqual([expect.any(Number), expect.any(String)]);
  const etag = first.headers.get('etag') as string;
  for (const headers of [{}, { 'if-none-match': etag }]) {
    const reply = await server.post(asked, headers as Record<string, string>);
    expect(reply.headers.get('x-yuntu-cache')).toBe('hit');
    expect(await server.lineOf(reply)).toMatchObject({
      operation,
      cost,
      revision,
      statements: 0,
      status: 'if-none-match' in headers ? 304 : 200,
    });
  }
  await server.close();
});

test('where only the caller has the answer, the line tells the name that he gives it', async () => {
  const server = await web({ cacheSize: 1 });
  await server.graph.ping();
  const parts = Array.from(
    { length: 8 },
    (_, at) =>
      `a${at}: observations(first: 100) { nodes { id key label reason citations { quote page source { title url } } } }`,
  );
  const asked = { query: `query Large { ${parts.join(' ')} }`, operationName: 'Large' };
  const first = await server.post(asked);
  const etag = first.headers.get('etag') as string;
  const again = await server.post(asked, { 'if-none-match': etag });
  expect(again.status).toBe(304);
  const { revision } = await server.lineOf(first);
  expect(await server.lineOf(again)).toMatchObject({
    operation: 'Large',
    revision,
    statements: 0,
  });
  await server.close();
});

test('the line of a request that was refused, or answered in part, names the codes that the caller was told', async () => {
  const server = await web();
  const codes = async (text: string) =>
    (await server.lineOf(await server.post({ query: text }))).codes;
  expect(await codes('{ companys modelz }')).toEqual(['GRAPHQL_VALIDATION_FAILED']);
  expect(await codes('{ companies(first: -1) { totalCount } models { totalCount } }')).toEqual([
    'BAD_USER_INPUT',
  ]);
  expect(await codes('{ models { totalCount } }')).toBeUndefined();
  await server.close();
});
