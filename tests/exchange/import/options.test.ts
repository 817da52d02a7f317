import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { blueprint } from '../../../src/entities/blueprint';
import { importFiles } from '../../../src/exchange/import/import';
import type { ImportOptions } from '../../../src/exchange/import/options';
import { dropDataset } from '../../../src/exchange/journal/drop';
import { parseMapping } from '../../../src/exchange/mapping/read-mapping';
import { canonicalLines } from '../../support/canonical';
import { client } from '../../support/client';

/** What an analyst may ask of an import beside the mapping. */
const { graph, close } = client();
const folder = mkdtempSync(join(tmpdir(), 'yuntu-options-'));
const rejects = join(folder, 'rejects');
const rows = Array.from({ length: 12 }, (_, at) => ({
  key: `row-${at}`,
  name: `Row ${at}`,
  founded: at % 4 === 3 ? 'long ago' : `20${10 + at}`,
}));
const good = rows.filter(({ founded }) => founded !== 'long ago');
const bad = rows.filter((row) => !good.includes(row));

const load = (file: string, options: Partial<ImportOptions> = {}) => {
  const fields = { name: 'name', foundedOn: 'founded' };
  const mapping = {
    dataset: 'opts',
    files: [{ file, loads: [{ noun: 'Company', key: 'key', fields }] }],
  };
  const parsed = parseMapping(stringify(mapping), 'mapping.yaml');
  return importFiles(graph, blueprint, parsed, { folder, rejects, ...options });
};
const loaded = async () =>
  (
    await graph.read(
      "MATCH (c:Company) WHERE 'opts' IN c.datasets RETURN c.key AS row ORDER BY row",
    )
  ).rows;
const keys = (of: readonly { key: string }[]) => of.map(({ key }) => key).sort();

let before: readonly string[];
beforeAll(async () => {
  before = await canonicalLines(graph);
  const lines = rows.map(({ key, name, founded }) => `${key},${name},${founded}`);
  writeFileSync(join(folder, 'rows.csv'), `key,name,founded\n${lines.join('\n')}\n`);
});
afterEach(() => dropDataset(graph, blueprint, 'opts').catch(() => {}));
afterAll(async () => {
  await close();
  rmSync(folder, { recursive: true });
});

test('a dry run tells what would be, and writes nothing', async () => {
  const report = await load('rows.csv', { dryRun: true });
  expect(report).toMatchObject({ state: 'DRY', rejected: bad.length });
  expect(report.kinds.Company?.created).toBe(good.length);
  expect(await canonicalLines(graph)).toEqual(before);
});

test('strict writes nothing at all where a row is bad', async () => {
  await expect(load('rows.csv', { strict: true })).rejects.toThrow(/rows\.csv:5.*"long ago"/);
  expect(await loaded()).toEqual([]);
});

test('a limit takes the first rows; too many bad rows stop it', async () => {
  await load('rows.csv', { limit: 3 });
  expect(await loaded()).toEqual(keys(rows.slice(0, 3)));
  const stopped = await load('rows.csv', { maxErrors: 1, batch: 4 });
  expect(stopped.state).toBe('STOPPED');
  const enough = await load('rows.csv', { maxErrors: bad.length });
  expect(enough).toMatchObject({ state: 'DONE', rejected: bad.length });
});

test('what was rejected is mended in its own file and loaded', async () => {
  const { rejects: files } = await load('rows.csv');
  const text = readFileSync(files[0] as string, 'utf8');
  expect(text.split('\n')[0]).toBe('key,name,founded,error');
  writeFileSync(join(folder, 'mended.csv'), text.replaceAll('long ago', '1999'));
  expect(await load('mended.csv')).toMatchObject({ rejected: 0 });
  expect(await loaded()).toEqual(keys(rows));
});

test('Parquet is read as CSV is', async () => {
  const columnData = (['key', 'name', 'founded'] as const).map((name) => ({
    name,
    data: rows.map((row) => row[name]),
    type: 'STRING' as const,
  }));
  const { parquetWriteBuffer } = await import('hyparquet-writer');
  const bytes = parquetWriteBuffer({ columnData, rowGroupSize: 5 });
  writeFileSync(join(folder, 'rows.parquet'), Buffer.from(bytes));
  expect(await load('rows.parquet')).toMatchObject({ rejected: bad.length });
  expect(await loaded()).toEqual(keys(good));
});
