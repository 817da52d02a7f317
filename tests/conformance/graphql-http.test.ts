import { serverAudits } from 'graphql-http';
import { blueprint } from '../../src/entities/blueprint';
import { Graph } from '../../src/graph/graph';
import { createServer, type Server } from '../../src/server';

const graph = new Graph({ uri: process.env.YUNTU_TEST_NEO4J_URI as string });
let server: Server;
let url = '';

beforeAll(async () => {
  server = await createServer({ graph, blueprint });
  url = `${await server.app.listen({ host: '127.0.0.1', port: 0 })}/graphql`;
});
afterAll(async () => {
  await server.close();
  await graph.close();
});

const audits = serverAudits({ url: () => url, fetchFn: fetch });

test('there are as many audits as there were', () => expect(audits).toHaveLength(61));

test.each(audits.map((audit) => [audit.name, audit] as const))('%s', async (_, audit) => {
  const result = await audit.fn();
  expect('reason' in result ? result.reason : result.status).toBe('ok');
});
