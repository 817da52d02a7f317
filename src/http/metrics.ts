import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { codes } from '../errors';
import type { Graph } from '../graph/graph';
import type { AnswerCache } from './cache/cache';
import type { Queue } from './limits/queue';
import { step } from './step';
import { whenOver } from './under-way';

/** What the metrics are read from. */
export interface Measured {
  readonly graph: Graph;
  readonly queue: Queue;
  readonly cache: AnswerCache;
}

/**
 * Measures, for Prometheus: requests by path and status, their time, cost, errors and statements; operations that run and
 * wait; calls to the database beside its pool; the cache; the breaker; the process with its event loop. Names of
 * operations are no labels: callers choose them.
 */
export function measure(app: FastifyInstance, { graph, queue, cache }: Measured): Registry {
  const registers = [new Registry()];
  const [registry] = registers as [Registry];
  collectDefaultMetrics({ register: registry });
  const seconds = new Histogram({
    name: 'yuntu_request_seconds',
    help: 'Time from the head of a request to the end of its answer.',
    labelNames: ['path', 'status'] as const,
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers,
  });
  const cost = new Histogram({
    name: 'yuntu_operation_cost',
    help: 'Cost of the operations that were let through; answers from the cache are none.',
    buckets: [1, 10, 100, 1_000, 10_000],
    registers,
  });
  const left = new Counter({
    name: 'yuntu_requests_left_total',
    help: 'Requests whose caller went away before the answer was out.',
    registers,
  });
  const errors = new Counter({
    name: 'yuntu_errors_total',
    help: 'Errors that answers told, by extensions.code.',
    labelNames: ['code'] as const,
    registers,
  });
  // From nought on, so that the first error is seen as a rise.
  for (const code of codes) errors.inc({ code }, 0);
  const answers = new Counter({
    name: 'yuntu_cache_requests_total',
    help: 'Requests for /graphql by how they stood to the cache: hit, miss or off.',
    labelNames: ['status'] as const,
    registers,
  });
  new Counter({
    name: 'yuntu_statements_total',
    help: 'Statements sent to the database.',
    registers,
    collect() {
      this.reset();
      this.inc(graph.statements);
    },
  });
  const gauge = (name: string, help: string, read: () => number): void => {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  };
  gauge('yuntu_operations_running', 'Operations that run.', () => queue.load.running);
  gauge('yuntu_operations_waiting', 'Operations that wait.', () => queue.load.waiting);
  gauge('yuntu_pool_calls', 'Calls to the database under way.', () => graph.pool.calls);
  gauge('yuntu_pool_size', 'Connections to the database at the most.', () => graph.pool.size);
  gauge('yuntu_cache_bytes', 'Memory that kept answers take.', () => cache.size);
  gauge('yuntu_breaker_open', '1 while calls to the database are ended at once.', () =>
    graph.breaker.state === 'open' ? 1 : 0,
  );
  step(app, 'onRequest', (request, reply) => {
    whenOver(request, reply, () => {
      const { account, standing } = request;
      const path = request.routeOptions.url ?? 'unknown';
      const took = (performance.now() - account.began) / 1_000;
      seconds.observe({ path, status: reply.raw.statusCode }, took);
      if (account.cost !== undefined && standing?.status !== 'hit') cost.observe(account.cost);
      if (standing) answers.inc({ status: standing.status });
      for (const code of account.codes ?? []) errors.inc({ code });
      if (!reply.raw.writableFinished) left.inc();
    });
  });
  return registry;
}

/** Tells at `/metrics` what was measured. */
export function tellMetrics(app: FastifyInstance, registry: Registry): void {
  app.get('/metrics', async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
}
