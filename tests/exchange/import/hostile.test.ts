import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { encode } from 'iconv-lite';
import { stringify } from 'yaml';
import { importFiles } from '../../../src/exchange/import/import';
import type { ImportReport } from '../../../src/exchange/import/options';
import { dropDataset } from '../../../src/exchange/journal/drop';
import { parseMapping } from '../../../src/exchange/mapping/read-mapping';
import { FileFaults } from '../../../src/exchange/source/files';
import { blueprint } from '../../../src/entities/blueprint';
import { canonicalLines } from '../../support/canonical';
import { client } from '../../support/client';

/** Files as they should not be. Each is told, or loaded exactly; never half, and nothing breaks. */
const { graph, close } = client();
const folder = mkdtempSync(join(tmpdir(), 'yuntu-hostile-'));

interface Case {
  readonly name: string;
  readonly bytes: Buffer | string;
  /** The names of companies that must be there, or what the whole file is told by. */
  readonly loaded?: readonly string[];
  readonly told?: RegExp;
  readonly rejected?: number;
  readonly options?: Readonly<Record<string, unknown>>;
}

/** Numbers that look random and are the same each time. */
function* noise(seed: number): Generator<number> {
  for (let state = seed + 1; ;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state >>> 24;
  }
}
const noisy = (seed: number, length: number): Buffer => {
  const bytes = noise(seed);
  return Buffer.from(Array.from({ length }, () => bytes.next().value as number));
};

const good = 'key,name\nalpha,Alpha\nbeta,"Beta, Inc."\ngamma,"Gamma ""G"""\ndelta,Δ 公司\n';
const goodNames = ['Alpha', 'Beta, Inc.', 'Gamma "G"', 'Δ 公司'];
const chinese = 'key,name\na,月之暗面\nb,智谱华章\n';
const packed = gzipSync(Buffer.from(good.repeat(1) + noisy(5, 3_000).toString('hex')));

/** What a plain reader makes of a text that was cut off anywhere: whole cells, or an open quotation mark. */
function cut(at: number): Case {
  const text = Buffer.from(good).subarray(0, at).toString();
  const name = `cut-${at}.csv`;
  try {
    const rows = parse<Record<string, string>>(text, { columns: true, relax_column_count: true });
    const odd = (row: Record<string, string>) =>
      row.name === undefined || row.name === '' || row.name.includes('\ufffd') || !row.key;
    return {
      name,
      bytes: Buffer.from(good).subarray(0, at),
      loaded: rows.filter((row) => !odd(row)).map((row) => row.name as string),
      rejected: rows.filter(odd).length,
    };
  } catch {
    return { name, bytes: text, told: /quotation mark/ };
  }
}

const cases: readonly Case[] = [
  ...[12, 20, 27, 33, 40, 45, 50, 58, 61, 64, 67, 70].map(cut),
  ...[0.1, 0.3, 0.5, 0.7, 0.9, 0.99].map((part) => ({
    name: `cut-${part}.csv.gz`,
    bytes: packed.subarray(0, Math.floor(packed.length * part)),
    told: /cannot be unpacked/,
  })),
  ...[20, 100, 500, 900].map((at) => ({
    name: `flipped-${at}.csv.gz`,
    bytes: Buffer.from(packed.map((byte, index) => (index === at ? byte ^ 0xff : byte))),
    told: /cannot be unpacked|column|quotation/,
  })),
  { name: 'no-gzip.csv.gz', bytes: good, told: /cannot be unpacked/ },
  {
    name: 'bomb.csv.gz',
    bytes: gzipSync(Buffer.alloc(80 * 1024 * 1024)),
    told: /unpacks to more|MB/,
  },
  {
    name: 'bomb-of-rows.csv.gz',
    bytes: gzipSync(Buffer.from(`key,name\n${`a,${'A'.repeat(1_000_000)}\n`.repeat(30)}`)),
    told: /unpacks to more/,
  },
  {
    name: 'two-members.csv.gz',
    bytes: Buffer.concat([
      gzipSync(Buffer.from('key,name\na,A\n')),
      gzipSync(Buffer.from('b,B\n')),
    ]),
    loaded: ['A', 'B'],
  },
  ...['gb18030', 'gbk', 'big5', 'shift_jis', 'euc-jp'].map((encoding) => ({
    name: `${encoding}.csv`,
    bytes: encode(encoding.startsWith('gb') ? chinese : 'key,name\na,東京\nb,大阪\n', encoding),
    options: { encoding },
    loaded: encoding.startsWith('gb') ? ['月之暗面', '智谱华章'] : ['東京', '大阪'],
  })),
  { name: 'gb-as-utf8.csv', bytes: encode(chinese, 'gb18030'), loaded: [], rejected: 2 },
  {
    name: 'latin-as-utf8.csv',
    bytes: encode('key,name\na,Café\nb,Plain\n', 'latin1'),
    loaded: ['Plain'],
    rejected: 1,
  },
  ...['latin1', 'windows-1252', 'macroman'].map((encoding) => ({
    name: `${encoding}.csv`,
    bytes: encode('key,name\na,Café\n', encoding),
    options: { encoding },
    loaded: ['Café'],
  })),
  {
    name: 'utf16le.csv',
    bytes: Buffer.concat([
      Buffer.from([0xff, 0xfe]),
      encode(chinese, 'utf-16le', { addBOM: false }),
    ]),
    loaded: ['月之暗面', '智谱华章'],
  },
  {
    name: 'utf16be.csv',
    bytes: Buffer.concat([
      Buffer.from([0xfe, 0xff]),
      encode(chinese, 'utf-16be', { addBOM: false }),
    ]),
    loaded: ['月之暗面', '智谱华章'],
  },
  {
    name: 'utf16-unmarked.csv',
    bytes: encode(chinese, 'utf-16le', { addBOM: false }),
    told: /no text|byte 0|column/,
  },
  {
    name: 'bom.csv',
    bytes: Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(good)]),
    loaded: goodNames,
  },
  {
    name: 'unknown-encoding.csv',
    bytes: good,
    options: { encoding: 'klingon' },
    told: /"klingon" is no encoding/,
  },
  {
    name: 'field-of-10-mb.csv',
    bytes: `key,name\na,${'x'.repeat(10 * 1024 * 1024)}\n`,
    told: /more than 4 MB/,
  },
  {
    name: 'field-of-10-kb.csv',
    bytes: `key,name\na,${'x'.repeat(10_000)}\nb,B\n`,
    loaded: ['B'],
    rejected: 1,
  },
  ...Array.from({ length: 12 }, (_, seed) => ({
    name: `noise-${seed}.csv`,
    bytes: noisy(seed, 2_000 + seed * 100),
    told: /no text|byte 0|column|quotation/,
  })),
  {
    name: 'picture.csv',
    bytes: Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), noisy(99, 500)]),
    told: /no text|byte 0|column/,
  },
  { name: 'empty.csv', bytes: '', told: /is empty/ },
  { name: 'blank.csv', bytes: '\n\n\n', told: /is empty/ },
  { name: 'header-only.csv', bytes: 'key,name\n', loaded: [] },
  { name: 'no-newline.csv', bytes: 'key,name\na,A', loaded: ['A'] },
  { name: 'two-names.csv', bytes: 'key,name,name\na,A,B\n', told: /two columns "name"/ },
  { name: 'no-name.csv', bytes: 'key,nmae\na,A\n', told: /no column "name"/ },
  { name: 'proto.csv', bytes: 'key,name,__proto__\na,A,x\n', told: /"__proto__" is no name/ },
  { name: 'trailing-commas.csv', bytes: 'key,name,,\na,A,,\nb,B,,\n', loaded: ['A', 'B'] },
  { name: 'cr.csv', bytes: good.replaceAll('\n', '\r'), loaded: goodNames },
  { name: 'crlf.csv', bytes: good.replaceAll('\n', '\r\n'), loaded: goodNames },
  { name: 'mixed.csv', bytes: 'key,name\r\na,A\nb,B\rc,C\r\n', loaded: ['A', 'B', 'C'] },
  { name: 'open-at-start.csv', bytes: 'key,name\n"a,A\nb,B\n', told: /:2: has a quotation mark/ },
  { name: 'open-at-end.csv', bytes: 'key,name\na,A\nb,"B\n', told: /:3: has a quotation mark/ },
  { name: 'open-header.csv', bytes: '"key,name\na,A\n', told: /quotation mark/ },
  { name: 'inner-quotes.csv', bytes: 'key,name\na,5" disk\nb,"B"\n', loaded: ['5" disk', 'B'] },
  { name: 'swallowed.csv', bytes: 'key,name\na,A\nb,"B\nc,C\nd,D"x\n', loaded: ['A'], rejected: 1 },
  { name: 'lines-within.csv', bytes: 'key,name\na,"A\nA"\nb,B\n', loaded: ['A\nA', 'B'] },
  { name: 'cells-too-many.csv', bytes: 'key,name\na,A,x\nb,B\n', loaded: ['B'], rejected: 1 },
  { name: 'cells-too-few.csv', bytes: 'key,name\na\nb,B\n', loaded: ['B'], rejected: 1 },
  { name: 'twice.csv', bytes: 'key,name\na,A\na,A2\na,A3\n', loaded: ['A', 'A2', 'A3'] },
  { name: 'no-key.csv', bytes: 'key,name\n,A\n!!!,B\nc,C\n', loaded: ['C'], rejected: 2 },
  { name: 'no-value.csv', bytes: 'key,name\na,\nb,B\n', loaded: ['B'], rejected: 1 },
  { name: 'empty-rows.csv', bytes: 'key,name\n,\n , \na,A\n\n\n', loaded: ['A'] },
  { name: 'long-key.csv', bytes: `key,name\n${'k'.repeat(5_000)},K\n`, loaded: ['K'] },
  { name: 'emoji.csv', bytes: 'key,name\nx,🚀 Ltd\n', loaded: ['🚀 Ltd'] },
  {
    name: 'objects.csv',
    bytes: 'key,name\nconstructor,constructor\ntoString,toString\n',
    loaded: ['constructor', 'toString'],
  },
  { name: 'zero.csv', bytes: Buffer.from('key,name\na,A\0A\nb,B\n'), loaded: ['B'], rejected: 1 },
  {
    name: 'cypher.csv',
    bytes: `key,name\na,"'}) DETACH DELETE n //"\nb,$p.key[i]\n`,
    loaded: ["'}) DETACH DELETE n //", '$p.key[i]'],
  },
  { name: 'formula.csv', bytes: 'key,name\na,"=HYPERLINK(""x"")"\n', loaded: ['=HYPERLINK("x")'] },
  { name: 'rtl.csv', bytes: 'key,name\na,\u202eevil\n', loaded: ['\u202eevil'] },
  { name: 'tabs.tsv', bytes: 'key\tname\na\tA, B\n', loaded: ['A, B'] },
  { name: 'semicolons.csv', bytes: 'key;name\na;A\n', options: { delimiter: ';' }, loaded: ['A'] },
  { name: 'wrong-delimiter.csv', bytes: 'key;name\na;A\n', told: /no column "key"/ },
  { name: 'good.json', bytes: '[{"key":"a","name":"A"},{"key":2,"name":"B"}]', loaded: ['A', 'B'] },
  { name: 'cut.json', bytes: '[{"key":"a","name":"A"},{"key"', told: /is no JSON/ },
  { name: 'object.json', bytes: '{"key":"a"}', told: /no list of objects/ },
  {
    name: 'mixed.json',
    bytes: '[1,null,"x",[],{"key":"a","name":"A"}]',
    loaded: ['A'],
    rejected: 4,
  },
  { name: 'deep.json', bytes: '['.repeat(100_000), told: /is no JSON/ },
  {
    name: 'proto.json',
    bytes: '[{"__proto__":{"name":"no"},"key":"a","name":"A"}]',
    loaded: ['A'],
  },
  { name: 'nested.json', bytes: '[{"key":"a","name":{"x":["y"]}}]', loaded: ['{"x":["y"]}'] },
  { name: 'large.json', bytes: `["${'x'.repeat(33 * 1024 * 1024)}"]`, told: /32 MB of JSON/ },
  { name: 'empty.json', bytes: '', told: /is no JSON/ },
  {
    name: 'good.jsonl',
    bytes: '{"key":"a","name":"A"}\r\n\r\n{"key":"b","name":"B"}',
    loaded: ['A', 'B'],
  },
  {
    name: 'bad-line.jsonl',
    bytes: '{"key":"a","name":"A"}\n{"key":\n[1]\n{"key":"b","name":"B"}\n',
    loaded: ['A', 'B'],
    rejected: 2,
  },
  {
    name: 'noise.jsonl',
    bytes: Buffer.concat([noisy(7, 900), Buffer.from('\n{"key":"a","name":"A"}\n')]),
    told: /^never$/,
  },
  {
    name: 'long-line.jsonl',
    bytes: `{"key":"a","name":"${'x'.repeat(5 * 1024 * 1024)}`,
    told: /more than 4 MB/,
  },
  { name: 'noise.xlsx', bytes: noisy(11, 4_000), told: /cannot be read as a workbook/ },
  {
    name: 'cut.xlsx',
    bytes: Buffer.concat([Buffer.from('504b0304', 'hex'), noisy(12, 300)]),
    told: /cannot be read as a workbook/,
  },
  { name: 'empty.xlsx', bytes: '', told: /cannot be read as a workbook/ },
  { name: 'noise.parquet', bytes: noisy(13, 4_000), told: /cannot be read as Parquet/ },
  {
    name: 'cut.parquet',
    bytes: Buffer.concat([
      Buffer.from('PAR1'),
      noisy(14, 200),
      Buffer.from('ffffff7f', 'hex'),
      Buffer.from('PAR1'),
    ]),
    told: /cannot be read as Parquet/,
  },
  { name: 'empty.parquet', bytes: '', told: /cannot be read as Parquet/ },
  { name: 'unknown.bin', bytes: good, told: /does not tell its format/ },
];

const load = async (
  file: string,
  at: number,
  options: object = {},
  loads: object[] = [
    { noun: 'Company', key: [{ constant: `h${at}` }, 'key'], fields: { name: 'name' } },
  ],
): Promise<ImportReport> =>
  importFiles(
    graph,
    blueprint,
    parseMapping(
      stringify({ dataset: 'hostile', files: [{ file, ...options, loads }] }),
      'mapping.yaml',
    ),
    { folder },
  );

let before: readonly string[];
beforeAll(async () => {
  before = await canonicalLines(graph);
});
afterAll(async () => {
  await dropDataset(graph, blueprint, 'hostile').catch(() => {});
  rmSync(folder, { recursive: true });
  await close();
});

test('there are a hundred of them', () => {
  expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
  expect(cases.length).toBeGreaterThanOrEqual(92);
});

test.each(cases.map((each, at) => [each.name, each, at] as const))(
  '%s',
  async (_, { name, bytes, loaded, told, rejected = 0, options }, at) => {
    writeFileSync(join(folder, name), bytes);
    const outcome = await load(name, at, options).catch((error: unknown) => error as Error);
    const names = (
      await graph.read('MATCH (c:Company) WHERE c.key STARTS WITH $p.key RETURN c.name AS row', {
        key: `h${at}/`,
      })
    ).rows;
    if (told && String(told) !== '/^never$/') {
      expect(outcome).toBeInstanceOf(FileFaults);
      expect((outcome as Error).message).toMatch(told);
      expect(names).toEqual([]);
      return;
    }
    expect(outcome).not.toBeInstanceOf(Error);
    const { files, rejected: bad } = outcome as ImportReport;
    const [file] = files;
    if (loaded) {
      expect([...names].sort()).toEqual([...loaded].sort());
      expect(bad).toBe(rejected);
    }
    if (file) expect(file.loaded + file.rejected + file.empty + file.skipped).toBe(file.rows);
    expect(file?.loaded ?? 0).toBe(names.length);
  },
);

describe('files that contradict themselves', () => {
  const sectors = {
    noun: 'Sector',
    key: 'key',
    fields: { name: 'key' },
    relations: { broader: { key: 'broader' } },
  };

  test('a circle of BROADER is told, and is none in the graph', async () => {
    writeFileSync(
      join(folder, 'circle.csv'),
      'key,broader\nh-a,h-b\nh-b,h-c\nh-c,h-a\nh-d,h-d\nh-e,h-a\n',
    );
    const { faults } = await load('circle.csv', 0, {}, [sectors]);
    expect(faults.cycle?.count).toBe(2);
    expect(faults.cycle?.examples.join()).toMatch(
      /circle\.csv:4 .*leads back to itself: h-c -> h-a -> h-b -> h-c/,
    );
    const { rows } = await graph.read(
      "MATCH (s:Sector)-[:BROADER]->(b) WHERE s.key STARTS WITH 'h-' RETURN s.key + b.key AS row ORDER BY row",
    );
    expect(rows).toEqual(['h-ah-b', 'h-bh-c', 'h-eh-a']);
  });

  test('a circle that a second file would close through the graph is told', async () => {
    writeFileSync(join(folder, 'closing.csv'), 'key,broader\nh-c,h-e\n');
    const { faults } = await load('closing.csv', 0, {}, [sectors]);
    expect(faults.cycle?.examples.join()).toMatch(/h-c -> h-e -> .*h-c/);
  });

  test('a circle of versions is told, as every tree of a noun is kept from circles', async () => {
    const versions = {
      noun: 'Model',
      key: 'key',
      fields: { name: 'key' },
      relations: { versionOf: { key: 'of' } },
    };
    writeFileSync(join(folder, 'versions.csv'), 'key,of\nh-v1,h-v2\nh-v2,h-v1\n');
    const { faults, total } = await load('versions.csv', 0, {}, [versions]);
    expect(faults.cycle?.examples.join()).toMatch(
      /versions\.csv:3 .*leads back to itself: h-v2 -> h-v1 -> h-v2/,
    );
    expect(total.created).toBeGreaterThan(0);
  });

  test('a folder in the place of a file, and a file that is not there', async () => {
    mkdirSync(join(folder, 'folder.csv'));
    await expect(load('folder.csv', 0)).rejects.toThrow(/there is no such file/);
    await expect(load('nowhere.csv', 0)).rejects.toThrow(/nowhere\.csv: there is no such file/);
  });
});

test('after all of them the graph is as it was', async () => {
  await dropDataset(graph, blueprint, 'hostile');
  expect(await canonicalLines(graph)).toEqual(before);
});
