import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { constraintsOf } from '../../../src/derive/constraints';
import { exportGraph } from '../../../src/exchange/export';
import { folder } from '../../../src/exchange/export/files';
import { cypher } from '../../../src/exchange/export/formats/cypher';
import { canonicalLines } from '../../support/canonical';
import { client } from '../../support/client';

const { graph, parts, close } = client();
let out: string;

beforeAll(async () => {
  out = await mkdtemp(join(tmpdir(), 'yuntu-export-'));
});
afterAll(async () => {
  await close();
  await rm(out, { recursive: true });
});

/** Which datasets there are, and in which order they are believed, is not exported. */
const empty = () => graph.write((run) => run('MATCH (n) WHERE NOT n:Dataset DETACH DELETE n'));

/** The statements of a script; a semicolon at the end of a line ends one, for no text holds a line end as it is. */
const statementsOf = (script: string): string[] =>
  script.split(/;\n/).filter((statement) => statement.trim());

test('a Cypher script makes the same graph in an empty Neo4j, and the second run changes nothing', async () => {
  const before = await canonicalLines(graph);
  expect(before.length).toBeGreaterThan(3_000);
  await exportGraph(graph, parts.blueprint, cypher, folder(out));
  const statements = statementsOf(await readFile(join(out, 'graph.cypher'), 'utf8'));
  // The constraints stand already: each costs a transaction of its own.
  const rows = statements.filter((each) => each.startsWith('UNWIND'));
  const others = statements.filter((each) => !rows.includes(each));
  expect(others.slice(0, -1).map((each) => `${each};`)).toEqual(constraintsOf(parts.blueprint));
  await empty();
  for (const statement of rows) await graph.schema(statement);
  expect(await canonicalLines(graph)).toEqual(before);
  for (const statement of rows) await graph.schema(statement);
  expect(await canonicalLines(graph)).toEqual(before);
}, 300_000);
