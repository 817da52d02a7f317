import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { encode } from 'iconv-lite';
import { stringify } from 'yaml';
import { blueprint } from '../../../src/entities/blueprint';
import { importFiles } from '../../../src/exchange/import/import';
import { dropDataset } from '../../../src/exchange/journal/drop';
import { parseMapping } from '../../../src/exchange/mapping/read-mapping';
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

const load = (files: readonly object[], from = folder) =>
  importFiles(graph, blueprint, parseMapping(stringify({ dataset: 'nested', files }), 'm.yaml'), {
    folder: from,
    rejects,
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
