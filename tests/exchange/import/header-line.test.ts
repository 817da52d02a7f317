import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { stringify } from 'yaml';
import { blueprint } from '../../../src/entities/blueprint';
import { importFiles } from '../../../src/exchange/import/import';
import { dropDataset } from '../../../src/exchange/journal/drop';
import { parseMapping } from '../../../src/exchange/mapping/read-mapping';
import { suggestMapping } from '../../../src/exchange/mapping/suggest';
import { client } from '../../support/client';
import { hasPython, python } from '../../support/python';

/** Names of columns that stand below titles, or twice. */
const { graph, close } = client();
const folder = mkdtempSync(join(tmpdir(), 'yuntu-header-'));
const rejects = join(folder, 'rejected');
afterEach(() => dropDataset(graph, blueprint, 'titled').catch(() => {}));
afterAll(async () => {
  await close();
  rmSync(folder, { recursive: true });
});

const loads = [{ noun: 'Company', key: 'key', fields: { name: 'name', foundedOn: 'founded' } }];
const load = (file: string, spec: object, from = folder) => {
  const text = stringify({ dataset: 'titled', files: [{ file, loads, ...spec }] });
  return importFiles(graph, blueprint, parseMapping(text, 'm.yaml'), { folder: from, rejects });
};
const found = async () =>
  (
    await graph.read(
      "MATCH (c:Company) WHERE 'titled' IN c.datasets RETURN [c.name, c.foundedOn] AS row ORDER BY row",
    )
  ).rows;

/** The names of columns stand in line 7, and the row that is at fault in line 11. */
const titles = '"A list,\nof two lines",,\n\n , ,\n"more ""so""\n"\n';
const rows = ['key,name,founded', 'a,"ZZ\nA",2001', 'b,ZZ B,2002', 'c,ZZ C,soon'];
const text = `${titles}${rows.join('\n')}\n`;
const good = [
  ['ZZ\nA', '2001'],
  ['ZZ B', '2002'],
];

describe.each([
  ['titled.csv', Buffer.from(text), '\n'],
  ['titled.csv.gz', gzipSync(text), '\n'],
  ['returns.csv', Buffer.from(text.replaceAll('\n', '\r\n')), '\r\n'],
] as const)('%s', (file, bytes, end) => {
  const ended = good.map(([name, day]) => [name?.replace('\n', end), day]);

  test.each([7, 6])('titles of several lines, empty and quoted, above line %s', async (line) => {
    writeFileSync(join(folder, file), bytes);
    const report = await load(file, { headerLine: line });
    expect(report).toMatchObject({ rejected: 1, files: [{ rows: 3, loaded: 2 }] });
    expect(report.faults.value?.examples).toEqual([expect.stringContaining(`${file}:11 `)]);
    expect(await found()).toEqual(ended);
    const [path] = report.rejects as [string];
    writeFileSync(path, readFileSync(path, 'utf8').replace(',soon,', ',2003,'));
    expect(await load(basename(path), { headerLine: line }, rejects)).toMatchObject({
      rejected: 0,
    });
    expect(await found()).toEqual([...ended, ['ZZ C', '2003']]);
  });

  test('names of the mapping stand for those of the line', async () => {
    writeFileSync(join(folder, file), bytes);
    const header = ['key', 'founded', 'name'];
    const given = { header: ['key', 'name', 'founded'], headerLine: 7 };
    expect(await load(file, given)).toMatchObject({ files: [{ rows: 3, loaded: 2 }] });
    expect(await load(file, { ...given, header })).toMatchObject({ files: [{ rejected: 3 }] });
  });

  test('a line that the file does not have is told', async () => {
    writeFileSync(join(folder, file), bytes);
    const told =
      'has no names of columns from line 99 on, where `headerLine` says they are; its last line is 11.';
    await expect(load(file, { headerLine: 99 })).rejects.toThrow(told);
    await expect(
      load(file, { headerLine: 99, header: ['key', 'name', 'founded'] }),
    ).rejects.toThrow(told);
    expect(await found()).toEqual([]);
  });
});

test('columns of one name are told with what to do, and a draft does it', async () => {
  const lines = ['name,city,,name,city 2', 'ZZ A,Bern,1,Zed,x', 'ZZ B,Rome,3,Why,y'];
  writeFileSync(join(folder, 'titled.csv'), `A list,,,,,\n${lines.join('\n')}\n`);
  await expect(load('titled.csv', { headerLine: 2 })).rejects.toThrow(
    'has two columns "name"; name its columns by `header`, instead of its line 2 by `headerLine: 2`.',
  );
  const draft = await suggestMapping(blueprint, join(folder, 'titled.csv'));
  const report = await importFiles(graph, blueprint, parseMapping(draft, 'm.yaml'), { folder });
  expect(report).toMatchObject({ rejected: 0, files: [{ rows: 2, loaded: 2 }] });
  const { rows: kept } = await graph.read(
    "MATCH (c:Company) WHERE 'titled' IN c.datasets RETURN [c.name, c.city, c.extra] AS row ORDER BY row",
  );
  expect(kept).toEqual([
    ['ZZ A', 'Bern', expect.arrayContaining(['name 2=Zed'])],
    ['ZZ B', 'Rome', expect.arrayContaining(['name 2=Why'])],
  ]);
});

// The same in a workbook, and days that it counts from 1904.
(hasPython ? test : test.skip)('a workbook is read as CSV is', async () => {
  const cells = [
    ['A list'],
    [],
    [],
    ['key', 'name', 'founded'],
    ...[1, 2, 3].map((at) => [`k${at}`, `ZZ ${at}`, at]),
  ];
  python(
    ['openpyxl==3.1.5'],
    `import json, sys, datetime, openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904
path, rows = json.load(sys.stdin)
for mac in (False, True):
    book = openpyxl.Workbook()
    if mac: book.epoch = CALENDAR_MAC_1904
    for row in rows:
        book.active.append([datetime.date(2020, 1, cell) if isinstance(cell, int) else cell for cell in row])
    book.save(path + ('mac' if mac else 'plain') + '.xlsx')
print('null')`,
    [`${folder}/`, cells],
  );
  const days = [1, 2, 3].map((at) => [`ZZ ${at}`, `2020-01-0${at}`]);
  for (const file of ['plain.xlsx', 'mac.xlsx']) {
    for (const spec of [
      { headerLine: 4 },
      { headerLine: 2 },
      { headerLine: 4, header: ['key', 'name', 'founded'] },
    ]) {
      expect(await load(file, spec)).toMatchObject({ rejected: 0, files: [{ rows: 3 }] });
      expect(await found()).toEqual(days);
    }
    await dropDataset(graph, blueprint, 'titled');
    for (const line of [8, 99])
      await expect(load(file, { headerLine: line })).rejects.toThrow(`from line ${line} on`);
  }
});
