import { ConfigFaults, readConfig } from '../../src/config';
import { bearerOf, newToken, parseTokens, type Token } from '../../src/http/token';
import { yuntu } from '../support/command';
import { web } from '../support/web';

test('the command makes a token, and a server that is given its entry lets it in', async () => {
  const { out: told } = await yuntu('token', 'mei');
  const token = /yuntu_[\w-]{43}/.exec(told)?.[0] ?? '';
  const entry = /YUNTU_TOKENS=(.*)/.exec(told)?.[1] ?? '';
  expect(entry).toMatch(/^mei:curator:[\da-f]{64}$/);
  expect(entry).not.toContain(token);
  const { tokens } = readConfig({ YUNTU_TOKENS: entry });
  const server = await web({ tokens });
  const query =
    'mutation { retract(operationId: "t", input: { id: "Company:nobody", reason: "x" }) { __typename } }';
  const ask = (bearer: string) => server.post({ query }, { authorization: `Bearer ${bearer}` });
  const { status, body, headers } = await ask(token);
  expect([status, body.data]).toEqual([200, { retract: { __typename: 'NotFound' } }]);
  // A change is never kept, nor may anybody on the way keep it.
  expect(headers.get('x-yuntu-cache')).toBe('off');
  expect(headers.get('etag')).toBeNull();
  // Whatever is near it is another.
  for (const near of [
    token.slice(0, -1),
    `${token}A`,
    token.toUpperCase(),
    entry.split(':')[2] ?? '',
  ])
    expect((await ask(near)).status).toBe(401);
  await server.close();
  expect((await yuntu('operations', '--first', '0')).out).toMatch(/^\d+ operations\.\n$/);
});

test('tokens of another form are told, and never printed', () => {
  const hash = 'a1'.repeat(32);
  for (const bad of [
    `mei:${hash}`,
    `mei:king:${hash}`,
    `mei:curator+king:${hash}`,
    `mei:curator:${hash.slice(1)}`,
    `mei:curator:${hash},mei:reader:${hash}`,
    `:curator:${hash}`,
    `mei:curator:${hash},`,
  ]) {
    const read = () => readConfig({ YUNTU_TOKENS: bad });
    expect(read).toThrow(ConfigFaults);
    expect(read).toThrow(/YUNTU_TOKENS: the value will not do/);
    expect(read).not.toThrow(hash);
  }
  expect(parseTokens(`mei:reader+curator:${hash}, lena:reader:${hash}`)).toEqual([
    { name: 'mei', roles: ['reader', 'curator'], hash },
    { name: 'lena', roles: ['reader'], hash },
  ]);
});

test('who bears which token is told by its hash', () => {
  const made = ['mei', 'lena'].map((name) => newToken(name, ['curator']));
  const tokens = parseTokens(made.map(({ entry }) => entry).join()) as Token[];
  for (const [at, { token }] of made.entries()) {
    expect(bearerOf(`Bearer ${token}`, tokens)).toBe(tokens[at]);
    expect(bearerOf(`bearer   ${token} `, tokens)).toBe(tokens[at]);
    expect(bearerOf(`Basic ${token}`, tokens)).toBe('none');
    expect(bearerOf(`Bearer ${token}`, [])).toBe('none');
  }
  expect(bearerOf('Bearer ', tokens)).toBe('unknown');
  expect(bearerOf(undefined, tokens)).toBe('none');
});
