import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { stringify } from 'yaml';
import { constraintsOf } from '../../../src/derive/constraints';
import { exportGraph, formats } from '../../../src/exchange/export';
import { folder } from '../../../src/exchange/export/files';
import { cypher } from '../../../src/exchange/export/formats/cypher';
import { jsonLines } from '../../../src/exchange/export/formats/json-lines';
import { importFiles } from '../../../src/exchange/import/import';
import { dropDataset } from '../../../src/exchange/journal/drop';
import { parseMapping, readMapping } from '../../../src/exchange/mapping/read-mapping';
import { restoreGraph } from '../../../src/exchange/restore/restore';
import { merge } from '../../../src/exchange/who-is-who/merge';
import { canonicalLines } from '../../support/canonical';
import { client } from '../../support/client';
import { curating } from '../../support/curator';
import { restoreReport } from '../../support/restored-report';

/**
 * The report with the cut of Crunchbase and an analyst's notes beside it: companies and relationships of which two datasets
 * speak, relationships with properties, keys that were given up. What is written down makes the same graph in an empty Neo4j.
 */
const { graph, parts, close } = client();
const { blueprint } = parts;
const root = join(__dirname, '..', '..', '..');
let out: string;
let before: readonly string[];

beforeAll(async () => {
  out = await mkdtemp(join(tmpdir(), 'yuntu-export-'));
  await importFiles(graph, blueprint, parseMapping(stringify(analyst), 'analyst.yaml'), {
    folder: await analystFolder(),
  });
  await graph.write((run) => run("MATCH (p:Person {key: 'yang'}) SET p:Investor"));
  // Two places of one company: one stands aside.
  await merge(graph, blueprint, [{ old: 'Company:zhipu-lab', into: 'Company:zhipu-ai' }], {
    by: 'an analyst',
    because: 'One laboratory, and its, "old" name.',
  });
  await graph.write((run) =>
    run(
      "CREATE (:ToldApart {id: 'Company:minimax Company:moonshot-ai', at: '2025-01-02', by: 'lena'})",
    ),
  );
  await curate();
  before = await canonicalLines(graph);
}, 120_000);
afterAll(async () => {
  await restoreReport();
  await close();
  await rm(out, { recursive: true });
});

/** A curator changes a name and retracts a company. */
async function curate(): Promise<void> {
  const server = await curating();
  const retracted = (await server.change(
    'mutation ($input: RetractInput!) { retract(input: $input, operationId: "round-trip-1") { __typename } }',
    { input: { id: 'Company:baichuan', reason: 'It is another.' } },
  )) as object;
  const citations = [{ source: 'cloud100-2024', page: 1 }];
  const upserted = (await server.change(
    'mutation ($input: UpsertCompanyInput!) { upsertCompany(input: $input, operationId: "round-trip-2") { __typename } }',
    { input: { key: 'minimax', name: 'MiniMax AI', citations } },
  )) as object;
  await server.close();
  expect([retracted, upserted]).toEqual([
    { __typename: 'Retracted' },
    { __typename: 'CompanyUpserted' },
  ]);
}

/** A third dataset, which says other things of companies and relationships of the report. */
const analyst = {
  dataset: 'analyst',
  files: [
    {
      file: 'notes.csv',
      loads: [
        {
          noun: 'Company',
          key: 'key',
          fields: { name: 'name', foundedOn: 'founded', city: 'city' },
          relations: { place: { key: 'place', optional: true }, models: { key: 'model' } },
        },
        {
          noun: 'Person',
          key: 'founder',
          fields: { name: 'founder' },
          relations: {
            founded: { key: 'key', edge: { title: 'title', from: 'founded' } },
          },
        },
      ],
    },
  ],
};
async function analystFolder(): Promise<string> {
  const notes =
    'key,name,founded,city,place,model,founder,title\n' +
    'moonshot-ai,Kimi maker,2023-03,Beijing,cn,moonshot-v1-128k,Yang,CEO\n' +
    'zhipu-ai,"Zhipu, Inc.",2019,Beijing,cn,glm-4,Tang,\n' +
    'zhipu-lab,Zhipu Lab,2020,Singapore,us,glm-4,Tang,\n';
  await writeFile(join(out, 'notes.csv'), notes);
  return out;
}

const empty = () => graph.write((run) => run('MATCH (n) DETACH DELETE n'));
const file = () => join(out, 'graph.jsonl');
const datasets = async () =>
  (
    await graph.read(
      'MATCH (d:Dataset) RETURN d {.name, .title, .since} AS row ORDER BY d.position, d.name',
    )
  ).rows as { name: string }[];
const operations = async () =>
  (await graph.read('MATCH (o:Operation) RETURN properties(o) AS row ORDER BY o.id')).rows;

/** The statements of a script; a semicolon at the end of a line ends one, for no text holds a line end as it is. */
const statementsOf = (script: string): string[] =>
  script.split(/;\n/).filter((statement) => statement.trim());

test('what is exported holds layers, former keys, what was retracted and what stands aside, roles', () => {
  const named = [
    '"said":[',
    '"saidBy":[',
    '"FormerKey"',
    '"ToldApart"',
    '"SET_ASIDE"',
    '"Retraction"',
    '"RetractedCompany"',
    '"RETRACTED_',
    '"Investor"',
    '"title":"CEO"',
  ];
  for (const each of named) expect(before.filter((line) => line.includes(each))).not.toEqual([]);
  expect(before.length).toBeGreaterThan(3_000);
});

test('tables tell who merged what, when and why', async () => {
  const { rows } = await graph.read('MATCH (f:FormerKey) RETURN properties(f) AS row');
  const columns = ['id', 'into', 'key', 'at', 'by', 'because'];
  const expected = (rows as Record<string, string>[]).map((row) =>
    columns.map((name) => row[name] ?? ''),
  );
  expect(expected).toHaveLength(1);
  const as = (name: string) =>
    formats.find((each) => each.name === name) as (typeof formats)[number];
  const tables = join(out, 'tables');
  await exportGraph(graph, blueprint, as('csv'), folder(tables));
  const text = await readFile(join(tables, 'FormerKey.csv'), 'utf8');
  expect(parse(text)).toEqual([columns, ...expected]);
  await exportGraph(graph, blueprint, as('parquet'), folder(tables));
  const { asyncBufferFromFile, parquetReadObjects } = await import('hyparquet');
  const { compressors } = await import('hyparquet-compressors');
  const file = await asyncBufferFromFile(join(tables, 'FormerKey.parquet'));
  const found = await parquetReadObjects({ file, compressors });
  expect(found.map((row) => columns.map((name) => (row[name] as string | null) ?? ''))).toEqual(
    expected,
  );
});

test('a Cypher script makes the same graph in an empty Neo4j, and the second run changes nothing', async () => {
  const believed = await datasets();
  await exportGraph(graph, blueprint, cypher, folder(out));
  const statements = statementsOf(await readFile(join(out, 'graph.cypher'), 'utf8'));
  // The constraints stand already: each costs a transaction of its own.
  const rows = statements.filter((each) => /^(UNWIND|MERGE)/.test(each));
  const others = statements.filter((each) => !rows.includes(each));
  expect(others.slice(0, -1).map((each) => `${each};`)).toEqual(constraintsOf(blueprint));
  await empty();
  for (const statement of rows) await graph.schema(statement);
  expect(await canonicalLines(graph)).toEqual(before);
  expect(await datasets()).toEqual(believed);
  for (const statement of rows) await graph.schema(statement);
  expect(await canonicalLines(graph)).toEqual(before);
}, 300_000);

test('JSON Lines, packed or not, restore the same graph; what is there is not overwritten unasked', async () => {
  await importFiles(
    graph,
    blueprint,
    await readMapping(join(root, 'examples', 'crunchbase-2013', 'mapping.yaml')),
    { folder: join(root, 'tests', 'data', 'crunchbase-2013') },
  );
  before = await canonicalLines(graph);
  expect(before.length).toBeGreaterThan(5_000);
  await exportGraph(graph, blueprint, jsonLines, folder(out));
  const believed = await datasets();
  const done = await operations();
  expect(done.length).toBe(2);
  await empty();
  await restoreGraph(graph, blueprint, file());
  expect(await canonicalLines(graph)).toEqual(before);
  expect(await datasets()).toEqual(believed);
  expect(await operations()).toEqual(done);
  await expect(restoreGraph(graph, blueprint, file())).rejects.toThrow(/not empty/);

  const again = await restoreGraph(graph, blueprint, file(), { merge: true });
  expect(again.total).toMatchObject({ created: 0, changed: 0 });
  expect(again.total.unchanged).toBeGreaterThan(5_000);

  await empty();
  await writeFile(`${file()}.gz`, gzipSync(await readFile(file())));
  await restoreGraph(graph, blueprint, `${file()}.gz`);
  expect(await canonicalLines(graph)).toEqual(before);

  await exportGraph(graph, blueprint, jsonLines, folder(join(out, 'again')));
  const [one, two] = await Promise.all(
    [file(), join(out, 'again', 'graph.jsonl')].map((path) => readFile(path, 'utf8')),
  );
  expect(two).toBe(one);
}, 120_000);

test('a restore that was ended early is finished by the same file, whatever was there of it', async () => {
  await graph.write((run) =>
    run(
      `MATCH (n) WHERE NOT n:Dataset WITH n ORDER BY elementId(n) WITH collect(n) AS nodes
       UNWIND range(0, size(nodes) - 1) AS i WITH nodes[i] AS n, i WHERE i % 3 = 1 DETACH DELETE n`,
    ),
  );
  await restoreGraph(graph, blueprint, file(), { merge: true });
  expect(await canonicalLines(graph)).toEqual(before);
}, 120_000);

test('merged into a graph that knows one dataset, a file adds the other and the layers of both', async () => {
  await dropDataset(graph, blueprint, 'analyst');
  const less = await canonicalLines(graph);
  expect(less.length).toBeLessThan(before.length);
  await restoreGraph(graph, blueprint, file(), { merge: true });
  expect(await canonicalLines(graph)).toEqual(before);
  expect((await datasets()).map(({ name }) => name)).toEqual([
    'curated',
    'cloud100-2024',
    'crunchbase-2013',
    'analyst',
  ]);
}, 120_000);

test('what was retracted here stays hidden, and what was merged away is told', async () => {
  const path = join(out, 'shown.jsonl');
  const restored = async (key: string) => {
    const company = `{"noun":"Company","key":"${key}","name":"Again"}`;
    await writeFile(path, `{"yuntu":"graph","version":2}\n${company}\n{"end":2}\n`);
    return restoreGraph(graph, blueprint, path, { merge: true });
  };
  await restored('baichuan');
  await expect(restored('zhipu-lab')).rejects.toThrow(/was merged into Company:zhipu-ai/);
  expect(await canonicalLines(graph)).toEqual(before);
}, 60_000);
