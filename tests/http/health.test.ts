import { defaults } from '../../src/config';
import { blueprint } from '../../src/entities/blueprint';
import { Graph } from '../../src/graph/graph';
import { createServer, type Server } from '../../src/server';
import { BoltProxy } from '../faults/bolt-proxy';

let proxy: BoltProxy;
let graph: Graph;
let server: Server;
let url: string;

beforeEach(async () => {
  proxy = await BoltProxy.open(process.env.YUNTU_TEST_NEO4J_URI as string);
  graph = new Graph({ uri: proxy.uri });
  server = await createServer({ graph, blueprint });
  url = await server.app.listen({ host: '127.0.0.1', port: 0 });
});
afterEach(async () => {
  await server.close();
  await graph.close();
  await proxy.close();
});

const get = async (path: string) => {
  const reply = await fetch(url + path);
  return { status: reply.status, text: await reply.text() };
};
const ask = (query = '{ trends { totalCount } }') =>
  fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });

test('alive and ready while the database answers; alive but not ready while it does not', async () => {
  expect((await get('/livez')).status).toBe(200);
  expect(await get('/readyz')).toEqual({
    status: 200,
    text: '{"ready":true,"database":true,"breaker":"closed","draining":false}',
  });
  proxy.verdict = () => 'cut';
  proxy.cut();
  // The last proof may be two seconds old, and counts until then.
  let { status } = await get('/readyz');
  for (let at = 0; at < 50 && status === 200; at++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    ({ status } = await get('/readyz'));
  }
  expect(status).toBe(503);
  expect((await get('/livez')).status).toBe(200);
});

test('however many ask whether it is ready, the database is asked once', async () => {
  proxy.delay = 100;
  const before = graph.statements;
  const asked = await Promise.all(Array.from({ length: 50 }, () => get('/readyz')));
  expect(new Set(asked.map(({ status }) => status))).toEqual(new Set([200]));
  // The question itself, perhaps once more, and what constraints there are.
  expect(graph.statements - before).toBeLessThan(10);
});

test('where the database stops answering halfway, the deadline of the request holds', async () => {
  const late = await createServer({
    graph,
    blueprint,
    config: { ...defaults, deadline: 1_000, cacheSize: 0 },
  });
  const address = await late.app.listen({ host: '127.0.0.1', port: 0 });
  const query = '{ company(key: "nobody-at-all") { name } }';
  const asked = async () => {
    const body = JSON.stringify({ query });
    const headers = { 'content-type': 'application/json' };
    const reply = await fetch(`${address}/graphql`, { method: 'POST', headers, body });
    return (await reply.json()) as { errors?: { message: string }[]; data: unknown };
  };
  expect(await asked()).toMatchObject({ data: { company: null } });
  // What has no such key is asked again whether the key was merged away, and what keys are near it.
  let answers = 0;
  proxy.verdict = ({ from, answers: to, tag }) =>
    from === 'server' && to === 'PULL' && tag === 'SUCCESS' && ++answers > 1 ? 'hold' : 'pass';
  expect((await asked()).errors?.[0]?.message).toBe('The answer took longer than 1000 ms.');
  proxy.mend();
  await late.close();
});

test('the breaker ends calls at once while the database is down, and lets them pass when it is back', async () => {
  proxy.verdict = () => 'cut';
  proxy.cut();
  const codes = new Set<string>();
  // Callers who come together; each question is another, so that none is answered with another's answer.
  const asked = Array.from({ length: 20 }, (_, at) =>
    ask(`{ trends { totalCount } a${at}: __typename }`),
  );
  for (const reply of await Promise.all(asked)) {
    const { errors } = (await reply.json()) as { errors: { extensions: { code: string } }[] };
    codes.add(errors[0]?.extensions.code ?? '');
  }
  expect([...codes]).toEqual(['DATABASE_UNAVAILABLE']);
  expect(graph.breaker.state).toBe('open');
  const before = graph.statements;
  await ask('{ trends { totalCount } b: __typename }');
  expect(graph.statements).toBe(before);
  proxy.mend();
  await graph.ping();
  expect(graph.breaker.state).toBe('closed');
  expect(((await (await ask()).json()) as { data: unknown }).data).toEqual({
    trends: { totalCount: 5 },
  });
});

test('a read whose connection is lost is tried again; the caller does not notice', async () => {
  expect((await ask()).status).toBe(200);
  let cut = 0;
  proxy.verdict = ({ from, answers }) =>
    from === 'server' && answers === 'PULL' && !cut++ ? 'cut' : 'pass';
  const body = (await (await ask('{ models { totalCount } }')).json()) as { data: unknown };
  expect(cut).toBeGreaterThan(0);
  expect(body.data).toEqual({ models: { totalCount: 62 } });
});

test('who is being answered while the server ends gets the answer', async () => {
  proxy.delay = 300;
  const answer = ask('{ models { totalCount } }');
  await new Promise((resolve) => setTimeout(resolve, 100));
  const closed = server.close();
  expect(((await (await answer).json()) as { data: unknown }).data).toEqual({
    models: { totalCount: 62 },
  });
  await closed;
  await expect(ask()).rejects.toThrow();
});

test('metrics tell requests, statements and the breaker in the form that Prometheus reads', async () => {
  await ask();
  const { text } = await get('/metrics');
  expect(text).toMatch(/^yuntu_request_seconds_count\{path="\/graphql",status="200"\} 1$/m);
  expect(text).toMatch(/^yuntu_statements_total [1-9]\d*$/m);
  expect(text).toMatch(/^yuntu_breaker_open 0$/m);
  expect(text).toMatch(/^nodejs_eventloop_lag_seconds /m);
});
