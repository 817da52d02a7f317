import { setTimeout as wait } from 'node:timers/promises';
import { Collector } from '../trace/collector';
import { Running } from './running';

let running: Running | undefined;
afterEach(() => running?.child.kill('SIGKILL'));

/** Asks; each question is another one. */
const ask = async (url: string, n: number | string): Promise<Response> => {
  const reply = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      query: `query Load { companies(first: 20) { nodes { key models { totalCount } } } a${n}: __typename }`,
    }),
  });
  await reply.text();
  return reply;
};

test('SIGTERM under load loses no request; spans are sent before the end, which is 0', async () => {
  const collector = await Collector.open();
  const server = (running = await Running.start({
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint,
  }));
  const statuses: number[] = [];
  const lost: string[] = [];
  let going = true;
  const clients = Array.from({ length: 20 }, async (_, client) => {
    for (let at = 0; going; at++)
      try {
        const { status, headers } = await ask(server.url, `${client}_${at}`);
        statuses.push(status);
        // As a balancer does, which asks elsewhere from then on.
        if (headers.get('connection') === 'close') return;
      } catch (error) {
        lost.push(String((error as Error).cause ?? error));
        return;
      }
  });
  await wait(1_500);
  const ended = server.end();
  let status = 200;
  for (let at = 0; at < 90 && status === 200; at++, await wait(10))
    status = await fetch(`${server.url}/readyz`).then(
      (reply) => reply.status,
      () => 0,
    );
  const code = await ended;
  going = false;
  await Promise.all(clients);
  expect(lost).toEqual([]);
  expect(status).toBe(503);
  expect(code).toBe(0);
  expect(statuses.length).toBeGreaterThan(20);
  expect(new Set(statuses)).toEqual(new Set([200]));
  expect(server.log.filter(({ path }) => path === '/graphql')).toHaveLength(statuses.length);
  expect(collector.spans.filter(({ name }) => name === 'Load').length).toBeGreaterThan(20);
  await collector.close();
});

test('nothing of OpenTelemetry is loaded where no collector is named; the locked profile tells nothing of the schema', async () => {
  const server = (running = await Running.start({
    YUNTU_PROFILE: 'locked',
    NODE_OPTIONS: `--require ${require.resolve('./tell-loaded.js')}`,
  }));
  const post = async (query: string) => {
    const reply = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    return { status: reply.status, text: await reply.text() };
  };
  for (const query of ['{ __schema { types { name } } }', '{ __type(name: "Company") { name } }']) {
    const { status, text } = await post(query);
    expect(status).toBe(400);
    expect(text).toMatch(/introspection is not allowed/);
  }
  const { text: slip } = await post('{ companion { key } companies(fist: 1) { nodes { game } } }');
  expect(slip).toMatch(/Cannot query field/);
  expect(slip).not.toMatch(/did you mean|didYouMean|companies\?/i);
  expect((await post('query Known { trends { totalCount } }')).text).toMatch(/"totalCount":5/);
  const picture = await (await fetch(`${server.url}/graph.json?seed=Trend:going-global`)).text();
  expect(picture).toMatch(/no such parameter/);
  expect(picture).not.toMatch(/did you mean|didYouMean|seeds/i);

  // One line for each request, whatever is sent.
  await fetch(`${server.url}/nothing%0a-here%1b[31m?q=%00`);
  await fetch(`${server.url}/graphql?query=${encodeURIComponent('query Other { __typename }')}`);
  expect(await server.end()).toBe(0);
  const requests = server.log.filter(({ event }) => event === 'request');
  expect(requests).toHaveLength(7);
  expect(new Set(requests.map(({ id }) => id)).size).toBe(7);
  expect(requests.find(({ operation }) => operation === 'Known')).toMatchObject({
    method: 'POST',
    path: '/graphql',
    status: 200,
    statements: 1,
    cost: expect.any(Number) as number,
    revision: expect.any(String) as string,
    ms: expect.any(Number) as number,
  });

  for (const line of server.lines)
    expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
  const loaded = server.lines.find((line) => line.startsWith('loaded '));
  expect(loaded).toBeDefined();
  // The metrics need the interface, which is a few empty functions.
  expect(JSON.parse(loaded?.slice('loaded '.length) ?? '') as string[]).toEqual([]);
});
