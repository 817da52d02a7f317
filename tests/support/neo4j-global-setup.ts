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
  var neo4jOfTests: OpenNeo4j | undefined;
}

/**
 * One Neo4j for the whole run, apart from any that `npm start` uses: in a home and on a port of its own, its jars
 * shared. NEO4J_TEST_URI names another. It starts empty, and holds the report.
 */
export default async function setUp(): Promise<void> {
  const progress = (message: string) => process.stderr.write(`${message}\n`);
  const uri = process.env.NEO4J_TEST_URI;
  const config = readConfig({ ...process.env, NEO4J_URI: uri });
  const neo4j = uri
    ? await openNeo4j(config, process.env, progress)
    : await openLocal({
        home: join(root, '.yuntu', 'test'),
        jars: config.home,
        version: config.neo4jVersion,
        heap: '1g',
        env: process.env,
        progress,
      });
  globalThis.neo4jOfTests = neo4j;
  process.env.YUNTU_TEST_NEO4J_URI = neo4j.uri;
  const graph = new Graph(neo4j);
  await graph.write((run) => run('MATCH (n) DETACH DELETE n'));
  await prepare(graph, constraintsOf(blueprint));
  await loadDataset(graph, blueprint, join(root, 'data', 'cloud100-2024'));
  process.env.REPORT_OF_TESTS = await countsOf(graph);
  await graph.close();
}
