import { blueprint } from '../../src/entities/blueprint';
import { Graph } from '../../src/graph/graph';
import { createServer, type Server } from '../../src/server';
import { defaults } from '../../src/config';
import { hostile } from '../support/hostile';
import { tokens } from '../support/hostile/changes';
import { post } from '../support/hostile/hostile';
import { slow } from '../support/hostile/sockets';

const graph = new Graph({ uri: process.env.YUNTU_TEST_NEO4J_URI as string });
let server: Server;
let url = '';

beforeAll(async () => {
  server = await createServer({
    graph,
    blueprint,
    config: { ...defaults, tokens, sendDeadline: 3_000 },
  });
  url = `${await server.app.listen({ host: '127.0.0.1', port: 0 })}/graphql`;
});
afterAll(async () => {
  await server.close();
  await graph.close();
});

const answers = () => post(url, '{"query":"{ companies { totalCount } }"}');

test('there are at least 60 classes, each with a name of its own', () => {
  const names = [...hostile, ...slow].map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThanOrEqual(60);
});

test.each(hostile.map((each) => [each.name, each] as const))(
  '%s: refused with its code, and no statement is sent',
  async (_, { send, status, code }) => {
    const { statements } = graph;
    expect(await send(url)).toEqual({ status, code });
    expect(graph.statements).toBe(statements);
    expect(await answers()).toEqual({ status: 200, code: undefined });
  },
);

test('who sends slowly is told so, who reads slowly is cut off, and neither holds up anybody', async () => {
  const waiting = Promise.all(slow.map(({ send }) => send(url)));
  expect(await answers()).toEqual({ status: 200, code: undefined });
  expect(await waiting).toEqual(slow.map(({ status, code }) => ({ status, code })));
});

test('code, lone surrogates and control characters in values are nothing but values', async () => {
  const count = async () => (await graph.read('MATCH (n) RETURN count(n)')).rows[0];
  const before = await count();
  for (const key of [
    "x'}) DETACH DELETE n //",
    '"}) MATCH (n) DETACH DELETE n RETURN "',
    '`]->() DETACH DELETE n',
    '\ud800',
    '\u0000',
    '${1+1}',
    '$p',
    '__proto__',
  ])
    for (const query of [
      'query ($k: ID!) { company(key: $k) { key } }',
      'query ($k: ID!) { companies(where: { key: { eq: $k } }) { nodes { key } } }',
    ])
      expect(await post(url, JSON.stringify({ query, variables: { k: key } }))).toEqual({
        status: 200,
        code: undefined,
      });
  expect(await count()).toBe(before);
});
