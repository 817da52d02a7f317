// cspell:ignore OPERATNG OPRATING ctiy formt isoformat nonestream onestream pyarrow renminbi
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { stringify } from 'yaml';
import { blueprint } from '../../../src/entities/blueprint';
import { importFiles } from '../../../src/exchange/import/import';
import type { ImportReport } from '../../../src/exchange/import/options';
import { dropDataset } from '../../../src/exchange/journal/drop';
import { parseMapping } from '../../../src/exchange/mapping/read-mapping';
import { client } from '../../support/client';
import { hasPython, python } from '../../support/python';

/** Values as people and programs write them: read as they were meant, or told; never as something else. */
const { ask, graph, close } = client();
const folder = mkdtempSync(join(tmpdir(), 'yuntu-awkward-'));

type Fields = Readonly<Record<string, unknown>>;

const load = (name: string, content: string | Buffer | null, fields: Fields, file: object = {}) => {
  if (content !== null) writeFileSync(join(folder, name), content);
  const loads = [{ noun: 'Company', key: 'key', fields: { name: 'key', ...fields } }];
  const text = stringify({ dataset: 'awkward', files: [{ file: name, loads, ...file }] });
  return importFiles(graph, blueprint, parseMapping(text, 'mapping.yaml'), { folder });
};

/** What each company holds of some columns, by its name. */
const stored = async (...columns: string[]): Promise<Record<string, unknown>> => {
  const { rows } = await graph.read(
    "MATCH (c:Company) WHERE 'awkward' IN c.datasets RETURN [c.name, [k IN $p.columns | c[k]]] AS row",
    { columns },
  );
  return Object.fromEntries(rows as [string, unknown][]);
};

const csv = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `${row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\n`).join('');

afterEach(() => dropDataset(graph, blueprint, 'awkward').catch(() => {}));
afterAll(async () => {
  await close();
  rmSync(folder, { recursive: true });
});

test('an amount is read with the currency that it names, and never given another', async () => {
  const amounts: readonly (readonly [text: string, amount?: number, currency?: string])[] = [
    ['3亿元', 3e8, 'CNY'],
    ['5000万人民币', 5e7, 'CNY'],
    ['人民币1.5亿元', 1.5e8, 'CNY'],
    ['50亿元人民币', 5e9, 'CNY'],
    ['2.5人民币元', 2.5, 'CNY'],
    ['10亿美元', 1e9, 'USD'],
    ['RMB 5m', 5e6, 'CNY'],
    ['HK$5m', 5e6, 'HKD'],
    ['1.5m usd', 1.5e6, 'USD'],
    ['USD1.5m', 1.5e6, 'USD'],
    ['€1.234.567,89', 1_234_567.89, 'EUR'],
    ['(US$ 2 million)', -2e6, 'USD'],
    ['2.5 Mrd €', 2.5e9, 'EUR'],
    // Which dollar and which yuan or yen is not said; 12% is no amount; ABC and foo are no currencies.
    ...['$5', '¥3亿', '12%', '5 ABC', '5 foo', '美元10万元', '~5M', '5M+'].map(
      (text) => [text] as const,
    ),
  ];
  const fundingTotal = { column: 'amount', unreadable: 'extra' };
  await load('amounts.csv', csv([['key', 'amount'], ...amounts.map(([text]) => [text, text])]), {
    fundingTotal,
  });
  expect(await stored('fundingTotalAmount', 'fundingTotalCurrency', 'extra')).toEqual(
    Object.fromEntries(
      amounts.map(([text, amount = null, currency = null]) => [
        text,
        [amount, currency, amount === null ? [`amount=${text}`] : null],
      ]),
    ),
  );
});

test('a sign that several currencies have goes with the stated one, if it is one of them', async () => {
  const rows = [
    ['yuan', '¥3亿', 'CNY', 3e8],
    ['yen', '¥3', 'jpy', 3],
    ['dollars', '$5', 'HKD', 5],
    ['words', '5', '人民币', 5],
    ['renminbi', '5', 'RMB', 5],
    ['not-dollars', '¥5', 'USD', null],
    ['not-euros', '$5', 'EUR', null],
    ['nothing', '5', 'dollars', null],
  ] as const;
  const text = csv([['key', 'amount', 'ccy'], ...rows.map((row) => row.slice(0, 3) as string[])]);
  const report = await load('stated.csv', text, {
    fundingTotal: { column: 'amount', currency: { column: 'ccy' } },
  });
  expect(report.rejected).toBe(rows.filter(([, , , amount]) => amount === null).length);
  expect(report.faults.value?.examples.join(' ')).toContain('"dollars" is no ISO 4217 code');
  expect(await stored('fundingTotalAmount')).toEqual(
    Object.fromEntries(
      rows.flatMap(([key, , , amount]) => (amount === null ? [] : [[key, [amount]]])),
    ),
  );
});

test('what a field does not take is kept where the mapping says so, however long it is', async () => {
  const long = 'x'.repeat(3_000);
  await load(
    'kept.csv',
    csv([
      ['key', 'city', 'site'],
      ['a', long, 'a.com'],
      ['b', 'Bern', 'b.com'],
    ]),
    {
      city: { column: 'city', unreadable: 'extra' },
      website: 'site',
    },
  );
  expect(await stored('city', 'website', 'extra')).toEqual({
    a: [null, 'a.com', [`city=${long}`]],
    b: ['Bern', 'b.com', null],
  });
});

test('names in rare letters make keys that pages walk through, each once', async () => {
  const names = [
    '𠮷野家',
    '﨎玉',
    '𝔘 😀',
    '～～',
    'ＡＢＣ 株式会社',
    '﨎a',
    '𠮷a',
    '\ue000x',
    'ｶﾅ',
  ];
  const report = await load('rare.csv', csv([['key'], ...names.map((name) => [name])]), {});
  expect(report.faults).toEqual({
    key: { count: 1, examples: ['rare.csv:5 key: no key can be made of it for a Company.'] },
  });
  const walked: string[] = [];
  for (let after: string | null = null; ;) {
    const { data, errors }: Awaited<ReturnType<typeof ask>> = await ask(
      'query ($after: String) { companies(where: { datasets: { has: "awkward" } }, orderBy: [{ key: ASC }], first: 1, after: $after) { nodes { key name } pageInfo { endCursor hasNextPage } } }',
      { after },
    );
    expect(errors).toBeUndefined();
    const { nodes, pageInfo } = data.companies;
    walked.push(...nodes.map((node: { name: string }) => node.name));
    if (!pageInfo.hasNextPage) break;
    after = pageInfo.endCursor as string;
  }
  expect(walked.sort()).toEqual(names.filter((name) => name !== '～～').sort());
});

test('an id of 19 digits keeps its digits in JSON and JSON Lines', async () => {
  const ids = ['1234567890123456789', '9007199254740993', '-9223372036854775808'];
  const items = ids.map(
    (id, at) => `{"key": "k${at}", "id": ${id}, "text": "12345678901234567890 \\" 1"}`,
  );
  const whole = Object.fromEntries(
    ids.map((id, at) => [`k${at}`, [[`id=${id}`], ['text=12345678901234567890 " 1']]]),
  );
  const fields = { externalIds: { id: 'id' } };
  for (const [name, text] of [
    ['ids.json', `[${items.join(',')}]`],
    ['ids.jsonl', items.join('\n')],
  ] as const) {
    await load(name, text, fields);
    expect(await stored('externalIds', 'extra')).toEqual(whole);
  }
});

test('a list deep in JSON is found by path or JSON Pointer; where none is named, the place is told', async () => {
  const text = JSON.stringify({ data: [{ 'my/items': [{ key: 'a' }, { key: 'b' }] }] });
  for (const at of ['data.0.my/items', '/data/0/my~1items']) {
    const { files } = await load('deep.json', text, {}, { at });
    expect(files).toMatchObject([{ rows: 2, loaded: 2 }]);
  }
  await expect(load('nowhere.json', '{"data": {"items": [{"key": "a"}]}}', {})).rejects.toThrow(
    /no list of objects at its top\. There is one at "data\.items"/,
  );
  const bottomless = `{"key": "a", "deep": ${'['.repeat(20_000)}${']'.repeat(20_000)}}`;
  await expect(load('bottomless.json', `[${bottomless}]`, {})).rejects.toThrow(/deep/);
  expect(await load('bottomless.jsonl', `${bottomless}\n{"key": "b"}\n`, {})).toMatchObject({
    rejected: 1,
  });
});

test('a file that is something else says what it is', async () => {
  await expect(load('packed.csv', gzipSync('key\na\n'), {})).rejects.toThrow(/gzip.*\.gz/);
  await expect(load('book.csv', Buffer.from('PK\u0003\u0004'), {})).rejects.toThrow(/workbook/);
  await expect(load('parted.csv', 'key;city\na;B\n', {})).rejects.toThrow(/parted by ";"/);
});

test('a column that no row of JSON has is told, with the one that was likely meant', async () => {
  const { faults } = await load('typo.jsonl', '{"key": "a", "city": "Bern"}\n', { city: 'ctiy' });
  expect(faults.column?.examples).toEqual([
    'typo.jsonl:1: has no column "ctiy". Did you mean "city"?',
  ]);
});

// As pyarrow and openpyxl write them; what they hold is counted there.
(hasPython ? test : test.skip)(
  'decimals, times, bytes and real dates are what they were',
  async () => {
    const expected = python<Record<string, unknown>>(
      ['pyarrow==18.1.0', 'openpyxl==3.1.5'],
      `import json, sys, datetime as d, decimal, pyarrow as pa, pyarrow.parquet as pq, openpyxl
folder = json.load(sys.stdin)
D = decimal.Decimal
amounts = [D('1234567.89'), D('0.1'), D('-5.55'), D('99999999999.99')]
whens = [d.datetime(2020, 1, 2, 23, 59, 59), d.datetime(2021, 1, 1), d.datetime(1950, 6, 7, 8), d.datetime(2024, 2, 29)]
keys = ['a', 'b', 'c', 'd']
pq.write_table(pa.table({
  'key': keys, 'amount': pa.array(amounts, pa.decimal128(18, 2)),
  'in': pa.array([{'list': [x]} for x in amounts], pa.struct([('list', pa.list_(pa.decimal128(18, 2)))])),
  'when': pa.array(whens, pa.timestamp('us')), 'raw': pa.array([b'\\x00\\xff', b'text', b'', b'\\xe4\\xba\\x91'], pa.binary()),
}), folder + '/typed.parquet', compression='zstd')
book = openpyxl.Workbook()
book.active.append(['key', 'amount', 'when'])
for key, when in zip(keys, whens): book.active.append([key, 1.1, when if key != 'b' else '01/01/2021'])
book.save(folder + '/typed.xlsx')
print(json.dumps({k: [float(a), w.date().isoformat(), w.isoformat()] for k, a, w in zip(keys, amounts, whens)}))`,
      folder,
    );
    const when = { column: 'when', format: 'DD/MM/YYYY' };
    const money = { column: 'amount', currency: 'USD' };
    const days = Object.fromEntries(
      Object.entries(expected).map(([key, value]) => [key, (value as unknown[])[1]]),
    );
    await load('typed.parquet', null, {
      foundedOn: when,
      fundingTotal: money,
      externalIds: { at: 'when' },
    });
    const found = await stored('fundingTotalAmount', 'foundedOn', 'externalIds', 'extra');
    for (const [key, [amount, day, time]] of Object.entries(
      expected as Record<string, [number, string, string]>,
    )) {
      const [stored, on, ids, extra] = found[key] as [number, string, string[], string[]];
      expect([stored, on]).toEqual([amount, day]);
      expect(ids).toEqual([`at=${time.endsWith('T00:00:00') ? day : `${time}.000Z`}`]);
      expect(extra[0]).toBe(`in={"list":[${amount}]}`);
    }
    const raw = Object.entries(found).map(([key, value]) => [key, (value as string[][])[3]?.[1]]);
    expect(Object.fromEntries(raw)).toEqual({
      a: 'raw=0x00ff',
      b: 'raw=text',
      c: undefined,
      d: 'raw=云',
    });
    await load('typed.xlsx', null, { foundedOn: when });
    const dated = Object.entries(await stored('foundedOn')).map(([key, row]) => [
      key,
      (row as string[])[0],
    ]);
    expect(Object.fromEntries(dated)).toEqual(days);
  },
);

describe('a mapping that cannot be is told with its line before anything is read', () => {
  const base = (fields: object, more: object = {}, file: object = {}) => ({
    dataset: 'awkward',
    files: [{ file: 'x.csv', loads: [{ noun: 'Company', key: 'key', fields, ...more }], ...file }],
  });
  test.each([
    [
      'an option',
      base({ name: 'key', foundedOn: { column: 'f', formt: 'YYYY' } }),
      /foundedOn\.formt.*"format"/,
    ],
    [
      'a currency',
      base({ name: 'key', fundingTotal: { column: 'f', currency: 'dollars' } }),
      /"dollars".*ISO 4217/,
    ],
    [
      'a word of an enum',
      base({ name: 'key', status: { column: 's', map: { live: 'OPERATNG' } } }),
      /"OPERATNG" is not a CompanyStatus/,
    ],
    [
      'a constant',
      base({ name: 'key', status: { constant: 'OPRATING' } }),
      /"OPRATING" is not a CompanyStatus/,
    ],
    [
      'a split of one value',
      base({ name: { column: 'key', split: ';' } }),
      /name is one value, which cannot be `split`/,
    ],
    ['no name at all', base({ city: 'c' }), /a Company needs a name/],
    [
      'a role for a noun',
      base({ name: 'key' }, { noun: 'Investor' }),
      /Company or InvestmentFirm or Person/,
    ],
    [
      'no such relation',
      base({ name: 'key' }, { relations: { xyz: { key: 'f' } } }),
      /no relation "xyz".*There are: .*models/,
    ],
    [
      'two letters that changed places',
      base({ name: 'key', ctiy: 'c' }),
      /"ctiy".*Did you mean "city"/,
    ],
    [
      'an expression that is none',
      base({ name: 'key' }, {}, { skip: [{ column: 'a', matches: '(' }] }),
      /has a fault:.*\(/s,
    ],
    ['an empty delimiter', base({ name: 'key' }, {}, { delimiter: '' }), /delimiter/],
    [
      'a source that is not there',
      base({ name: 'key' }, {}, { source: 'nowhere' }),
      /files\.0\.source: "nowhere" is no Source/,
    ],
    [
      'a source of no day',
      { ...base({ name: 'key' }), source: { title: 'X', publishedOn: 'soon' } },
      /source\.publishedOn: "soon" is not a date/,
    ],
  ])('%s', async (_, mapping, told) => {
    writeFileSync(join(folder, 'x.csv'), 'key,c,f,s\na,Bern,1,live\n');
    const go = async () =>
      importFiles(graph, blueprint, parseMapping(stringify(mapping), 'mapping.yaml'), { folder });
    await expect(go()).rejects.toThrow(told);
    await expect(go()).rejects.toThrow(/mapping\.yaml:\d+ /);
    expect(await stored('name')).toEqual({});
  });
});

test('a second place where there can be one is told with both', async () => {
  writeFileSync(join(folder, 'places.csv'), 'key,place\nzz-one,cn-bj\nzz-one,us\n');
  const relations = { place: { key: 'place' } };
  const loads = [
    { noun: 'Company', key: 'key', repeats: 'merge', fields: { name: 'key' }, relations },
  ];
  const text = stringify({ dataset: 'awkward', files: [{ file: 'places.csv', loads }] });
  const report = await importFiles(graph, blueprint, parseMapping(text, 'm.yaml'), { folder });
  expect(Object.values(report.faults).flatMap(({ examples }) => examples)).toEqual([
    expect.stringContaining('has one place, "cn-bj", and would get another, "us".'),
  ]);
});

test('a row without the first part of its key makes none of the rest', async () => {
  writeFileSync(
    join(folder, 'deals.csv'),
    'company,type,day\nzz-one,seed,2020\n-,seed,2021\n!!!,seed,\n,,\nzz-one,,2022\n,angel,\n',
  );
  const by = (key: unknown, more: object = {}) => {
    const loads = [{ noun: 'FundingRound', key, fields: { label: 'type' }, ...more }];
    const file = { file: 'deals.csv', skip: [{ column: 'day', is: '2022' }], loads };
    const text = stringify({ dataset: 'awkward', unknown: ['-'], files: [file] });
    return importFiles(graph, blueprint, parseMapping(text, 'm.yaml'), { folder });
  };
  const keys = async () =>
    (
      await graph.read(
        "MATCH (f:FundingRound) WHERE 'awkward' IN f.datasets RETURN f.key AS row ORDER BY row",
      )
    ).rows;
  for (const more of [{}, { repeats: 'merge' }]) {
    const report = await by([{ constant: 'deals' }, 'company', 'type'], more);
    expect(report).toMatchObject({ rejected: 3, files: [{ loaded: 1, empty: 1, skipped: 1 }] });
    expect(JSON.stringify(report.faults.key)).toContain(
      'deals.csv:3 key (company): the first part of the key of a FundingRound is unknown',
    );
    expect(await keys()).toEqual(['deals/zz-one/seed']);
    await dropDataset(graph, blueprint, 'awkward');
  }
  // What comes later in a key may be unknown, and what stands instead of the first may be said.
  const first = { column: 'company', or: { constant: 'someone' } };
  expect(await by([first, 'type', 'day'])).toMatchObject({ rejected: 1 });
  expect(await keys()).toEqual(['someone/angel', 'someone/seed/2021', 'zz-one/seed/2020']);
});

test('a second place beside the one of another dataset is told with its remedy, which helps', async () => {
  writeFileSync(join(folder, 'places.csv'), 'key,place,city\nonestream,cn-bj,x\n');
  const by = (place: object) => {
    const loads = [
      { noun: 'Company', key: 'key', fields: { name: 'key', city: 'city' }, relations: { place } },
    ];
    const text = stringify({ dataset: 'awkward', files: [{ file: 'places.csv', loads }] });
    return importFiles(graph, blueprint, parseMapping(text, 'm.yaml'), { folder });
  };
  const place = async () =>
    (await ask('{ company(key: "onestream") { place { key } } }')).data.company.place.key;
  const before = await place();
  const told = (kind: string) => [
    expect.stringContaining(
      `Company "onestream" has one place, "${before}" of cloud100-2024, and would get another, "cn-bj".`,
    ),
    kind,
  ];
  const faults = ({ faults: all }: ImportReport) =>
    Object.entries(all).flatMap(([kind, { examples }]) => examples.flatMap((text) => [text, kind]));
  const rejected = await by({ key: 'place' });
  expect(rejected).toMatchObject({ rejected: 1, files: [{ loaded: 0 }] });
  expect(faults(rejected)).toEqual(told('one'));
  expect(JSON.stringify(rejected.faults)).toContain(
    'With `optional: true` the row is loaded without it.',
  );
  const loaded = await by({ key: 'place', optional: true });
  expect(loaded).toMatchObject({ rejected: 0, files: [{ loaded: 1 }] });
  expect(faults(loaded)).toEqual(told('unlinked'));
  expect(await stored('key')).toEqual({ OneStream: ['onestream'] });
  expect(await place()).toBe(before);
  expect((await by({ key: 'place', optional: true })).total).toMatchObject({
    created: 0,
    changed: 0,
  });
});

test.each([
  ['0', null],
  ['1', null],
  ['60', null],
  ['-45011', null],
  ['45011,5', null],
  ['9999999', null],
  ['61', '1900-03-01'],
  ['45011', '2023-03-26'],
  ['45011.999', '2023-03-26'],
  ['2023-03-26', '2023-03-26'],
  ['2023-03', '2023-03'],
])('%s as a day of a spreadsheet', async (text, day) => {
  const founded = { foundedOn: { column: 'f', format: 'serial' } };
  const report = await load('serial.csv', `key,f\na,"${text}"\n`, founded);
  expect(report.rejected).toBe(day === null ? 1 : 0);
  expect(await stored('foundedOn')).toEqual(day === null ? {} : { a: [day] });
  const number = Number(text);
  if (Number.isNaN(number)) return;
  const again = await load('serial.jsonl', JSON.stringify({ key: 'a', f: number }), founded);
  expect(again.rejected).toBe(report.rejected);
  expect(await stored('foundedOn')).toEqual(day === null ? {} : { a: [day] });
});
