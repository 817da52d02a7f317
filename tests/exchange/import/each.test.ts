// cspell:ignore pyarrow
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { encode } from 'iconv-lite';
import { stringify } from 'yaml';
import { blueprint } from '../../../src/entities/blueprint';
import { importFiles } from '../../../src/exchange/import/import';
import type { ImportOptions } from '../../../src/exchange/import/options';
import { dropDataset } from '../../../src/exchange/journal/drop';
import { undoRun } from '../../../src/exchange/journal/undo';
import { parseMapping } from '../../../src/exchange/mapping/read-mapping';
import { hasPython, python } from '../../support/python';
import { canonicalLines } from '../../support/canonical';
import { client } from '../../support/client';

/** Lists within rows: companies with rounds with investors, and investors in one cell. */
const { ask, graph, close } = client();
const folder = mkdtempSync(join(tmpdir(), 'yuntu-each-'));
const rejects = join(folder, 'rejected');
afterEach(() => dropDataset(graph, blueprint, 'nested').catch(() => {}));
afterAll(async () => {
  await close();
  rmSync(folder, { recursive: true });
});

const load = (files: readonly object[], from = folder, options: Partial<ImportOptions> = {}) =>
  importFiles(graph, blueprint, parseMapping(stringify({ dataset: 'nested', files }), 'm.yaml'), {
    folder: from,
    rejects,
    ...options,
  });

const companies = [
  {
    id: 'zz-face',
    rounds: [
      {
        id: 'zz-r1',
        series: 'Series C',
        usd: 100,
        status: 'done',
        investors: [{ name: 'ZZ Lux', lead: true }, { name: 'ZZ Oak' }],
      },
      {
        id: 'zz-r2',
        series: 'Series D',
        usd: 235,
        status: 'done',
        investors: [{ name: 'ZZ Oak' }],
      },
    ],
  },
  { id: 'zz-none', rounds: [] },
  { id: 'zz-null', rounds: null },
  {
    id: 'zz-way',
    rounds: [
      { id: 'zz-r3', series: 'Series B', usd: 'much', status: 'done', investors: null },
      { id: 'zz-r4', series: 'Series B', usd: 7, status: 'rumour', investors: [] },
    ],
  },
];

const round = {
  noun: 'FundingRound',
  key: 'rounds.id',
  extra: false,
  fields: { label: 'rounds.series', raised: { column: 'rounds.usd', currency: 'USD' } },
  relations: { company: { key: 'id' }, investors: { noun: 'InvestmentFirm', key: 'names' } },
};

const files = (file: string) => [
  { file, loads: [{ noun: 'Company', key: 'id', extra: false, fields: { name: 'id' } }] },
  {
    file,
    each: 'rounds.investors',
    loads: [
      {
        noun: 'InvestmentFirm',
        key: 'rounds.investors.name',
        repeats: 'merge',
        extra: false,
        fields: { name: 'rounds.investors.name' },
      },
    ],
  },
  {
    file,
    each: 'rounds',
    skip: [{ column: 'rounds.status', is: 'rumour' }],
    loads: [{ ...round, relations: { company: { key: 'id' } } }],
  },
  {
    file,
    each: 'rounds.investors',
    skip: [{ column: 'rounds.usd', is: 'much' }],
    loads: [
      {
        noun: 'InvestmentFirm',
        key: 'rounds.investors.name',
        repeats: 'merge',
        extra: false,
        relations: {
          investments: {
            key: 'rounds.id',
            edge: { lead: 'rounds.investors.lead' },
          },
        },
        fields: { name: 'rounds.investors.name' },
      },
    ],
  },
];

const rounds = async () => {
  const { data } = await ask(`{
    fundingRounds(where: { datasets: { has: "nested" } }, orderBy: [{ key: ASC }]) {
      nodes {
        key
        label
        raised { amount }
        company { key }
        investors(orderBy: [{ name: ASC }]) { edges { lead node { name } } }
        citations { page }
      }
    }
  }`);
  return data.fundingRounds.nodes;
};

/** What plain loops over the companies find. */
const expected = companies.flatMap(({ id, rounds: all }, at) =>
  (all ?? []).flatMap(({ id: key, series, usd, status, investors }) =>
    status === 'done' && typeof usd === 'number'
      ? [
          {
            key,
            label: series,
            raised: { amount: usd },
            company: { key: id },
            investors: {
              edges: (investors ?? []).map(
                ({ name, lead = null }: { name: string; lead?: boolean | null }) => ({
                  lead,
                  node: { name },
                }),
              ),
            },
            citations: [{ page: at + 1 }],
          },
        ]
      : [],
  ),
);

describe.each([
  ['a list in JSON', 'nested.json', JSON.stringify(companies)],
  ['JSON Lines', 'nested.jsonl', companies.map((each) => JSON.stringify(each)).join('\n')],
])('%s', (_, file, text) => {
  test('items of lists are rows beside the columns of their own row, and cite that row', async () => {
    writeFileSync(join(folder, file), text);
    const report = await load(files(file));
    expect(await rounds()).toEqual(expected);
    expect(
      report.files.map(({ file: name, rows, loaded, skipped, rejected }) => [
        name,
        rows,
        loaded,
        skipped,
        rejected,
      ]),
    ).toEqual([
      [file, 4, 4, 0, 0],
      // Two readings of the same list are told as one: three investors, and one row each of five without any.
      [`${file}, each of rounds.investors`, 14, 6, 8, 0],
      [`${file}, each of rounds`, 6, 2, 3, 1],
    ]);
    expect(
      Object.values(report.faults)
        .flatMap(({ examples }) => examples)
        .join(),
    ).toMatch(/"much" is not an amount/);
    expect(report.rejects.map((path) => basename(path))).toEqual(['nested.rounds.rejected.jsonl']);
    // Mended there, the one item is loaded by the same mapping.
    const [path] = report.rejects as [string];
    writeFileSync(path, readFileSync(path, 'utf8').replace('"much"', '5'));
    const again = await load([{ ...files(basename(path))[2] }], rejects);
    expect(again).toMatchObject({ rejected: 0 });
    expect((await rounds()).map(({ key }: { key: string }) => key)).toEqual([
      'zz-r1',
      'zz-r2',
      'zz-r3',
    ]);
    expect((await load(files(file))).total).toMatchObject({ created: 0, changed: 0 });
  });
});

test('names in one cell of a Chinese file are a row each, and what links to them finds them', async () => {
  const rows = [
    ['名称', '投资方'],
    ['云甲', '甲资本、 乙资本'],
    ['云乙', ''],
    ['云丙', '-'],
    ['云丁', '乙资本'],
  ];
  writeFileSync(
    join(folder, 'list.csv'),
    encode(rows.map((row) => row.join(',')).join('\n'), 'gb18030'),
  );
  const file = { file: 'list.csv', encoding: 'gb18030' };
  const investors = { column: '投资方', split: '、', unknown: ['-'] };
  const report = await load([
    {
      ...file,
      each: { column: '投资方', split: '、' },
      skip: [{ column: '投资方', is: '-' }],
      loads: [
        {
          noun: 'InvestmentFirm',
          key: '投资方',
          repeats: 'merge',
          extra: false,
          fields: { name: '投资方' },
        },
      ],
    },
    {
      ...file,
      loads: [
        { noun: 'Company', key: '名称', fields: { name: '名称' } },
        {
          noun: 'FundingRound',
          key: '名称',
          fields: { label: '名称' },
          relations: {
            company: { key: '名称' },
            investors: { noun: 'InvestmentFirm', key: investors },
          },
        },
      ],
    },
  ]);
  expect(report).toMatchObject({ state: 'DONE', rejected: 0 });
  expect(
    (await rounds()).map(
      ({
        label,
        investors: { edges },
      }: {
        label: string;
        investors: { edges: { node: { name: string } }[] };
      }) => [label, ...edges.map(({ node }) => node.name).sort()],
    ),
  ).toEqual([['云丁', '乙资本'], ['云丙'], ['云乙'], ['云甲', '乙资本', '甲资本']].sort());
});

test('a list that no row has is told with what was likely meant', async () => {
  writeFileSync(join(folder, 'list.csv'), 'name,investors\nA,B\n');
  const loads = [{ noun: 'InvestmentFirm', key: 'investors', fields: { name: 'investors' } }];
  await expect(load([{ file: 'list.csv', each: 'investor', loads }])).rejects.toThrow(
    'no column "investor". Did you mean "investors"?',
  );
});

/** Investors that are named within the rows, and the rows that link to them. */
const listed = (file: string): object[] => {
  const firm = { noun: 'InvestmentFirm', key: 'by', repeats: 'merge', fields: { name: 'by' } };
  const investors = { noun: 'InvestmentFirm', key: { column: 'by', split: ';' } };
  const deal = {
    noun: 'FundingRound',
    key: 'name',
    fields: { label: 'name' },
    relations: { investors },
  };
  return [
    { file, each: { column: 'by', split: ';' }, loads: [{ ...firm, extra: false }] },
    { file, loads: [deal] },
  ];
};

test('a limit takes all items of the first rows, and a dry run and strict read them alike', async () => {
  writeFileSync(join(folder, 'by.csv'), 'name,by\nD1,"ZA; ZB;ZC"\nD2,ZD\nD3,\nD4,ZE\n');
  const before = await canonicalLines(graph);
  const counts = { InvestmentFirm: { created: 4 }, FundingRound: { created: 3 } };
  const limited = { limit: 3, strict: true };
  const dry = await load(listed('by.csv'), folder, { ...limited, dryRun: true });
  expect(dry).toMatchObject({ state: 'DRY', rejected: 0, kinds: counts });
  expect(await canonicalLines(graph)).toEqual(before);
  const report = await load(listed('by.csv'), folder, limited);
  expect(report).toMatchObject({ state: 'DONE', rejected: 0, kinds: counts });
  expect(report.files).toMatchObject([
    { rows: 5, loaded: 4, skipped: 1 },
    { rows: 3, loaded: 3 },
  ]);
  await undoRun(graph, blueprint, report.run);
  await dropDataset(graph, blueprint, 'nested').catch(() => {});
  expect(await canonicalLines(graph)).toEqual(before);
});

test('an import of items that broke off is resumed to what an undisturbed one makes', async () => {
  const names = Array.from({ length: 40 }, (_, at) => `D${at},"${['A', 'B', `C${at}`].join(';')}"`);
  writeFileSync(join(folder, 'by.csv'), `name,by\n${names.join('\n')}\n`);
  const whole = await load(listed('by.csv'), folder, { batch: 7 });
  const lines = await canonicalLines(graph);
  await dropDataset(graph, blueprint, 'nested');
  for (const after of [3, 1, 9]) {
    let batches = 0;
    const progress = () => {
      if (++batches === after) throw new Error('broken off');
    };
    await expect(
      load(listed('by.csv'), folder, { batch: 7, progress, resume: after !== 3 }),
    ).rejects.toThrow('broken off');
  }
  const resumed = await load(listed('by.csv'), folder, { batch: 7, resume: true });
  expect(resumed).toMatchObject({ resumed: true, files: whole.files, kinds: whole.kinds });
  expect(await canonicalLines(graph)).toEqual(lines);
});

test('two readings of one column keep their rejected rows apart', async () => {
  writeFileSync(join(folder, 'apart.csv'), 'day,by\nx,"A;B"\ny,"C|D"\n');
  const deal = (split: string) => ({
    file: 'apart.csv',
    each: { column: 'by', split },
    loads: [{ noun: 'FundingRound', key: 'by', fields: { label: 'by', announcedOn: 'day' } }],
  });
  const report = await load([deal(';'), deal('|')]);
  expect(report.rejected).toBe(6);
  expect(
    report.rejects.map((path) => readFileSync(path, 'utf8').split('\n').map(firstTwo)),
  ).toEqual([
    ['day,by', 'x,A', 'x,B', 'y,C|D', ''],
    ['day,by', 'x,A;B', 'y,C', 'y,D', ''],
  ]);
});

const firstTwo = (line: string): string => line.split(',').slice(0, 2).join(',');

test('what is no list, is empty, or holds lists and objects in its place makes the rows it can', async () => {
  const odd: readonly [id: string, by: unknown, firms: readonly string[]][] = [
    ['zz-text', 'ZZ Text', ['ZZ Text']],
    ['zz-number', 7, ['7']],
    ['zz-no', false, ['false']],
    ['zz-object', { name: 'x' }, []],
    ['zz-deep', [['ZZ A', ['ZZ B']], [], 'ZZ C'], ['ZZ A', 'ZZ B', 'ZZ C']],
    ['zz-holes', [null, 'ZZ D', null, ''], ['ZZ D']],
    ['zz-empty', [], []],
    ['zz-nests', [[], [[]]], []],
  ];
  const lines = odd.map(([id, by]) => JSON.stringify({ id, by }));
  writeFileSync(join(folder, 'odd.jsonl'), `${lines.join('\n')}\n{"id":"zz-none"}\n`);
  const firm = { noun: 'InvestmentFirm', key: 'by', fields: { name: 'by' } };
  const report = await load([
    { file: 'odd.jsonl', each: 'by', skip: [{ column: 'id', is: 'zz-object' }], loads: [firm] },
  ]);
  const { data } = await ask(
    '{ investmentFirms(where: { datasets: { has: "nested" } }) { nodes { name } } }',
  );
  expect(data.investmentFirms.nodes.map(({ name }: { name: string }) => name).sort()).toEqual(
    odd.flatMap(([, , firms]) => firms).sort(),
  );
  const [file] = report.files;
  expect(file).toMatchObject({ loaded: 7, rejected: 0, rows: 7 + (file?.skipped ?? 0) });
});

// As pyarrow writes it; whole numbers of 64 bits stand in the items.
(hasPython ? test : test.skip)('lists of objects in Parquet are rows of their own', async () => {
  python(
    ['pyarrow==18.1.0', 'openpyxl==3.1.5'],
    `import json, sys, pyarrow as pa, pyarrow.parquet as pq
path = json.load(sys.stdin)
item = pa.struct([('id', pa.int64()), ('usd', pa.int64()), ('by', pa.list_(pa.string()))])
rows = [[{'id': 1, 'usd': 4, 'by': ['ZP A', 'ZP B']}, {'id': 2, 'usd': 5, 'by': []}], [], None, [{'id': 3, 'usd': 7, 'by': ['ZP A']}]]
pq.write_table(pa.table({'name': ['a', 'b', 'c', 'd'], 'rounds': pa.array(rows, pa.list_(item))}), path)
print('null')`,
    join(folder, 'lists.parquet'),
  );
  const file = 'lists.parquet';
  const deal = {
    noun: 'FundingRound',
    key: ['name', 'rounds.id'],
    fields: { label: 'rounds.id', raised: { column: 'rounds.usd', currency: 'USD' } },
    relations: { investors: { noun: 'InvestmentFirm', key: 'rounds.by' } },
  };
  const by = 'rounds.by';
  const firm = { noun: 'InvestmentFirm', key: by, repeats: 'merge', fields: { name: by } };
  const both = [
    { file, each: by, loads: [{ ...firm, extra: false }] },
    { file, each: 'rounds', loads: [deal] },
  ];
  const report = await load(both);
  expect(report.files).toMatchObject([
    { rows: 6, loaded: 3, skipped: 3 },
    { rows: 5, loaded: 3, skipped: 2 },
  ]);
  expect(report.rejected).toBe(0);
  expect(await rounds()).toMatchObject([
    { key: 'a/1', label: '1', raised: { amount: 4 }, citations: [{ page: 1 }] },
    { key: 'a/2', label: '2', raised: { amount: 5 }, citations: [{ page: 1 }] },
    { key: 'd/3', label: '3', raised: { amount: 7 }, citations: [{ page: 4 }] },
  ]);
  expect((await load(both)).total).toMatchObject({ created: 0, changed: 0 });
});
