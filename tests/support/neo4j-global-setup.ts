import 'reflect-metadata';
import { join } from 'node:path';
import { readConfig } from '../../src/config';
import { constraintsOf } from '../../src/derive/constraints';
import { blueprint } from '../../src/entities/blueprint';
import { loadDataset } from '../../src/exchange/dataset';
import { Graph } from '../../src/graph/graph';
import { openLocal } from '../../src/graph/local/server';
import { openNeo4j, type OpenNeo4j } from '../../src/graph/open';
import { prepare } from '../../src/graph/prepare';
import { countsOf } from './restored-report';

const root = join(__dirname, '..', '..');

declare global {
  var neo4jOfTests: readonly OpenNeo4j[] | undefined;
}

const progress = (message: string) => process.stderr.write(`${message}\n`);

/**
 * A Neo4j for each worker, apart from any that `npm start` uses: in homes and on ports of their own, their jars shared.
 * NEO4J_TEST_URI names another. Each starts empty, and holds the report.
 */
export default async function setUp({ maxWorkers = 1 } = {}): Promise<void> {
  const opened: OpenNeo4j[] = [];
  globalThis.neo4jOfTests = opened;
  // One after the other: the first may fetch the jars.
  for (let worker = 1; worker <= maxWorkers; worker++) opened.push(await open(worker));
  const uris = opened.map(({ uri }) => uri);
  process.env.NEO4J_URIS_OF_TESTS = JSON.stringify(uris);
  process.env.YUNTU_TEST_NEO4J_URI = uris[0];
  [process.env.REPORT_OF_TESTS] = await Promise.all(opened.map(fill));
}

async function open(worker: number): Promise<OpenNeo4j> {
  const uri = process.env.NEO4J_TEST_URI;
  const config = readConfig({ ...process.env, NEO4J_URI: uri });
  return uri
    ? openNeo4j(config, process.env, progress)
    : openLocal({
        home: join(root, '.yuntu', worker === 1 ? 'test' : `test-${worker}`),
        jars: config.home,
        version: config.neo4jVersion,
        heap: '1g',
        env: process.env,
        progress,
      });
}

async function fill(neo4j: OpenNeo4j): Promise<string> {
  const graph = new Graph(neo4j);
  await graph.write((run) => run('MATCH (n) DETACH DELETE n'));
  await prepare(graph, constraintsOf(blueprint));
  await loadDataset(graph, blueprint, join(root, 'data', 'cloud100-2024'));
  const counts = await countsOf(graph);
  await graph.close();
  return counts;
}
