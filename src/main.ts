import { createRequire } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { ConfigFaults, configHelp, readConfig } from './config';
import { constraintsOf } from './derive/constraints';
import { countAll } from './derive/statements';
import { blueprint } from './entities/blueprint';
import { Graph } from './graph/graph';
import { openNeo4j } from './graph/open';
import { prepare } from './graph/prepare';
import { createParts, createServer } from './server';
import { examples } from './http/examples';
import { openOutput } from './http/log';
import { openTracer } from './trace/otlp';

type Loader = typeof import('./command/load-report');

/** Milliseconds for which the server goes on answering once it is no longer ready. */
const leave = 1_000;

const { say, log, close } = openOutput(process.stderr.fd);
// Whoever reads it may be gone.
process.stderr.on('error', () => {});

async function main(): Promise<void> {
  if (process.argv.includes('--help') || process.argv.includes('-h')) {
    process.stdout.write(`${configHelp()}\n`);
    return;
  }
  // Left to itself, the heap grows to four times what is in use before what is dead is looked for. Twice answers as fast
  // in 180 MB where it took 250.
  setFlagsFromString('--heap-growing-percent=100');
  const config = readConfig(process.env);
  const neo4j = await openNeo4j(config, process.env, say);
  const tracer = await openTracer(config.otlpEndpoint);
  const graph = new Graph(neo4j, {
    tracer,
    noticeWithin: config.noticeWithin,
    poolSize: config.poolSize,
    deadline: config.databaseDeadline,
  });
  const ending: (() => Promise<void>)[] = [
    close,
    () => neo4j.close(),
    async () => tracer?.close(),
    () => graph.close(),
  ];
  let ended: Promise<void> | undefined;
  const end = (): Promise<void> =>
    (ended ??= (async () => {
      for (const close of ending.reverse()) await close();
    })());
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      say('Closing ...');
      void end().then(() => process.exit(0));
    });
  try {
    // The schema is built while the database is on its way to answer.
    const reached = graph.ping(8_000);
    const parts = createParts(blueprint);
    await reached;
    const [nodes] = (await graph.read(countAll)).rows;
    const fresh = await prepare(graph, constraintsOf(blueprint));
    if (fresh) say(`Applied ${fresh} constraints and indexes.`);
    if (!nodes) {
      say('Loading the report Cloud 100 China 2024 ...');
      // Needed once in the life of a graph, so not read at every start.
      const { loadReport } = createRequire(__filename)('./command/load-report') as Loader;
      const { created } = await loadReport(graph);
      say(`Loaded ${created} nodes and relationships.`);
    }
    const server = await createServer({
      graph,
      blueprint,
      parts,
      config,
      log,
    });
    ending.push(() => server.close(leave));
    const url = await server.app.listen({ host: config.host, port: config.port });
    const pages = `, ${url}/ to try queries, ${url}/explore to look at pictures`;
    say(
      `\nYuntu 云图 is ready: ${url}/graphql${config.profile === 'locked' ? '' : pages}. For a start:\n`,
    );
    for (const { title, query } of examples.slice(0, 3)) say(`# ${title}\n${query}\n`);
  } catch (error) {
    await end();
    throw error;
  }
}

main().catch((error: unknown) => {
  const { name, message, cause } = error as Error & { cause?: Error };
  const why = cause ? ` (${cause.message})` : '';
  say(
    error instanceof ConfigFaults
      ? message
      : `Yuntu could not start. ${name === 'Error' ? '' : `${name}: `}${message}${why}`,
  );
  process.exitCode = 1;
});
