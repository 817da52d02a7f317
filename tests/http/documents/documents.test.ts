import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PersistedQueries } from '../../../src/http/documents/persisted';
import { web, type Reply, type Web } from '../../support/web';

const text = 'query Developer($key: ID!) { company(key: $key) { key name } }';
const variables = { key: 'zhipu-ai' };
const sha256 = (of: string) => createHash('sha256').update(of).digest('hex');
const persistedQuery = (of: string) => ({ persistedQuery: { version: 1, sha256Hash: sha256(of) } });
const codeOf = ({ body }: Reply) => body.errors?.[0]?.extensions.code;

describe('automatic persisted queries', () => {
  let server: Web;
  beforeAll(async () => {
    server = await web();
    await server.graph.ping();
  });
  afterAll(() => server.close());

  test('a hash is not known until it was sent with its text; then it will do, by POST and GET', async () => {
    const extensions = persistedQuery(text);
    for (const ask of [server.post, server.get])
      expect(codeOf(await ask({ extensions, variables }))).toBe('PERSISTED_QUERY_NOT_FOUND');
    const { body: told } = await server.post({ query: text, extensions, variables });
    expect(told.data?.company.key).toBe('zhipu-ai');
    for (const ask of [server.post, server.get]) {
      const { body } = await ask({ extensions, variables });
      expect(body.data).toEqual(told.data);
      expect((await ask({ extensions, variables })).body.extensions?.cache?.status).toBe('hit');
    }
    // However it is named, a document is the same.
    const { body } = await server.post({ query: text, variables });
    expect(body.extensions?.cache?.status).toBe('hit');
    const named = await server.post({ documentId: `sha256:${sha256(text)}`, variables });
    expect(named.body.data).toEqual(told.data);
  });

  test('a hash that comes with a text whose answer is kept will do from then on', async () => {
    const query = '{ company(key: "baidu") { key aliases } }';
    const extensions = persistedQuery(query);
    await server.post({ query });
    const { body } = await server.post({ query, extensions });
    expect(body.extensions?.cache?.status).toBe('hit');
    for (const ask of [server.post, server.get])
      expect((await ask({ extensions })).body.data).toEqual(body.data);
  });

  test('a hash that is not that of the text is refused, and stands for nothing', async () => {
    const other = '{ models(first: 1) { nodes { key } } }';
    const wrong = { query: other, extensions: persistedQuery(`${other} `) };
    const reply = await server.post(wrong);
    expect([reply.status, codeOf(reply)]).toEqual([400, 'BAD_USER_INPUT']);
    expect(reply.body.errors?.[0]?.message).toContain('has to be the SHA-256 of "query"');
    expect(codeOf(await server.post({ extensions: wrong.extensions }))).toBe(
      'PERSISTED_QUERY_NOT_FOUND',
    );
    const version = { persistedQuery: { version: 2, sha256Hash: sha256(other) } };
    expect(codeOf(await server.post({ query: other, extensions: version }))).toBe('BAD_USER_INPUT');
    expect(server.logged).not.toContain('fault');
  });

  test('a text that is no valid document is not remembered', async () => {
    const query = '{ companys { key } }';
    await server.post({ query, extensions: persistedQuery(query) });
    expect(codeOf(await server.post({ extensions: persistedQuery(query) }))).toBe(
      'PERSISTED_QUERY_NOT_FOUND',
    );
  });

  test('limits hold for documents that are named too', async () => {
    const { body } = await server.post({ documentId: 'x'.repeat(200) });
    expect(body.errors?.[0]?.message.length).toBeLessThan(200);
  });

  test('the store is bounded', async () => {
    const store = new PersistedQueries(10_000);
    for (let i = 0; i < 100; i++) await store.set(`apq:${i}`, 'x'.repeat(1_000));
    expect(await store.get('apq:0')).toBeUndefined();
    expect(store.peek('99')).toHaveLength(1_000);
  });
});

describe('trusted documents', () => {
  const folder = mkdtempSync(join(tmpdir(), 'documents-'));
  const manifest = join(folder, 'manifest.json');
  beforeAll(() => {
    mkdirSync(join(folder, 'texts', 'inner'), { recursive: true });
    writeFileSync(join(folder, 'texts', 'developer.graphql'), text);
    writeFileSync(
      join(folder, 'texts', 'inner', 'two.gql'),
      'query One { companies(first: 1) { nodes { key } } } query Two { models(first: 1) { nodes { key } } }',
    );
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('are named by file or hash, by POST and GET, beside any other document', async () => {
    const server = await web({ documentsFrom: join(folder, 'texts') });
    for (const documentId of ['developer', `sha256:${sha256(text)}`])
      for (const ask of [server.post, server.get]) {
        const { status, body } = await ask({ documentId, variables });
        expect([status, body.data]).toEqual([
          200,
          { company: { key: 'zhipu-ai', name: 'Zhipu AI' } },
        ]);
      }
    const two = await server.get({ documentId: 'two', operationName: 'Two' });
    expect(Object.keys(two.body.data ?? {})).toEqual(['models']);
    expect((await server.post({ query: '{ __typename }' })).body.data).toEqual({
      __typename: 'Query',
    });
    await server.close();
  });

  test('an unknown one is told, with what to do; so is one beside a text', async () => {
    const server = await web({ documentsFrom: join(folder, 'texts') });
    for (const ask of [server.post, server.get]) {
      const unknown = await ask({ documentId: 'develop' });
      expect([unknown.status, codeOf(unknown)]).toEqual([400, 'PERSISTED_QUERY_NOT_FOUND']);
      expect(unknown.body.errors).toHaveLength(1);
      expect(unknown.body.errors?.[0]?.message).toContain('"develop"');
      expect(unknown.body.errors?.[0]?.extensions.hint).toContain('"query"');
      expect('data' in unknown.body).toBe(false);
      expect(codeOf(await ask({ documentId: 'developer', query: text }))).toBe('BAD_USER_INPUT');
    }
    expect(codeOf(await server.post({ documentId: 7 }))).toBe('BAD_USER_INPUT');
    await server.close();
  });

  test('where only they are answered, nothing else is, however it is sent', async () => {
    const server = await web({ documentsFrom: join(folder, 'texts'), documents: 'trusted' });
    const sent = [
      { query: text, variables },
      { query: '{ __typename }' },
      { query: text, variables, extensions: persistedQuery(text) },
      { query: text, documentId: 'developer', variables },
      { extensions: persistedQuery('{ __typename }') },
      { documentId: 'develop' },
      { documentId: `sha256:${sha256('{ __typename }')}` },
    ];
    for (const ask of [server.post, server.get])
      for (const payload of sent) {
        const { status, body } = await ask(payload);
        expect(status).toBeGreaterThanOrEqual(400);
        expect(['FORBIDDEN', 'PERSISTED_QUERY_NOT_FOUND', 'BAD_USER_INPUT']).toContain(
          body.errors?.[0]?.extensions.code,
        );
        expect(body.data).toBeUndefined();
      }
    expect(server.graph.statements).toBe(0);
    const refused = await server.post({ query: text, variables });
    expect([refused.status, codeOf(refused)]).toEqual([403, 'FORBIDDEN']);
    expect(refused.body.errors?.[0]?.extensions.hint).toContain('documentId');
    // Apollo's clients name a trusted one by its hash.
    for (const payload of [{ documentId: 'developer' }, { extensions: persistedQuery(text) }])
      for (const ask of [server.post, server.get])
        expect((await ask({ ...payload, variables })).body.data?.company.key).toBe('zhipu-ai');
    await server.close();
  });

  test.each([
    ['of identifiers and texts', { developer: text }, 'developer'],
    [
      'of Apollo',
      {
        format: 'apollo-persisted-query-manifest',
        version: 1,
        operations: [{ id: 'abc123', name: 'Developer', type: 'query', body: text }],
      },
      'abc123',
    ],
  ])('a manifest %s is read', async (_form, content, documentId) => {
    writeFileSync(manifest, JSON.stringify(content));
    const server = await web({ documentsFrom: manifest });
    const { body } = await server.post({ documentId, variables });
    expect(body.data?.company.key).toBe('zhipu-ai');
    await server.close();
  });

  test('all faults of the documents are told at once when the server starts', async () => {
    const content = {
      good: text,
      unknownField: '{ companys { key } }',
      noDocument: '{',
      'bad id': '{ __typename }',
      [`sha256:${sha256('another')}`]: '{ __typename }',
    };
    writeFileSync(manifest, JSON.stringify(content));
    const start = web({ documentsFrom: manifest });
    await expect(start).rejects.toThrow(
      /faults:[\s\S]*companys[\s\S]*noDocument[\s\S]*bad id[\s\S]*hash/,
    );
    await expect(web({ documentsFrom: join(folder, 'none') })).rejects.toThrow('cannot be read');
    writeFileSync(manifest, '[]');
    await expect(web({ documentsFrom: manifest })).rejects.toThrow('no JSON object');
    writeFileSync(manifest, '{"a": 1}');
    await expect(web({ documentsFrom: manifest })).rejects.toThrow('no identifier with a text');
    writeFileSync(manifest, '{}');
    await expect(web({ documentsFrom: manifest })).rejects.toThrow('no document');
  });
});
