import { setTimeout as wait } from 'node:timers/promises';
import { defaults } from '../../src/config';
import { Graph } from '../../src/graph/graph';
import { limitSettings } from '../../src/http/limits/table';
import { ask, graph, holding, serving, slow, until, untilHeld } from '../support/serving';

afterAll(() => graph.close());

test('callers of one IPv6 network of 64 bits are one; an IPv4 address is the same however it is written', async () => {
  const left = await serving({}, async (url) => {
    const told: Record<string, number> = {};
    for (const address of [
      '2001:db8:1:2::1',
      '2001:db8:1:2:ffff:0:0:9',
      '2001:0db8:0001:0002::77',
      '2001:db8:1:3::1',
      '203.0.113.7',
      '::ffff:203.0.113.7',
    ]) {
      const { headers } = await ask(url, { 'x-forwarded-for': address });
      told[address] = Number(/r=(\d+)/.exec(headers.get('ratelimit') ?? '')?.[1]);
    }
    return Object.values(told);
  });
  const [first = 0, second = 0, third = 0, other, four = 0, mapped = 0] = left;
  expect(second).toBeLessThan(first);
  expect(third).toBeLessThan(second);
  expect(other).toBe(first);
  expect(four).toBe(first);
  expect(mapped).toBeLessThan(four);
});

test('an address is the same with a port and in brackets; what is no address is one caller', async () => {
  const left = await serving({}, async (url) => {
    const told: number[] = [];
    for (const address of [
      '203.0.113.7',
      '203.0.113.7:51234',
      '203.0.113.7:51235',
      '[2001:db8:1:2::1]:51234',
      '[2001:db8:1:2::2]',
      'unknown',
      '_hidden:17',
    ]) {
      const { headers } = await ask(url, { 'x-forwarded-for': address });
      told.push(Number(/r=(\d+)/.exec(headers.get('ratelimit') ?? '')?.[1]));
    }
    return told.map((each) => each - (told[0] as number));
  });
  const cost = left[1] as number;
  expect(cost).toBeLessThan(0);
  expect(left).toEqual([0, cost, 2 * cost, 0, cost, 0, cost]);
});

test.each([
  ['x-forwarded-for', '203.0.113.7'],
  ['forwarded', 'for=203.0.113.7'],
  ['via', '1.1 proxy'],
  ['x-real-ip', '203.0.113.7'],
  ['x-forwarded-host', 'graph.example.org'],
  ['x-forwarded-proto', 'https'],
  ['cf-connecting-ip', '203.0.113.7'],
])(
  'a call from this machine that bears %s comes from a proxy: it is limited',
  async (name, value) => {
    await serving({ trustProxy: [] }, async (url) => {
      const limited = async (headers: Record<string, string>) => {
        const reply = await fetch(`${url}/limits`, { headers });
        return ((await reply.json()) as { caller: { limited: boolean } }).caller.limited;
      };
      expect(await limited({})).toBe(false);
      expect(await limited({ [name]: value })).toBe(true);
    });
  },
);

test('GET /limits tells every limit with its number, its meaning and its variable', async () => {
  await serving({ maxCost: 4_321 }, async (url) => {
    const read = async (headers: Record<string, string> = {}) =>
      (await (await fetch(`${url}/limits`, { headers })).json()) as {
        caller: { limited: boolean };
        limits: Record<string, { limit: number; meaning: string; variable?: string }>;
      };
    const { caller, limits } = await read();
    expect(caller.limited).toBe(false);
    expect((await read({ 'x-forwarded-for': '203.0.113.7' })).caller.limited).toBe(true);
    for (const [name, { variable, meaning, default: usual }] of Object.entries(limitSettings))
      expect(limits[name]).toEqual({
        limit: name === 'maxCost' ? 4_321 : usual,
        meaning,
        variable,
      });
    expect(limits.maxPage?.limit).toBe(100);
    expect(limits.maxWaiting?.limit).toBe(2 * defaults.poolSize);
    expect(limits.maxInFlightOfSite?.limit).toBe(4 * defaults.maxInFlight);
    const contract = { maxBrackets: 150, maxNodes: 100, maxWords: 32, maxAvoided: 100 };
    for (const [name, limit] of Object.entries({ ...contract, maxChanges: 100, maxFaults: 20 }))
      expect(limits[name]).toEqual({ limit, meaning: expect.any(String) as string });
  });
});

test('an origin that is let in may ask and read the answer; another one may not', async () => {
  const charts = 'https://charts.example.org';
  await serving({ origins: [charts] }, async (url) => {
    const preflight = (origin: string) =>
      fetch(`${url}/graphql`, {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'content-type',
        },
      });
    const allowed = await preflight(charts);
    expect(allowed.headers.get('access-control-allow-origin')).toBe(charts);
    expect(allowed.headers.get('access-control-allow-methods')).toMatch(/POST/);
    const from = (origin: string) => ask(url, { origin, 'sec-fetch-site': 'cross-site' });
    const answer = await from(charts);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('access-control-allow-origin')).toBe(charts);
    expect(answer.headers.get('access-control-expose-headers')).toMatch(/ratelimit/);
    const evil = 'https://evil.example.org';
    expect((await preflight(evil)).headers.get('access-control-allow-origin')).not.toBe(evil);
    const refused = await from(evil);
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
  });
});

test('who hangs up ends the statement in Neo4j', async () => {
  await serving(
    {},
    async (url) => {
      const gone = new AbortController();
      const asked = ask(url, {}, undefined, gone.signal).catch((error: Error) => error.name);
      expect(await until(1)).toBe(1);
      gone.abort();
      expect(await asked).toBe('AbortError');
      expect(await until(0)).toBe(0);
    },
    slow,
  );
});

test('who hangs up does not close the way for others', async () => {
  await serving(
    {},
    async (url) => {
      const gone = new AbortController();
      const asked = Array.from({ length: 12 }, (_, n) =>
        ask(url, {}, `{ trends { totalCount } a${n}: __typename }`, gone.signal).catch(
          (error: Error) => error.name,
        ),
      );
      expect(await until(12)).toBe(12);
      gone.abort();
      expect(new Set(await Promise.all(asked))).toEqual(new Set(['AbortError']));
      expect(await until(0)).toBe(0);
      // The breaker hears of them a moment after.
      await wait(1_500);
      expect(graph.breaker.state).toBe('closed');
    },
    slow,
  );
});

test('who waits in vain for a turn waits once, and is told to come again', async () => {
  const query = '{ trends { totalCount } again: __typename }';
  let hold: Graph['read'] | undefined;
  const held = Object.assign(Object.create(graph) as Graph, {
    read: (...args: Parameters<Graph['read']>) => hold?.(...args) ?? graph.read(...args),
  });
  await serving(
    { poolSize: 1, deadline: 1_000, cacheSize: 0 },
    async (url) => {
      // Known from here on, so that Apollo Server is not asked.
      expect((await ask(url, {}, query)).status).toBe(200);
      let free = (): void => {};
      const until = new Promise<void>((resolve) => (free = resolve));
      hold = async (...args) => until.then(() => graph.read(...args));
      const first = ask(url, {}, '{ models { totalCount } }');
      await wait(100);
      hold = undefined;
      const second = ask(url, {}, query);
      // Past its deadline, and before that of somebody who would have begun to wait once more.
      setTimeout(free, 1_500);
      const refused = await second;
      expect(await refused.json()).toMatchObject({ errors: [{ extensions: { code: 'TIMEOUT' } }] });
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
      free();
      await first;
    },
    held,
  );
});

test('while too many wait, a request is refused before its document is looked at', async () => {
  await serving(
    { poolSize: 1, deadline: 3_000 },
    async (url) => {
      // Each question is another one: one runs, two wait.
      const asked = [1, 2, 3].map((n) =>
        ask(url, {}, `{ trends { totalCount } a${n}: __typename }`),
      );
      expect(await until(1)).toBe(1);
      await wait(200);
      const refused = await ask(url, {}, '{ what is this');
      expect(refused.status).toBe(503);
      expect(refused.headers.get('retry-after')).toBe('1');
      expect(await refused.json()).toMatchObject({
        errors: [{ extensions: { code: 'OVERLOADED' } }],
      });
      await Promise.all(asked);
    },
    slow,
  );
});

test('too many subqueries are refused with their number, the limit and the field that takes most', async () => {
  await serving({ maxParts: 2 }, async (url) => {
    const query =
      '{ sectors(first: 1) { totalCount } companies(first: 1) { nodes { models(first: 1, where: { or: [{ name: { contains: "a" } }, { developer: { country: { key: { eq: "cn" } } } }] }) { nodes { key } } } } }';
    const reply = await ask(url, {}, query);
    expect(reply.status).toBe(400);
    const { errors } = (await reply.json()) as {
      errors: { message: string; extensions: Record<string, unknown> }[];
    };
    expect(errors[0]?.message).toMatch(/most of them for "companies\.nodes\.models": \d+ where 2/);
    expect(errors[0]?.extensions).toMatchObject({ code: 'LIMIT_EXCEEDED', limit: 2 });
  });
});

test('a fault that several meet in one execution is told to each under the id of his request', async () => {
  const odd = Object.assign(Object.create(graph) as Graph, {
    read: async () => {
      await wait(200);
      throw new Error('Odd.');
    },
  });
  await serving(
    {},
    async (url) => {
      const replies = await Promise.all([1, 2, 3].map(() => ask(url)));
      for (const reply of replies)
        expect(await reply.json()).toMatchObject({
          errors: [{ extensions: { code: 'INTERNAL', id: reply.headers.get('x-request-id') } }],
        });
    },
    odd,
  );
});

test('every request counts, also one that reads nothing', async () => {
  const from = { 'x-forwarded-for': '203.0.113.10' };
  await serving({ maxCostPerHour: 3 }, async (url) => {
    const statuses = [];
    for (const query of ['{ __typename }', '{ trends @skip(if: true) { totalCount } }'])
      for (let time = 0; time < 2; time++) statuses.push((await ask(url, from, query)).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
  });
});

test('a picture that the hour has no room for is refused as a question is', async () => {
  const from = { 'x-forwarded-for': '203.0.113.11' };
  await serving({ maxCostPerHour: 20 }, async (url) => {
    const query = '{ graph(seeds: ["Company:openai"]) { nodes { id } } }';
    const replies = [
      await ask(url, from, query),
      await fetch(`${url}/graph.gexf?seeds=Company:openai`, { headers: from }),
    ];
    for (const reply of replies) {
      expect(reply.status).toBe(429);
      expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(await reply.json()).toMatchObject({
        errors: [{ extensions: { code: 'RATE_LIMITED' } }],
      });
    }
  });
});

test('what a caller may have under way is counted over all: operations, files, measures, pages', async () => {
  const from = { 'x-forwarded-for': '203.0.113.9' };
  await serving(
    { maxInFlight: 1 },
    async (url) => {
      const asked = ask(url, from);
      expect(await until(1)).toBe(1);
      for (const path of [
        '/graph.gexf?seeds=Company:openai',
        '/metrics',
        '/',
        '/explore',
        '/limits',
      ])
        expect((await fetch(`${url}${path}`, { headers: from })).status).toBe(429);
      // Whether the server is well can be asked at any time.
      for (const path of ['/livez', '/readyz'])
        expect((await fetch(`${url}${path}`, { headers: from })).status).not.toBe(429);
      await asked;
      expect((await fetch(`${url}/metrics`, { headers: from })).status).toBe(200);
    },
    slow,
  );
});

test('callers of one IPv6 network of 48 bits have four times together what one may have under way', async () => {
  const from = (address: string) => ({ 'x-forwarded-for': address });
  await serving(
    { maxInFlight: 1, deadline: 30_000 },
    async (url) => {
      const gone = new AbortController();
      const begin = (address: string, index: number) =>
        void ask(
          url,
          from(address),
          `{ trends { totalCount } a${index}: __typename }`,
          gone.signal,
        ).catch(() => {});
      for (let index = 0; index < 4; index++) begin(`2001:db8:1:${index}::1`, index);
      expect(await untilHeld(4)).toBe(4);
      const fifth = await ask(url, from('2001:db8:1:4::1'));
      expect(fifth.status).toBe(429);
      expect(await fifth.text()).toContain('the network 2001:db8:1::/48');
      begin('2001:db8:2::1', 5);
      expect(await untilHeld(5)).toBe(5);
      gone.abort();
      expect(await untilHeld(0)).toBe(0);
    },
    holding,
  );
});
