import { setTimeout as wait } from 'node:timers/promises';
import { constraintsOf } from '../../src/derive/constraints';
import { blueprint } from '../../src/entities/blueprint';
import { defaults, type Config } from '../../src/config';
import { Graph, type GraphAddress } from '../../src/graph/graph';
import { prepare } from '../../src/graph/prepare';
import { newToken, parseTokens } from '../../src/http/token';
import { createServer, type Server } from '../../src/server';
import { makeSource } from './curators';
import { Workload, type WorkloadParts } from './workload';

const curator = newToken('mei', ['curator']);

const question = '{ companies(first: 1) { totalCount } }';
const operation = `mutation ($operationId: ID!, $input: [ChangeInput!]!) {
  change(operationId: $operationId, input: $input) {
    __typename
    ... on Changed { results { outcome } }
    ... on ChangeFailure { message }
  }
}`;

interface Payload {
  readonly __typename: string;
  readonly results?: readonly { readonly outcome: string }[];
  readonly message?: string;
}

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string; readonly extensions: { code: string } }[];
  readonly extensions: { readonly cache: { readonly status: string } };
}

/** A fault as a client is told it. */
export class Told extends Error {
  constructor(
    readonly code: string,
    message?: string,
  ) {
    super(message);
  }
}

/** A whole server over a Neo4j that something will happen to, and callers of it. */
export class Stage {
  #asked = 0;

  private constructor(
    readonly graph: Graph,
    readonly url: string,
    readonly server: Server,
  ) {}

  static async open(address: GraphAddress, settings: Partial<Config> = {}): Promise<Stage> {
    // Without the cache, so that every question is one for the database.
    const tokens = parseTokens(curator.entry) ?? [];
    const config = { ...defaults, cacheSize: 0, tokens, ...settings };
    const graph = new Graph(address, {
      poolSize: config.poolSize,
      deadline: config.databaseDeadline,
      noticeWithin: config.noticeWithin,
    });
    await prepare(graph, constraintsOf(blueprint));
    await graph.schema(
      'CREATE CONSTRAINT trial_key IF NOT EXISTS FOR (n:Trial) REQUIRE n.key IS UNIQUE',
    );
    const server = await createServer({ graph, blueprint, config });
    const url = await server.app.listen({ host: '127.0.0.1', port: 0 });
    return new Stage(graph, url, server);
  }

  /**
   * Asks as a client does; each question is another one.
   * @throws Told the first error
   */
  readonly ask = async (query = question): Promise<void> => {
    await this.#post({ query: query.replace(/}$/, `a${this.#asked++}: __typename }`) });
  };

  /**
   * Asks the same as ever, so that the answer may be one that was kept.
   * @returns how it stood to the cache: `hit`, `miss` or `off`
   * @throws Told the first error
   */
  readonly askAgain = async (): Promise<string> =>
    (await this.#post({ query: question })).extensions.cache.status;

  /**
   * Makes changes as a curator, by one operation.
   * @returns what became of each
   * @throws Told; its code is the payload's kind, such as `Conflict`, where the operation was refused
   */
  readonly change = async (
    operationId: string,
    input: readonly object[],
  ): Promise<readonly string[]> => {
    const variables = { operationId, input };
    const headers = { authorization: `Bearer ${curator.token}` };
    const { data } = await this.#post({ query: operation, variables }, headers);
    const { __typename, results, message } = (data as { change: Payload }).change;
    if (!results) throw new Told(__typename, message);
    return results.map(({ outcome }) => outcome);
  };

  async #post(body: object, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const reply = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    const answer = (await reply.json()) as Answer;
    const [error] = answer.errors ?? [];
    if (error) throw new Told(error.extensions.code, error.message);
    return answer;
  }

  /** What `/readyz` says. */
  async readiness(): Promise<{ ready: boolean; why?: string; missing?: readonly string[] }> {
    return (await (await fetch(`${this.url}/readyz`)).json()) as { ready: boolean };
  }

  /** Milliseconds until the server says that it is ready; 30,000 where it does not come to that. */
  async readyWithin(): Promise<number> {
    const began = performance.now();
    while (performance.now() - began < 30_000) {
      if ((await this.readiness()).ready) return performance.now() - began;
      await wait(20);
    }
    return 30_000;
  }

  /** Clients that ask over HTTP, write, and change as curators. */
  async work(name: string, parts: Partial<WorkloadParts> = {}): Promise<Workload> {
    await makeSource(this.change);
    return new Workload({ graph: this.graph, name, read: this.ask, send: this.change, ...parts });
  }

  async close(): Promise<void> {
    await this.server.close();
    await this.graph.close();
  }
}

/** Resolves when Neo4j itself, asked without the server, answers. */
export async function neo4jAnswers(address: GraphAddress): Promise<void> {
  for (let at = 0; at < 2_000; at++) {
    const graph = new Graph(address);
    try {
      await graph.ping(500);
      return;
    } catch {
      await wait(20);
    } finally {
      await graph.close();
    }
  }
  throw new Error('Neo4j did not come back.');
}
