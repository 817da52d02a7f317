// cspell:ignore Größe Málaga
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { encode } from 'iconv-lite';
import { importFiles } from '../../../src/exchange/import/import';
import { dropDataset } from '../../../src/exchange/journal/drop';
import { parseMapping } from '../../../src/exchange/mapping/read-mapping';
import { suggestMapping } from '../../../src/exchange/mapping/suggest';
import { blueprint } from '../../../src/entities/blueprint';
import { client } from '../../support/client';

const { ask, graph, close } = client();
const folder = mkdtempSync(join(tmpdir(), 'yuntu-suggest-'));
afterAll(async () => {
  await dropDataset(graph, blueprint, 'clouds').catch(() => {});
  rmSync(folder, { recursive: true });
  await close();
});

test('Chinese columns, units in their names and another delimiter are seen', async () => {
  writeFileSync(
    join(folder, 'clouds.csv'),
    '公司名称;城市;成立时间;总融资额(万元)\n壹云;北京;2023年3月1日;1,000\n贰云;上海;2019年6月30日;2.5\n',
  );
  const draft = await suggestMapping(blueprint, join(folder, 'clouds.csv'));
  const report = await importFiles(graph, blueprint, parseMapping(draft, 'draft.yaml'), { folder });
  expect(report).toMatchObject({ state: 'DONE', rejected: 0 });
  const { data } = await ask(`{
    companies(where: { datasets: { has: "clouds" } }, orderBy: [{ foundedOn: ASC }]) {
      nodes { name city foundedOn fundingTotal { amount currency } }
    }
  }`);
  const money = (amount: number) => ({ amount, currency: 'CNY' });
  expect(data.companies.nodes).toEqual([
    { name: '贰云', city: '上海', foundedOn: '2019-06-30', fundingTotal: money(25_000) },
    { name: '壹云', city: '北京', foundedOn: '2023-03-01', fundingTotal: money(10_000_000) },
  ]);
  await dropDataset(graph, blueprint, 'clouds');
});

test('amounts that name their currency are not given another', async () => {
  writeFileSync(join(folder, 'clouds.csv'), 'name,funding total\nOne,3亿元\nTwo,€5m\n');
  const draft = await suggestMapping(blueprint, join(folder, 'clouds.csv'));
  expect(draft).toMatch(/fundingTotal: funding total/);
  expect(draft).not.toMatch(/currency/);
});

test('a draft made from a file loads it: fields by name and look, the rest kept as it is', async () => {
  writeFileSync(
    join(folder, 'clouds.csv'),
    'id,name,status,founded,funding total (EUR),city,motto\n' +
      'zz-one,One Cloud,operating,31/12/2019,"1,200,000",Paris,Be first\n' +
      'zz-two,Two Clouds,closed,01/02/2020,3.5M,Lyon,\n',
  );
  const draft = await suggestMapping(blueprint, join(folder, 'clouds.csv'));
  expect(draft).toMatch(/# Kept in `extra` as they are: motto/);
  const report = await importFiles(graph, blueprint, parseMapping(draft, 'draft.yaml'), { folder });
  expect(report).toMatchObject({ state: 'DONE', rejected: 0 });
  const { data } = await ask(`{
    companies(where: { datasets: { has: "clouds" } }) {
      nodes { key name status foundedOn fundingTotal { amount currency } city extra { name value } }
    }
  }`);
  expect(data.companies.nodes).toEqual([
    {
      key: 'zz-one',
      name: 'One Cloud',
      status: 'OPERATING',
      foundedOn: '2019-12-31',
      fundingTotal: { amount: 1_200_000, currency: 'EUR' },
      city: 'Paris',
      extra: [{ name: 'motto', value: 'Be first' }],
    },
    {
      key: 'zz-two',
      name: 'Two Clouds',
      status: 'CLOSED',
      foundedOn: '2020-02-01',
      fundingTotal: { amount: 3_500_000, currency: 'EUR' },
      city: 'Lyon',
      extra: [],
    },
  ]);
});

const rounds = async () => {
  const { data } = await ask(`{
    fundingRounds(where: { datasets: { has: "clouds" } }, orderBy: [{ key: ASC }]) {
      nodes {
        type
        typeAsGiven
        announcedOn
        raised { amount currency }
        company { name }
        investors(orderBy: [{ name: ASC }]) { nodes { name } }
        extra { name value }
      }
    }
  }`);
  return data.fundingRounds.nodes;
};

const drafted = async (file: string) => {
  const draft = await suggestMapping(blueprint, join(folder, file));
  const report = await importFiles(graph, blueprint, parseMapping(draft, 'draft.yaml'), { folder });
  return { draft, report };
};

test('a Chinese list of rounds in its own encoding becomes companies, investors and rounds', async () => {
  const rows = [
    ['公司名称', '轮次', '融资金额', '融资日期', '投资方', '成立时间'],
    ['壹云', 'A+轮', '超10亿美元', '2024年2月19日', '壹本、贰本', '2020年3月'],
    ['贰云', '战略融资', '30亿元', '2024-12-17', '贰本', '2019'],
    ['叁云', '天使轮', '数千万元', '2022/3/5', '', '2021年'],
    ['壹云', 'B轮', '3亿港元', '2024年8月', '-', '2020年3月'],
    ['肆云', '种子轮', '300万', '2023年5月1日', '壹本', '2022年'],
  ];
  writeFileSync(
    join(folder, 'clouds.csv'),
    encode(rows.map((row) => row.join(',')).join('\n'), 'gb18030'),
  );
  const { draft, report } = await drafted('clouds.csv');
  expect(draft).toMatch(/encoding: gb18030/);
  expect(report).toMatchObject({ state: 'DONE', rejected: 0 });
  expect(report.kinds).toMatchObject({
    Company: { created: 4 },
    InvestmentFirm: { created: 2 },
    FundingRound: { created: 5 },
    INVESTED_IN: { created: 4 },
    RAISED: { created: 5 },
  });
  const types = ['SERIES_A', null, 'ANGEL', 'SERIES_B', 'SEED'];
  const days = ['2024-02-19', '2024-12-17', '2022-03-05', '2024-08', '2023-05-01'];
  // What is no amount, or names no currency among those that do, is kept as it is.
  const raised = [
    null,
    { amount: 3e9, currency: 'CNY' },
    null,
    { amount: 3e8, currency: 'HKD' },
    null,
  ];
  const plain = rows.slice(1).map(([name = '', round, text, , by = ''], at) => ({
    type: types[at],
    typeAsGiven: round,
    announcedOn: days[at],
    raised: raised[at],
    company: { name },
    investors: {
      nodes: by
        .split('、')
        .flatMap((one) => (/本/.test(one) ? { name: one } : []))
        .sort((a, b) => (a.name < b.name ? -1 : 1)),
    },
    extra: raised[at] ? [] : [{ name: '融资金额', value: text }],
  }));
  const byRound = (a: { typeAsGiven?: string }, b: { typeAsGiven?: string }) =>
    (a.typeAsGiven ?? '') < (b.typeAsGiven ?? '') ? -1 : 1;
  const found = (await rounds()).map((each: { investors: { nodes: { name: string }[] } }) => ({
    ...each,
    investors: { nodes: [...each.investors.nodes].sort((a, b) => (a.name < b.name ? -1 : 1)) },
  }));
  expect(found.sort(byRound)).toEqual(plain.sort(byRound));
  await dropDataset(graph, blueprint, 'clouds');
});

test('titles above the names, figures in millions and days of a spreadsheet are seen', async () => {
  const text = [
    'Company deals,,,',
    '"Made for an analyst, 2024",,,',
    '',
    'Company Name,Deal Type,Deal Size (USD M),Deal Date',
    'ZZ One,Seed Round,4.5,45011',
    'ZZ Two,Series C,"1,300.00",45106.5',
    'Made without any warranty,,,',
  ];
  writeFileSync(join(folder, 'clouds.csv'), text.join('\n'));
  const { draft, report } = await drafted('clouds.csv');
  expect(draft).toMatch(/headerLine: 4/);
  expect(report).toMatchObject({
    state: 'DONE',
    rejected: 0,
    files: [{ rows: 3, loaded: 2, skipped: 1 }],
  });
  expect(await rounds()).toMatchObject([
    {
      company: { name: 'ZZ One' },
      type: 'SEED',
      announcedOn: '2023-03-26',
      raised: { amount: 4.5e6, currency: 'USD' },
    },
    {
      company: { name: 'ZZ Two' },
      type: 'SERIES_C',
      announcedOn: '2023-06-29',
      raised: { amount: 1.3e9, currency: 'USD' },
    },
  ]);
  await dropDataset(graph, blueprint, 'clouds');
});

test('a list deep in JSON is found; what names a row is its key, though a few rows lack it', async () => {
  const companies = Array.from({ length: 9 }, (_, at) => ({
    usd: at * 1_000,
    name: at === 8 ? null : `ZZ ${at}`,
    rounds: [{ id: at }],
  }));
  writeFileSync(join(folder, 'clouds.json'), JSON.stringify({ data: { companies } }));
  const { draft, report } = await drafted('clouds.json');
  expect(draft).toMatch(/at: data.companies/);
  expect(draft).toMatch(/# Lists within rows, of which `each` makes rows: rounds/);
  expect(draft).toMatch(/key: name/);
  expect(report.files).toMatchObject([{ rows: 9, loaded: 8, rejected: 1 }]);
  await dropDataset(graph, blueprint, 'clouds');
});

test.each(['café;Größe', '你好'])('%s in UTF-8 names no encoding', async (text) => {
  writeFileSync(join(folder, 'clouds.csv'), `name,city\n${text},x\n`);
  expect(await suggestMapping(blueprint, join(folder, 'clouds.csv'))).not.toMatch(/encoding/);
});

test('a Western encoding is not taken for a Chinese one', async () => {
  writeFileSync(
    join(folder, 'clouds.csv'),
    encode('name,city\nCafé,Zürich\nGröße,Málaga\n', 'latin1'),
  );
  expect(await suggestMapping(blueprint, join(folder, 'clouds.csv'))).toMatch(
    /encoding: windows-1252/,
  );
});

/** Files whose draft must load as it stands, and how many rows it loads. */
const plain = (names: readonly string[], rows = 3): string =>
  `${names.map((name) => `"${name.replaceAll('"', '""')}"`).join()}\n${Array.from(
    { length: rows },
    (_, at) => `${names.map((__, column) => `v${at}-${column}`).join()}\n`,
  ).join('')}`;
const wide = Array.from({ length: 300 }, (_, at) => `column ${at}`);
test.each<[file: string, content: string, loaded: number]>([
  ['one.csv', plain(['name']), 3],
  ['one-odd.csv', plain(['x']), 3],
  ['none.csv', plain(['name', 'city'], 0), 0],
  ['twice.csv', plain(['name', 'name', '', '', 'city']), 3],
  ['twice-semicolons.csv', plain(['name', 'name', 'city']).replaceAll(',', ';'), 3],
  ['wide.csv', plain(wide), 3],
  ['wide-titled.csv', `A list\n\n${plain(['name', ...wide])}`, 3],
  [
    'odd.csv',
    plain([
      'a.b',
      '"c": d',
      "e'",
      '公司名称：全称（中文）、',
      '# f',
      '- g',
      '[h]',
      '{i}',
      '*j',
      '&k',
      '%l',
      '',
      'null',
      'true',
      '1',
      'column',
      'constant',
      'text',
    ]),
    3,
  ],
  ['lines.csv', plain(['name', 'one\ntwo: "x"', '融资金额\n(万元)', 'a\r\nb']), 3],
  ['list (1).csv', plain(['name', 'city']), 3],
  ['[2024] list {a,b}!.csv', plain(['name', 'city']), 3],
  ['融资-2024年.csv', plain(['name', 'city']), 3],
  ['_x.csv', plain(['name', 'city']), 3],
  [`${'long'.repeat(30)}.csv`, plain(['name', 'city']), 3],
  ['empty-list.jsonl', '{"name":"A","rounds":[]}\n', 1],
  ['nested.json', '[{"name":"A","company":{"name":"x"},"city":{"a":1}},{"name":"B"}]', 2],
  [
    'firms.json',
    JSON.stringify([
      {
        id: 1,
        company: 'A',
        round: 'Seed',
        amount: '$5m',
        date: '2024-01-02',
        investors: [{ name: 'I' }],
      },
      {
        id: 2,
        company: 'B',
        round: 'Series A',
        amount: '$7m',
        date: '2024-01-03',
        investors: [{ name: 'J' }],
      },
    ]),
    2,
  ],
  [
    'rounds.csv',
    'company,round,amount,date\nA,Seed,$5m,2024-01-02\nB,Series A,$7m,2024-02-03\n',
    2,
  ],
])('the draft of %s loads it', async (file, content, loaded) => {
  writeFileSync(join(folder, file), content);
  const draft = await suggestMapping(blueprint, join(folder, file));
  const mapping = parseMapping(draft, 'draft.yaml');
  const report = await importFiles(graph, blueprint, mapping, { folder, dryRun: true });
  expect(report).toMatchObject({ state: 'DRY', rejected: 0 });
  expect(report.files.at(-1)).toMatchObject({ loaded });
  expect(draft).not.toMatch(/InvestmentFirm/);
});

test('a file without a column drafts nothing, and says so', async () => {
  writeFileSync(join(folder, 'no.json'), '[]');
  await expect(suggestMapping(blueprint, join(folder, 'no.json'))).rejects.toThrow(
    'has no columns that a mapping could be drafted from.',
  );
});

const cuts = ['companies', 'rounds', 'acquisitions', 'investments'];
test.each([...cuts.map((name) => `crunchbase-2013/${name}.csv`), 'cloud100-checklist.csv'])(
  'the draft of %s loads it',
  async (file) => {
    const path = join(__dirname, '../../data', file);
    const draft = await suggestMapping(blueprint, path);
    const mapping = parseMapping(draft, 'draft.yaml');
    const report = await importFiles(graph, blueprint, mapping, {
      folder: dirname(path),
      dryRun: true,
    });
    expect(report).toMatchObject({ state: 'DRY', files: [{ loaded: expect.any(Number) }] });
    expect(report.rejected).toBeLessThanOrEqual(1);
  },
);
