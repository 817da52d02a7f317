import { setTimeout as wait } from 'node:timers/promises';
import { defaults, type Config } from '../../src/config';
import { blueprint } from '../../src/entities/blueprint';
import { Graph } from '../../src/graph/graph';
import { createServer } from '../../src/server';
import { patient } from './patient';

export interface Body {
  readonly data?: Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any
  readonly errors?: readonly { message: string; extensions: Record<string, unknown> }[];
  readonly extensions?: { readonly cache?: Standing; readonly notes?: readonly object[] };
}

interface Standing {
  readonly status: 'hit' | 'miss' | 'off';
  readonly revision: string | null;
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Body;
}

/** A whole server on a port of its own, over the Neo4j of the tests, and a client of it. */
export async function web(settings: Partial<Config> = {}) {
  const config = { ...defaults, ...patient, ...settings };
  const { noticeWithin, poolSize, databaseDeadline: deadline } = config;
  const graph = new Graph(
    { uri: process.env.YUNTU_TEST_NEO4J_URI as string },
    { noticeWithin, poolSize, deadline },
  );
  const logged: string[] = [];
  const lines: Record<string, unknown>[] = [];
  const server = await createServer({
    graph,
    blueprint,
    config,
    log: (event, details) => {
      logged.push(event);
      if (event === 'request') lines.push(details);
    },
  });
  const url = `${await server.app.listen({ host: '127.0.0.1', port: 0 })}/graphql`;
  const send = async (address: string, init: RequestInit): Promise<Reply> => {
    const reply = await fetch(address, init);
    const text = await reply.text();
    const { status, headers } = reply;
    return { status, headers, text, body: (text && JSON.parse(text)) as Body };
  };
  return {
    graph,
    logged,
    /** The log's line about a request that was answered; it is written when the answer is out. */
    async lineOf({ headers }: Reply): Promise<Record<string, unknown>> {
      for (;;) {
        const line = lines.find(({ id }) => id === headers.get('x-request-id'));
        if (line) return line;
        await wait(10);
      }
    },
    /** What `/metrics` tells, by name and labels as they stand there. */
    async measures(): Promise<ReadonlyMap<string, number>> {
      const text = await (await fetch(new URL('/metrics', url))).text();
      const values = text.matchAll(/^(\w+(?:\{.*\})?) (\S+)$/gm);
      return new Map([...values].map(([, name = '', value]) => [name, Number(value)]));
    },
    /** Asks by POST. */
    post: (payload: object, headers: Record<string, string> = {}): Promise<Reply> =>
      send(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(payload),
      }),
    /** Asks by GET; what is no text is sent as JSON. */
    get: (
      params: Record<string, unknown>,
      headers: Record<string, string> = {},
    ): Promise<Reply> => {
      const search = Object.entries(params).map(([name, value]) => [
        name,
        typeof value === 'string' ? value : JSON.stringify(value),
      ]);
      return send(`${url}?${new URLSearchParams(search as [string, string][]).toString()}`, {
        headers,
      });
    },
    async close(): Promise<void> {
      await server.close();
      await graph.close();
    },
  };
}

export type Web = Awaited<ReturnType<typeof web>>;
