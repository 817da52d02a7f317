import { setTimeout as wait } from 'node:timers/promises';
import { isObjectType } from 'graphql';
import { defaults, type Config } from '../../src/config';
import { blueprint } from '../../src/entities/blueprint';
import { Graph } from '../../src/graph/graph';
import type { Limits } from '../../src/http/limits/table';
import { createParts, createServer } from '../../src/server';
import { patient } from '../support/patient';
import { nested, post, times, type Refused } from '../support/hostile/hostile';

const graph = new Graph(
  { uri: process.env.YUNTU_TEST_NEO4J_URI as string },
  { deadline: patient.databaseDeadline },
);
const parts = createParts(blueprint);
afterAll(() => graph.close());

/** Asks a server of that configuration, as a caller from elsewhere, all at once; gives the distinct answers. */
async function ask(
  config: Partial<Config>,
  bodies: readonly string[],
  over = graph,
  of = parts,
): Promise<Refused[]> {
  const server = await createServer({
    graph: over,
    blueprint,
    parts: of,
    // Without the cache, so that each request does what it is there for.
    config: {
      ...defaults,
      trustProxy: ['loopback'],
      cacheSize: 0,
      ...patient,
      ...config,
    },
  });
  const url = `${await server.app.listen({ host: '127.0.0.1', port: 0 })}/graphql`;
  const headers = { 'x-forwarded-for': '203.0.113.7' };
  try {
    const all = await Promise.all(bodies.map((body) => post(url, body, headers)));
    return [...new Map(all.map((each) => [JSON.stringify(each), each])).values()];
  } finally {
    await server.close();
  }
}

const passed: Refused = { status: 200, code: undefined };
const query = (text: string, variables?: unknown, operationName?: string): string =>
  JSON.stringify({ query: text, variables, operationName });
/** What is never read, and measured all the same. */
const skipped = (text: string): string =>
  `{ companies(first: 1) { totalCount nodes @skip(if: true) { ${text} } } }`;
const companies = 'query ($where: CompanyFilter) { companies(where: $where) { totalCount } }';
const page = '{ companies(first: 50) { nodes { key name } } }';

interface Guard {
  readonly limit: keyof Limits;
  readonly bodies: readonly string[];
  /** A value at which the guard refuses, where it is not that of every day. */
  readonly strict?: number;
  /** A value at which it is as good as off. */
  readonly loose: number;
  readonly refused?: Refused;
  /** Whether answers take their time, so that requests meet. */
  readonly slow?: true;
}

/** The graph, from which answers come late. */
const late = Object.assign(Object.create(graph) as Graph, {
  read: async (...args: Parameters<Graph['read']>) => {
    await wait(150);
    return graph.read(...args);
  },
});

const bad: Refused = { status: 400, code: 'LIMIT_EXCEEDED' };
const lists = ['observations', 'statements', 'computedFrom', 'usedIn'];
const opened = `{ facts(first: 1) { totalCount nodes @skip(if: true) { ...f0 } } } ${times(
  5,
  (i) =>
    `fragment f${i} on Fact { ${lists.map((list) => `${list}(first: 1) { nodes { ...f${i + 1} } }`).join(' ')} }`,
).join(' ')} fragment f5 on Fact { id key }`;

/** For each guard requests that it alone refuses. */
const guards: readonly Guard[] = [
  {
    limit: 'maxBody',
    bodies: [query('{ __typename }') + ' '.repeat(110_000)],
    loose: 1e6,
    refused: { ...bad, status: 413 },
  },
  {
    limit: 'maxTokens',
    bodies: [
      query(
        `{ companies(where: { or: [${`{ key: { in: [${'"a" '.repeat(240)}] } } `.repeat(9)}] }) { totalCount } }`,
      ),
    ],
    loose: 9_000,
  },
  {
    limit: 'maxDepth',
    bodies: [query(skipped(nested(5, 'models { nodes { developer { ', 'key', '} } } ')))],
    loose: 30,
  },
  {
    limit: 'maxIntrospectionDepth',
    bodies: [query(`{ __type(name: "Company") { ${nested(20, 'ofType { ', 'name', '} ')} } }`)],
    loose: 30,
  },
  { limit: 'maxFields', bodies: [query(opened)], loose: 10_000 },
  {
    limit: 'maxAliases',
    bodies: [query(skipped(times(31, (i) => `a${i}: key`).join(' ')))],
    loose: 100,
  },
  {
    limit: 'maxRootFields',
    bodies: [query(`{ ${times(11, (i) => `a${i}: __typename`).join(' ')} }`)],
    loose: 20,
  },
  {
    limit: 'maxDirectives',
    bodies: [query(`{ companies { ${'totalCount @include(if: true) '.repeat(21)} } }`)],
    loose: 100,
  },
  {
    limit: 'maxOperations',
    bodies: [query(times(11, (i) => `query q${i} { __typename }`).join(' '), undefined, 'q3')],
    loose: 20,
  },
  { limit: 'maxRepeats', bodies: [query(skipped('name '.repeat(102)))], loose: 10_000 },
  {
    limit: 'maxString',
    bodies: [query('query ($k: ID!) { company(key: $k) { key } }', { k: 'x'.repeat(11_000) })],
    loose: 1e5,
  },
  {
    limit: 'maxList',
    bodies: [query(companies, { where: { key: { in: times(251, (i) => `${i}`) } } })],
    loose: 300,
  },
  {
    limit: 'maxValues',
    bodies: [query('{ __typename }', { unused: times(100, () => times(101, () => 0)) })],
    loose: 1e5,
  },
  {
    limit: 'maxNesting',
    bodies: [query('{ __typename }', { unused: JSON.parse(nested(40, '[', '', ']')) as unknown })],
    loose: 50,
  },
  {
    limit: 'maxCost',
    bodies: [
      query('{ companies(first: 100) { nodes { observations(first: 100) { nodes { key } } } } }'),
    ],
    loose: 1e6,
    refused: { status: 400, code: 'COST_EXCEEDED' },
  },
  {
    limit: 'maxParts',
    bodies: [
      query(companies, {
        where: { and: times(2, () => ({ or: times(210, (i) => ({ key: { eq: `${i}` } })) })) },
      }),
    ],
    loose: 1e6,
  },
  {
    limit: 'maxCost',
    bodies: [
      query(
        `{ companyGroups(by: [${['models', 'sectors', 'trends', 'people'].map((name) => `{ ${name}: { key: true } }`).join(' ')}]) { totalCount } }`,
      ),
    ],
    loose: 1e6,
    refused: { status: 400, code: 'COST_EXCEEDED' },
  },
  {
    limit: 'maxParts',
    bodies: [
      query(
        `query ($o: [CompanyOrder!]) { ${times(8, (i) => `a${i}: companies(orderBy: $o, first: 1) { nodes { key } }`).join(' ')} }`,
        {
          o: times(8, () => ({
            fundingRounds: { measure: { of: 'RAISED', fn: 'SUM', direction: 'DESC' } },
          })),
        },
      ),
    ],
    loose: 1e6,
  },
  {
    limit: 'maxCostPerHour',
    bodies: times(2, () => query(page)),
    strict: 70,
    loose: 1e6,
    refused: { status: 429, code: 'RATE_LIMITED' },
  },
  {
    limit: 'maxInFlight',
    bodies: times(30, () => query(page)),
    strict: 1,
    loose: 100,
    refused: { status: 429, code: 'RATE_LIMITED' },
    slow: true,
  },
  { limit: 'maxAnswer', bodies: [query(page)], strict: 1_000, loose: 1e6 },
  {
    limit: 'deadline',
    bodies: [query(page)],
    strict: 1,
    loose: 60_000,
    refused: { status: 200, code: 'TIMEOUT' },
    slow: true,
  },
];

test.each(guards.map((guard) => [guard.limit, guard] as const))(
  '%s: with the guard the request is refused, without it the request gets through',
  async (limit, { bodies, strict = defaults[limit], loose, refused = bad, slow }) => {
    const over = slow ? late : graph;
    expect(await ask({ [limit]: strict }, bodies, over)).toContainEqual(refused);
    expect(await ask({ [limit]: loose }, bodies, over)).toEqual([passed]);
  },
);

test.each([
  'search(text: "a", first: 101) { totalCount }',
  'graph(seeds: ["Company:alibaba"], depth: 5) { nodes { id } }',
  'paths(from: "Company:alibaba", to: "Company:openai", maxHops: 9) { paths { length } }',
  'company(key: "openai") { peers(first: 101) { totalCount } }',
])(
  'bounds of arguments: told by the schema they refuse before anything is sent, else the verb does, too late: %s',
  async (verb) => {
    const bodies = [query(`{ companies(first: 1) { totalCount } ${verb} }`)];
    const before = graph.statements;
    expect(await ask({}, bodies)).toEqual([bad]);
    expect(graph.statements).toBe(before);
    const silent = createParts(blueprint);
    for (const type of Object.values(silent.schema.getTypeMap()))
      if (isObjectType(type))
        for (const { args } of Object.values(type.getFields()))
          for (const each of args) each.extensions = {};
    const [late] = await ask({ maxCost: 1e6 }, bodies, graph, silent);
    expect(late?.code).toBe(bad.code);
    expect(graph.statements).toBeGreaterThan(before);
  },
);

test('poolSize: so many run, twice as many wait, the others are told to come again', async () => {
  let release: () => void = () => {};
  const gate = new Promise<void>((resolve) => (release = resolve));
  const held = Object.assign(Object.create(graph) as Graph, {
    read: async (...args: Parameters<Graph['read']>) => {
      await gate;
      return graph.read(...args);
    },
  });
  const statusesWith = async (poolSize: number): Promise<number[]> => {
    const config = { ...defaults, poolSize };
    const server = await createServer({ graph: held, blueprint, parts, config });
    const url = `${await server.app.listen({ host: '127.0.0.1', port: 0 })}/graphql`;
    const asked = times(5, () => post(url, query(page)));
    // Who is refused is told at once, while the others are held.
    if (poolSize === 1) await Promise.race(asked);
    setTimeout(release, 300);
    const statuses = (await Promise.all(asked)).map(({ status }) => status);
    await server.close();
    return statuses.sort();
  };
  expect(await statusesWith(1)).toEqual([200, 200, 200, 503, 503]);
  expect(await statusesWith(2)).toEqual([200, 200, 200, 200, 200]);
});

test('databaseDeadline: a statement ends within it', async () => {
  const hasty = new Graph({ uri: process.env.YUNTU_TEST_NEO4J_URI as string }, { deadline: 1 });
  const long = 'UNWIND range(1, 20000) AS i WITH i ORDER BY i % 7 RETURN count(i)';
  const fault = await hasty.read(long).catch((error: unknown) => error);
  await hasty.close();
  expect(fault).toMatchObject({ code: 'TIMEOUT' });
  expect((await graph.read(long, {}, { deadline: 60_000 })).rows).toEqual([20_000]);
});
