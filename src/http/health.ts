import type { FastifyInstance } from 'fastify';
import { causeOf } from '../graph/faults';
import type { Graph } from '../graph/graph';
import type { Upkeep } from '../graph/upkeep';

/** Milliseconds for which an answer of the database proves that it is there. */
const proof = 2_000;

export interface State {
  readonly ready: boolean;
  readonly database: boolean;
  readonly breaker: string;
  readonly draining: boolean;
  /** The driver's code for what is wrong with the database, such as `ServiceUnavailable`. */
  readonly why?: string;
  /** Constraints and indexes that the database lacks, and why they cannot be made. */
  readonly missing?: readonly string[];
  readonly lack?: string;
}

/** Whether the server may be sent requests. */
export class Health {
  #seen = -Infinity;
  #why: string | undefined;
  #asking: Promise<void> | undefined;
  /** Set once the server is being ended: it answers what is on its way and wants nothing more. */
  draining = false;

  constructor(
    readonly graph: Graph,
    readonly upkeep: Upkeep,
  ) {}

  /** What is so; the database is asked where its last answer is older than two seconds. */
  async look(): Promise<State> {
    const { graph, draining } = this;
    // Never more than one in flight, however many want to know.
    if (performance.now() - this.#seen > proof)
      await (this.#asking ??= this.#ask().finally(() => (this.#asking = undefined)));
    const database = performance.now() - this.#seen <= proof;
    const { missing, why: lack } = database ? await this.upkeep.look() : { missing: [] };
    const breaker = graph.breaker.state;
    return {
      ready: database && breaker !== 'open' && !draining && !missing.length,
      database,
      breaker,
      draining,
      ...(this.#why ? { why: this.#why } : {}),
      ...(missing.length ? { missing: missing.slice(0, 10), lack } : {}),
    };
  }

  async #ask(): Promise<void> {
    try {
      await this.graph.ping(1_000);
      this.#seen = performance.now();
      this.#why = undefined;
    } catch (fault) {
      this.#seen = -Infinity;
      this.#why = causeOf(fault);
    }
  }
}

/** `/livez`: the process runs. `/readyz`: it can answer; 503 where it can't, with the reason. */
export function tellHealth(app: FastifyInstance, health: Health): void {
  app.get('/livez', async () => ({ live: true }));
  app.get('/readyz', async (_request, reply) => {
    const state = await health.look();
    void reply.code(state.ready ? 200 : 503).header('cache-control', 'no-store');
    if (!state.ready) void reply.header('retry-after', '1');
    return state;
  });
}
