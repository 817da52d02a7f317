import { setTimeout as wait } from 'node:timers/promises';
import { defaults, type Config } from '../../src/config';
import { blueprint } from '../../src/entities/blueprint';
import { Graph } from '../../src/graph/graph';
import type { Log } from '../../src/http/log';
import { createParts, createServer } from '../../src/server';
import { patient } from './patient';

/** The Neo4j of the tests; a test closes it at its end. */
export const graph = new Graph(
  { uri: process.env.YUNTU_TEST_NEO4J_URI as string },
  { deadline: patient.databaseDeadline },
);
const parts = createParts(blueprint);

/** A server of that configuration while the work is done, behind a proxy that tells who calls. */
export async function serving<T>(
  settings: Partial<Config>,
  work: (url: string) => Promise<T>,
  over: Graph = graph,
  log?: Log,
): Promise<T> {
  const config = { ...defaults, cacheSize: 0, trustProxy: ['loopback'], ...settings };
  const server = await createServer({ graph: over, blueprint, parts, config, log });
  const url = await server.app.listen({ host: '127.0.0.1', port: 0 });
  try {
    return await work(url);
  } finally {
    await server.close();
  }
}

/** Asks by POST. */
export const ask = (
  url: string,
  headers: Record<string, string> = {},
  query = '{ trends { totalCount } }',
  signal?: AbortSignal,
) =>
  fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
    signal,
  });

/** A graph whose every question takes very long. */
const mark = 'RETURN 20251125 + count(i)';
export const slow = Object.assign(Object.create(graph) as Graph, {
  read: (_text: string, p: object, options: object) =>
    graph.read(`UNWIND range(1, 1000000000) AS i WITH i WHERE i % 7 = 8 ${mark}`, p, {
      ...options,
      deadline: 30_000,
    }),
});
/** How many of them run in Neo4j. */
const running = async (): Promise<number> => {
  const { rows } = await graph.read(
    'SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery CONTAINS $p.mark AND NOT currentQuery STARTS WITH "SHOW" RETURN count(*) AS n',
    { mark },
  );
  return rows[0] as number;
};
/** Waits until so many of them run, five seconds at the most; gives how many do. */
export const until = async (count: number): Promise<number> => {
  let found = -1;
  for (let at = 0; at < 100 && found !== count; at++, await wait(50)) found = await running();
  return found;
};

/** How many questions to `holding` are not answered. */
let held = 0;
/** A graph that answers nobody before he has gone: as many as one likes, without work for the machine. */
export const holding = Object.assign(Object.create(graph) as Graph, {
  read: (text: string, p: object, options: { readonly signal?: AbortSignal } = {}) => {
    const { signal } = options;
    if (!signal) return graph.read(text, { ...p }, options);
    held++;
    return new Promise((_resolve, reject) =>
      signal.addEventListener('abort', () => {
        held--;
        reject(signal.reason as Error);
      }),
    );
  },
});
/** Waits until it holds so many, five seconds at the most; gives how many it does. */
export const untilHeld = async (count: number): Promise<number> => {
  for (let at = 0; at < 200 && held !== count; at++) await wait(25);
  return held;
};
