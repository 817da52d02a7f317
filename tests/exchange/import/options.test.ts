import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { decode, encode } from 'iconv-lite';
import { stringify } from 'yaml';
import { blueprint } from '../../../src/entities/blueprint';
import { importFiles } from '../../../src/exchange/import/import';
import type { ImportOptions } from '../../../src/exchange/import/options';
import { dropDataset } from '../../../src/exchange/journal/drop';
import { parseMapping } from '../../../src/exchange/mapping/read-mapping';
import { canonicalLines } from '../../support/canonical';
import { client } from '../../support/client';
import { yuntu } from '../../support/command';
import { hasPython, python } from '../../support/python';

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

const mappingOf = (file: string, more: object = {}): string => {
  const loads = [{ noun: 'Company', key: 'key', fields: { name: 'name', foundedOn: 'founded' } }];
  return stringify({ dataset: 'opts', files: [{ file, loads, ...more }] });
};
const load = (file: string, options: Partial<ImportOptions> = {}, more: object = {}) =>
  importFiles(graph, blueprint, parseMapping(mappingOf(file, more), 'mapping.yaml'), {
    folder,
    rejects,
    ...options,
  });
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

test('a dry run tells what would be and writes down the rejected rows; the graph stays as it is', async () => {
  const report = await load('rows.csv', { dryRun: true });
  expect(report).toMatchObject({ state: 'DRY', rejected: bad.length });
  expect(report.kinds.Company?.created).toBe(good.length);
  const [head, ...lines] = readFileSync(report.rejects[0] as string, 'utf8')
    .trim()
    .split('\n');
  expect(head).toBe('key,name,founded,error');
  expect(lines.map((line) => line.split(',')[0])).toEqual(bad.map(({ key }) => key));
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

describe('rejected rows come back in the form of their file, and nothing is left of the error', () => {
  const awkward = rows.map((row) => ({ ...row, name: `${row.name}, "so" it's; 云\t|` }));
  const parted = (sign = ',', mark = '"', head = true): string =>
    [...(head ? [{ key: 'key', name: 'name', founded: 'founded' }] : []), ...awkward]
      .map(({ key, name, founded }) =>
        [key, `${mark}${name.replaceAll(mark, mark + mark)}${mark}`, founded].join(sign),
      )
      .join('\n');
  const lines = awkward.map((row) => JSON.stringify(row));
  const header = ['key', 'name', 'founded'];
  /** What the mapping says of the file, and of the rejected rows where that is another thing. */
  const forms: readonly (readonly [file: string, bytes: Buffer, spec?: object, mended?: object])[] =
    [
      ['plain.csv', Buffer.from(parted())],
      ['tabs.tsv', Buffer.from(parted('\t'))],
      ['semicolons.csv', Buffer.from(parted(';')), { delimiter: ';' }],
      ['single.csv', Buffer.from(parted(',', "'")), { quote: "'", escape: "'" }],
      ['titled.csv', Buffer.from(`A list\n\n${parted()}`), { headerLine: 3 }],
      ['headless.csv', Buffer.from(parted(',', '"', false)), { header }],
      ['gbk.csv', encode(parted(), 'gbk'), { encoding: 'gbk' }],
      ['utf-16.csv', encode(parted(), 'utf-16'), { encoding: 'utf-16' }],
      ['marked.csv', encode(parted(), 'utf-16le', { addBOM: true })],
      ['packed.csv.gz', gzipSync(parted())],
      ['list.json', Buffer.from(`{"data": [${lines.join(',')}]}`), { at: 'data' }, {}],
      ['lines.jsonl', Buffer.from(lines.join('\r\n'))],
    ];
  const each = forms.map(([file, bytes, spec = {}, mended = spec]) => ({
    file,
    bytes,
    spec,
    mended,
  }));
  test.each(each)('$file', async ({ file, bytes, spec, mended }) => {
    writeFileSync(join(folder, file), bytes);
    const { rejects: paths } = await load(file, {}, spec);
    const path = paths[0] as string;
    const { encoding = 'utf8' } = spec as { encoding?: string };
    const told = decode(readFileSync(path), encoding);
    writeFileSync(path, encode(told.replaceAll('long ago', '1999'), encoding));
    const again = { folder: rejects, rejects: join(rejects, 'again') };
    expect(await load(basename(path), again, mended)).toMatchObject({ rejected: 0 });
    const { rows: found } = await graph.read(
      "MATCH (c:Company) WHERE 'opts' IN c.datasets RETURN [c.key, c.name, c.foundedOn, c.extra] AS row",
    );
    const whole = awkward.map(({ key, name, founded }) => [
      key,
      name,
      founded === 'long ago' ? '1999' : founded,
      null,
    ]);
    expect(new Set(found)).toEqual(new Set(whole));
  });
});

// cspell:ignore fromisoformat openal opnai
test('a reference that matches nothing is told with what was likely meant', async () => {
  const loads = (developer: object) => [
    { noun: 'Model', key: 'key', fields: { name: 'key' }, relations: { developers: developer } },
  ];
  const told = async (developer: object, meant: readonly string[]) => {
    const lines = meant.map((name, at) => `opts-model-${at},${name}`);
    writeFileSync(join(folder, 'models.csv'), `key,by\n${lines.join('\n')}\n`);
    const report = await load('models.csv', {}, { loads: loads(developer) });
    expect(report.rejected).toBe(meant.length);
    return JSON.stringify(report.faults).replaceAll('\\"', "'");
  };
  const byKey = await told({ key: 'by' }, ['openal', 'moonshot', 'zzzzzz']);
  expect(byKey).toContain("'openal' is no Company in the graph. Did you mean 'openai' (OpenAI)?");
  expect(byKey).toMatch(/'moonshot' is no Company .* Did you mean .*'moonshot-ai' \(Moonshot AI\)/);
  expect(byKey).toMatch(/'zzzzzz' is no Company in the graph\.(?! Did)/);
  const byName = await told({ find: { name: 'by' } }, ['Opnai', '智譜']);
  expect(byName).toContain(
    "'Opnai' matches no Company in the graph. Did you mean 'OpenAI' (openai)?",
  );
  expect(byName).toMatch(/'智譜' matches no Company in the graph\. Did you mean .*\(zhipu-ai\)/);
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

/** A workbook as others write it, in its second sheet what an import is to read; `{ date }` is a cell of that kind. */
const writeBook = (sheet: string, cells: readonly (readonly unknown[])[]): void =>
  python(
    ['openpyxl==3.1.5'],
    `import json, sys, datetime, openpyxl
path, title, rows = json.load(sys.stdin)
book = openpyxl.Workbook()
book.active.append(['not', 'this', '=1+1'])
sheet = book.create_sheet(title)
for row in rows:
    sheet.append([datetime.date.fromisoformat(cell['date']) if isinstance(cell, dict) else cell for cell in row])
book.save(path)
print('null')`,
    [join(folder, 'rows.xlsx'), sheet, [['key', 'name', 'founded'], ...cells]],
  );

// Numbers and dates are cells of their own kinds.
(hasPython ? test : test.skip)('a sheet of a workbook is read as CSV is', async () => {
  const cellOf = (founded: string, at: number) =>
    /\D/.test(founded) ? founded : at % 2 ? { date: `${founded}-01-01` } : Number(founded);
  writeBook(
    'Companies',
    rows.map(({ key, name, founded }, at) => [key, name, cellOf(founded, at)]),
  );
  const report = await load('rows.xlsx', {}, { sheet: 'Companies' });
  expect(report).toMatchObject({ state: 'DONE', rejected: bad.length });
  const { rows: dated } = await graph.read(
    "MATCH (c:Company) WHERE 'opts' IN c.datasets RETURN [c.key, c.foundedOn] AS row",
  );
  const founded = good.map(({ key, founded: year }) => [
    key,
    Number(key.slice(4)) % 2 ? `${year}-01-01` : year,
  ]);
  expect(new Map(dated as [string, string][])).toEqual(new Map(founded as [string, string][]));
});

// What writes a workbook without working it out leaves formulas without values, which read as empty cells.
(hasPython ? test : test.skip)(
  'a formula without its value is told, not taken for nothing',
  async () => {
    writeBook(
      'R&D <2>',
      good.map(({ key, name }, at) => [key, name, at % 5 ? null : `=2000+${at}`]),
    );
    const report = await load('rows.xlsx', {}, { sheet: 'R&D <2>' });
    const formulas = good.filter((_, at) => at % 5 === 0).length;
    expect(report).toMatchObject({ state: 'DONE', rejected: formulas });
    expect(JSON.stringify(report.faults)).toContain(
      'has a formula without its value in C2; open the workbook in a spreadsheet program and save it.',
    );
  },
);

test('the command writes its whole report down, and ends with 1 where rows were rejected', async () => {
  writeFileSync(join(folder, 'mapping.yaml'), mappingOf('rows.csv'));
  const told = join(folder, 'report.json');
  const { code, out } = await yuntu(
    ...['import', join(folder, 'mapping.yaml'), '--report', told, '--rejects', rejects],
  );
  expect(code).toBe(1);
  expect(out).toContain(`${good.length} loaded, ${bad.length} rejected`);
  const report = JSON.parse(readFileSync(told, 'utf8')) as { files: object[]; faults: object };
  expect(report).toMatchObject({ state: 'DONE', dataset: 'opts', rejected: bad.length });
  expect(report.files).toMatchObject([{ file: 'rows.csv', rows: rows.length }]);
  expect(JSON.stringify(report.faults)).toContain('rows.csv:5');
});

test('under --strict the command loads nothing and ends with 2, whatever makes the row bad', async () => {
  writeFileSync(
    join(folder, 'strict.csv'),
    'key,by\nopts-known,openai\nopts-unknown,opts-nobody\n',
  );
  const relations = { developers: { key: 'by' } };
  const unknown = { loads: [{ noun: 'Model', key: 'key', fields: { name: 'key' }, relations }] };
  for (const [name, mapping, told] of [
    ['value.yaml', mappingOf('rows.csv'), 'rows.csv:5'],
    ['reference.yaml', mappingOf('strict.csv', unknown), '"opts-nobody" is no Company'],
  ] as const) {
    writeFileSync(join(folder, name), mapping);
    const { code, out, err } = await yuntu(
      ...['import', join(folder, name), '--strict', '--rejects', rejects],
    );
    expect(out + err).toContain(told);
    expect(code).toBe(2);
    expect(await canonicalLines(graph)).toEqual(before);
  }
});

test('data in the place of a mapping, and a file that is not there, are told for what they are', async () => {
  const data = join(folder, 'data.csv');
  writeFileSync(data, 'key,name\na,A\n');
  expect(await yuntu('import', data)).toMatchObject({
    code: 2,
    err: expect.stringContaining(`yuntu import --suggest ${data} drafts one.`),
  });
  expect(await yuntu('import', join(folder, 'nothing.yaml'))).toMatchObject({
    code: 2,
    err: expect.stringMatching(/^There is no file ".*nothing\.yaml"\.$/m),
  });
});
