import { gzipSync } from 'node:zlib';
import { post, readRefusal, times, type Hostile } from './hostile';

const input = 'BAD_USER_INPUT';
const query = '{ companies { totalCount } }';
const body = JSON.stringify({ query });
const dear =
  '{ companies(first: 100) { nodes { models(first: 100) { nodes { priceQuotes(first: 100) { nodes { key } } } } } } }';

const posted = (
  name: string,
  sent: string | Buffer,
  status: number,
  code: string | undefined,
  headers: Record<string, string> = {},
): Hostile => ({ name, status, code, send: (url) => post(url, sent, headers) });

const got = (
  name: string,
  params: string,
  status: number,
  code: string | undefined,
  init: RequestInit = {},
): Hostile => ({
  name,
  status,
  code,
  send: async (url) => readRefusal(await fetch(`${url}?${params}`, init)),
});

const ask = `query=${encodeURIComponent(query)}`;

/** Requests that are wrong as requests, whatever they ask for. */
export const requests: readonly Hostile[] = [
  posted('many operations as one', `[${times(50, () => body).join(',')}]`, 400, input),
  posted('an empty list', '[]', 400, input),
  posted('2,000 operations as one', `[${times(2_000, () => body).join(',')}]`, 400, input),
  posted('a number for a body', '17', 400, input),
  posted('null for a body', 'null', 400, input),
  posted('a text for a body', '"query"', 400, input),
  posted('an empty body', '', 400, input),
  posted('half a body', body.slice(0, -3), 400, input),
  posted('no JSON', '{query: 1}', 400, input),
  posted('100,000 brackets', '['.repeat(100_000), 400, input),
  posted('__proto__ in the body', `{"query":"${query}","__proto__":{"admin":true}}`, 400, input),
  posted(
    '__proto__ in a variable',
    `{"query":"${query}","variables":{"where":{"__proto__":{"key":{"eq":"a"}}}}}`,
    400,
    input,
  ),
  posted(
    'the prototype of a constructor',
    `{"query":"${query}","variables":{"constructor":{"prototype":{"admin":true}}}}`,
    400,
    input,
  ),
  posted('variables as text', JSON.stringify({ query, variables: '{}' }), 400, input),
  posted('a query that is an object', JSON.stringify({ query: { kind: 'Document' } }), 400, input),
  posted('200 KB', JSON.stringify({ query, more: 'x'.repeat(200_000) }), 413, 'LIMIT_EXCEEDED'),
  posted('a gzip bomb', gzipSync(Buffer.alloc(50_000_000)), 415, input, {
    'content-encoding': 'gzip',
  }),
  posted('a body packed by brotli', body, 415, input, { 'content-encoding': 'br' }),
  posted('plain text', body, 400, input, { 'content-type': 'text/plain' }),
  posted('a form', `query=${encodeURIComponent(query)}`, 415, input, {
    'content-type': 'application/x-www-form-urlencoded',
  }),
  posted(
    'a form in parts',
    `--b\r\ncontent-disposition: form-data; name="query"\r\n\r\n${query}\r\n--b--`,
    415,
    input,
    { 'content-type': 'multipart/form-data; boundary=b' },
  ),
  posted('GraphQL as the body', query, 415, input, { 'content-type': 'application/graphql' }),
  posted('a page of another site', body, 403, 'FORBIDDEN', {
    origin: 'https://evil.example',
    'sec-fetch-site': 'cross-site',
  }),
  posted('a page of a sister site', body, 403, 'FORBIDDEN', {
    origin: 'https://other.example',
    'sec-fetch-site': 'same-site',
  }),
  posted('a page of another site in an old browser', body, 403, 'FORBIDDEN', {
    origin: 'https://evil.example',
  }),
  posted('a page without an origin', body, 403, 'FORBIDDEN', { origin: 'null' }),
  got('a picture on another site', ask, 403, 'FORBIDDEN', {
    headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' },
  }),
  got('a link on another site', ask, 403, 'FORBIDDEN', {
    headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' },
  }),
  got('a picture on another site in an old browser', ask, 403, 'FORBIDDEN', {
    headers: { accept: 'image/webp,image/*,*/*;q=0.8' },
  }),
  {
    name: 'a link on another site to the same address, written otherwise',
    status: 403,
    code: 'FORBIDDEN',
    send: async (url) =>
      readRefusal(
        await fetch(`${url.replace('/graphql', '/graph%71l')}?${ask}`, {
          headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' },
        }),
      ),
  },
  posted(
    'a dear operation under the name of another',
    JSON.stringify({ query: `query A ${dear}`, operationName: 'B' }),
    400,
    input,
  ),
  posted(
    'an operation under the name of nobody',
    JSON.stringify({ query: `query A ${query}`, operationName: '' }),
    400,
    input,
  ),
  got(
    'a dear operation under the name of another, in an address',
    `query=${encodeURIComponent(`query A ${dear}`)}&operationName=B`,
    400,
    input,
  ),
  got('two queries in one address', `${ask}&${ask}`, 400, input),
  got('variables that are no JSON', `${ask}&variables=%7B`, 400, input),
  got(
    'a mutation in an address',
    `query=${encodeURIComponent('mutation { retract(operationId: "a", input: { id: "a", reason: "a" }) { __typename } }')}`,
    405,
    input,
  ),
  got('20 KB of address', `${ask}&x=${'x'.repeat(20_000)}`, 431, 'LIMIT_EXCEEDED'),
  got(
    'a document that is too deep, in an address',
    `query=${encodeURIComponent('{a'.repeat(300))}`,
    400,
    'LIMIT_EXCEEDED',
  ),
  got(
    'variables that are too deep, in an address',
    `${ask}&variables=${encodeURIComponent(`{"a":${'['.repeat(40)}${']'.repeat(40)}}`)}`,
    400,
    'LIMIT_EXCEEDED',
  ),
  got('another method', ask, 404, input, { method: 'DELETE' }),
  posted(
    'a persisted query of another text',
    JSON.stringify({
      query,
      extensions: { persistedQuery: { version: 1, sha256Hash: '0'.repeat(64) } },
    }),
    400,
    input,
  ),
];
