import { blueprint } from '../../src/entities/blueprint';
import { defaults } from '../../src/config';
import { Graph } from '../../src/graph/graph';
import { createServer } from '../../src/server';
import { openTracer } from '../../src/trace/otlp';
import { Collector, type Sent } from './collector';

const uri = process.env.YUNTU_TEST_NEO4J_URI as string;

/** Asks a traced server, ends it as SIGTERM does, and gives what the collector was sent by then. */
async function trace(
  query: string,
  headers: Record<string, string> = {},
): Promise<readonly Sent[]> {
  const collector = await Collector.open();
  const tracer = await openTracer(collector.endpoint);
  const graph = new Graph({ uri }, { tracer });
  const config = { ...defaults, cacheSize: 0 };
  const server = await createServer({ graph, blueprint, config });
  const url = await server.app.listen({ host: '127.0.0.1', port: 0 });
  const reply = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  await reply.json();
  await server.close();
  await graph.close();
  await tracer?.close();
  await collector.close();
  return collector.spans;
}

/** The names of spans, each below the one that it is part of. */
function tree(spans: readonly Sent[], below?: string): object {
  const known = new Set(spans.map(({ spanId }) => spanId));
  return Object.fromEntries(
    spans
      .filter(({ parentSpanId = '' }) =>
        below === undefined ? !known.has(parentSpanId) : parentSpanId === below,
      )
      .map(({ name, spanId }) => [name, tree(spans, spanId)] as const)
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );
}

test('an operation is told with its plan, its root fields and their statements, all under one trace', async () => {
  const spans = await trace(
    'query Beginning { models(first: 2) { nodes { key } } all: sectors(first: 1) { totalCount } }',
  );
  expect(tree(spans)).toEqual({
    Beginning: { plan: {}, models: { models: {} }, all: { all: {} } },
  });
  expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(1);
  const [operation] = spans.filter(({ name }) => name === 'Beginning');
  expect(operation).toMatchObject({
    kind: 2,
    service: 'yuntu',
    attributes: {
      'graphql.operation.name': 'Beginning',
      'yuntu.cost': expect.any(Number) as number,
    },
  });
  const statement = spans.find(({ kind, name }) => kind === 3 && name === 'models');
  expect(statement?.attributes).toMatchObject({
    'db.system.name': 'neo4j',
    'db.operation.name': 'models',
    'db.query.text': expect.stringContaining('MATCH') as string,
  });
});

test('a verb is told as a root field, and its statements below it', async () => {
  const spans = await trace('{ search(text: "智谱", first: 1) { nodes { __typename } } }');
  const search = spans.find(({ name, kind }) => name === 'search' && kind === 1);
  expect(search).toBeDefined();
  const below = spans.filter(({ parentSpanId }) => parentSpanId === search?.spanId);
  expect(below.length).toBeGreaterThan(0);
  expect(below.every(({ kind }) => kind === 3)).toBe(true);
});

test('a trace that the caller has begun goes on; one that is not to be kept is not', async () => {
  const traceId = '0af7651916cd43dd8448eb211c80319c';
  const traceparent = `00-${traceId}-b7ad6b7169203331-01`;
  const spans = await trace('{ trends { totalCount } }', { traceparent });
  expect(new Set(spans.map((span) => span.traceId))).toEqual(new Set([traceId]));
  expect(spans.find(({ kind }) => kind === 2)?.parentSpanId).toBe('b7ad6b7169203331');
  expect(
    await trace('{ trends { totalCount } }', { traceparent: traceparent.replace(/1$/, '0') }),
  ).toEqual([]);
  // What is no traceparent begins a trace of its own.
  const own = await trace('{ trends { totalCount } }', { traceparent: 'drop table' });
  expect(own.find(({ kind }) => kind === 2)?.parentSpanId).toBeUndefined();
});

test('what fails is told with its code', async () => {
  const spans = await trace('{ companies(after: "no cursor") { totalCount } }');
  expect(spans.find(({ kind }) => kind === 2)).toMatchObject({
    attributes: { 'error.type': 'BAD_USER_INPUT' },
    status: { code: 2 },
  });
});

test('a collector that is away keeps nobody waiting', async () => {
  const tracer = await openTracer('http://127.0.0.1:9');
  const graph = new Graph({ uri }, { tracer });
  expect((await graph.read('RETURN 1')).rows).toEqual([1]);
  await graph.close();
  await tracer?.close();
});
