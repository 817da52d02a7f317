import { setTimeout as wait } from 'node:timers/promises';
import { constraintsOf } from '../../src/derive/constraints';
import { blueprint } from '../../src/entities/blueprint';
import { defaults, type Config } from '../../src/config';
import { Graph, type GraphAddress } from '../../src/graph/graph';
import { prepare } from '../../src/graph/prepare';
import { createServer, type Server } from '../../src/server';
import { Workload } from './workload';

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
    const config = { ...defaults, cacheSize: 0, ...settings };
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
   * @throws the first error's `extensions`: `{ code }`
   */
  readonly ask = async (query = '{ companies(first: 1) { totalCount } }'): Promise<void> => {
    const reply = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: query.replace(/}$/, `a${this.#asked++}: __typename }`) }),
    });
    const { errors } = (await reply.json()) as { errors?: { extensions: { code: string } }[] };
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- what a client has of a fault
    if (errors) throw errors[0]?.extensions;
  };

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

  /** Clients that ask over HTTP and write. */
  work(name: string, clients?: number): Workload {
    return new Workload(this.graph, name, this.ask, clients);
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
