import type { FastifyInstance } from 'fastify';
import type { Graph } from '../graph/graph';

/** Milliseconds for which an answer of the database proves that it is there. */
const proof = 2_000;

/** Whether the server may be sent requests. */
export class Health {
  #seen = -Infinity;
  /** Set once the server is being ended: it answers what is on its way and wants nothing more. */
  draining = false;

  constructor(readonly graph: Graph) {}

  /** What is so; the database is asked where its last answer is older than two seconds. */
  async look(): Promise<{ database: boolean; breaker: string; draining: boolean }> {
    if (performance.now() - this.#seen > proof)
      await this.graph.ping(1_000).then(
        () => (this.#seen = performance.now()),
        () => (this.#seen = -Infinity),
      );
    return {
      database: performance.now() - this.#seen <= proof,
      breaker: this.graph.breaker.state,
      draining: this.draining,
    };
  }
}

/** `/livez`: the process runs. `/readyz`: it can answer; 503 where it can't, with the reason. */
export function tellHealth(app: FastifyInstance, health: Health): void {
  app.get('/livez', async () => ({ live: true }));
  app.get('/readyz', async (_request, reply) => {
    const state = await health.look();
    const ready = state.database && state.breaker !== 'open' && !state.draining;
    void reply.code(ready ? 200 : 503).header('cache-control', 'no-store');
    if (!ready) void reply.header('retry-after', '1');
    return { ready, ...state };
  });
}
