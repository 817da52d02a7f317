import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import {
  answerFormats,
  exportAnswer,
  type AnswerReport,
} from '../../../src/exchange/export/answer';
import { readQuestion } from '../../../src/exchange/export/answer/question';
import { csvOf } from '../../../src/exchange/export/answer/table';
import { fileSink } from '../../../src/exchange/export/files';
import { client } from '../../support/client';
import { hasPython, python } from '../../support/python';
import { reportRows, type Row } from '../../support/rows';

/** An analyst writes the answer of a query down: every row, in the format that the next tool reads. */
const { graph, engine, parts, ask, close } = client();
const out = mkdtempSync(join(tmpdir(), 'yuntu-answer-'));
afterAll(async () => {
  await close();
  rmSync(out, { recursive: true });
});

async function written(
  text: string,
  name: string,
  options: { variables?: object; operation?: string; most?: number } = {},
): Promise<{ report: AnswerReport; text: string; path: string }> {
  const format = answerFormats.find((each) => each.name === name) as (typeof answerFormats)[0];
  const { most, ...asked } = options as { most?: number };
  const question = readQuestion(parts.schema, { name: 'q.graphql', text, ...asked });
  const path = join(out, `answer.${format.extension}`);
  const report = await exportAnswer(engine, question, format, () => fileSink(path), most);
  return { report, path, text: readFileSync(path, 'utf8') };
}
const lines = (text: string): Row[] =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Row);

const rows = reportRows();
const keysOf = (noun: string): string[] => (rows.get(noun) ?? []).map((row) => row.key as string);

test('all pages of a list are followed, in its order, whatever size a page has', async () => {
  const expected = keysOf('Model').sort();
  expect(expected.length).toBeGreaterThan(40);
  for (const first of ['', '(first: 7)', '(first: 0)']) {
    const { report, text } = await written(
      `{ models${first || '(orderBy: [{ name: DESC }])'} { nodes { key name } } }`,
      'jsonl',
    );
    expect(
      lines(text)
        .map(({ key }) => key as string)
        .sort(),
    ).toEqual(expected);
    expect(report.rows).toBe(expected.length);
  }
  const { text } = await written(
    'query ($size: Int = 9) { models(orderBy: [{ name: DESC }], first: $size) { edges { cursor node { key } } } }',
    'jsonl',
    { variables: { size: 13 } },
  );
  const { data } = await ask(
    '{ models(orderBy: [{ name: DESC }], first: 100) { edges { cursor node { key } } } }',
  );
  expect(lines(text).slice(0, 100)).toEqual(data.models.edges);
});

test('it begins where the query begins, takes as many rows as it is told, and asks for nothing it shows', async () => {
  const { data } = await ask(
    '{ models(first: 5) { pageInfo { endCursor } } all: models(first: 20) { nodes { key datasets } } }',
  );
  const after = data.models.pageInfo.endCursor as string;
  const text =
    'query Rest($from: String) { rest: models(after: $from, first: 4) { nodes { key datasets } totalCount } } query Other { companies { nodes { key } } }';
  const rest = await written(text, 'jsonl', {
    variables: { from: after },
    operation: 'Rest',
    most: 10,
  });
  expect(lines(rest.text)).toEqual(data.all.nodes.slice(5, 15));
  expect(rest.report.rows).toBe(10);
});

const question = `query Rounds($kind: CompanyKind) {
  companies(where: { kind: { eq: $kind } }, orderBy: [{ key: ASC }]) {
    nodes { ...Named foundedOn city models(first: 2) { nodes { key } } sectors { totalCount }
      place { key } fundingTotal { amount currency } extra { name value } }
  }
}
fragment Named on Company { key name aliases }`;

test('CSV is what the same query gives over HTTP, and Parquet holds the same with types', async () => {
  const variables = { kind: 'COMPANY' };
  const { data } = await ask(question.replace('orderBy', 'first: 100, orderBy'), variables);
  expect(data.companies.nodes.length).toBeGreaterThan(30);
  const csv = await written(question, 'csv', { variables });
  const [header = ''] = csv.text.split('\r\n');
  expect(header).toBe(
    'key,name,aliases,foundedOn,city,models,sectors.totalCount,place.key,fundingTotal.amount,fundingTotal.currency,extra',
  );
  const table = parse<Record<string, string>>(csv.text, { columns: true });
  const http = parse<Record<string, string>>(csvOf(data) as string, { columns: true });
  // Over HTTP a column is known by what is there: where all is unknown an object is one empty column.
  for (const [at, row] of http.entries())
    for (const [name, cell] of Object.entries(row))
      if (name in (table[at] as object)) expect([name, table[at]?.[name]]).toEqual([name, cell]);
  expect(table).toHaveLength(data.companies.nodes.length);
  // Alibaba develops more models than two: told, not cut in silence.
  const many = (data.companies.nodes as { models: { nodes: object[] } }[]).length;
  expect(csv.report.cut.get('models')).toBeGreaterThan(0);
  expect(csv.report.cut.get('models')).toBeLessThan(many);
  expect([...csv.report.cut.keys()]).toEqual(['models']);

  if (!hasPython) return;
  const { path } = await written(question, 'parquet', { variables });
  const read = python<{ types: Record<string, string>; rows: unknown[][] }>(
    ['duckdb==1.3.2'],
    `
import duckdb, json, sys
path = json.load(sys.stdin)
print(json.dumps(dict(
  types=dict((r[0], r[1]) for r in duckdb.sql(f"DESCRIBE SELECT * FROM '{path}'").fetchall()),
  rows=duckdb.sql(f'''SELECT key, aliases, models, "sectors.totalCount", "place.key", CAST(foundedOn AS VARCHAR), extra FROM '{path}' ''').fetchall(),
)))
`,
    path,
  );
  expect(read.types).toMatchObject({
    key: 'VARCHAR',
    aliases: 'VARCHAR[]',
    foundedOn: 'DATE',
    'foundedOn.precision': 'VARCHAR',
    models: 'VARCHAR[]',
    'sectors.totalCount': 'BIGINT',
    'fundingTotal.amount': 'DOUBLE',
    extra: 'JSON',
  });
  expect(read.rows).toEqual(
    (data.companies.nodes as Row[]).map((row) => [
      row.key,
      row.aliases,
      row.models.nodes.map(({ key }: { key: string }) => key),
      row.sectors.totalCount,
      row.place?.key ?? null,
      row.foundedOn && `${row.foundedOn}-01-01`.slice(0, 10),
      JSON.stringify(row.extra),
    ]),
  );
});

test('groups, one thing, a plain list and nothing at all are tables too', async () => {
  const groups = await written(
    '{ modelGroups(by: [{ developer: { key: true } }]) { nodes { count keys { value } } } }',
    'csv',
  );
  const { data } = await ask(
    '{ modelGroups(by: [{ developer: { key: true } }], first: 1000) { totalCount } }',
  );
  expect(groups.report.rows).toBe(data.modelGroups.totalCount);
  expect(groups.text).toMatch(/^count,keys\r\n\d+,/);
  // Sums name no node: all the graph's sources are named.
  expect(groups.report.datasets.map(({ name }) => name)).toEqual(['cloud100-2024']);
  const one = await written(
    '{ company(key: "alibaba") { key models(first: 100) { nodes { key name } } } }',
    'csv',
  );
  expect(one.report.rows).toBe(1);
  expect(parse<Record<string, string>>(one.text, { columns: true })[0]?.models).toMatch(
    /^\[\{"key":/,
  );
  const none = await written('{ company(key: "no-such") { key name } }', 'csv');
  expect(none.text).toBe('key,name\r\n');
  const empty = await written(
    '{ companies(where: { key: { eq: "alibaba-group" } }) { nodes { key } } }',
    'csv',
  );
  expect(empty.text).toBe('key\r\n');
  expect(empty.report.notes.join()).toMatch(/alibaba-group/);
});

test('beside an answer stands what it rests on: datasets and sources with licences', async () => {
  const { report } = await written('{ companies { nodes { key } } }', 'jsonl');
  const { rows: stored } = await graph.read('MATCH (s:Source) RETURN s.key AS row ORDER BY row');
  expect(report.sources.map(({ key }) => key)).toEqual(stored);
  expect(report.sources.some(({ publisher }) => publisher)).toBe(true);
  expect(report.still).toBe(true);
});

test('a picture is written as GraphML, GEXF, DOT and for Cytoscape, the same for each', async () => {
  const text = 'query ($seed: ID!) { g: graph(seeds: [$seed], depth: 1) { nodes { key } } }';
  const variables = { seed: 'Trend:going-global' };
  const { data } = await ask(
    '{ graph(seeds: ["Trend:going-global"], depth: 1) { nodes { id } edges { id } } }',
  );
  const count = data.graph.nodes.length as number;
  for (const [name, node] of [
    ['graphml', /<node id=/g],
    ['gexf', /<node id=/g],
    ['dot', /^ {2}"[^"]*" \[label/gm],
    ['cytoscape', /"position"/g],
  ] as const) {
    const file = await written(text, name, { variables });
    expect([name, file.text.match(node)?.length, file.report.rows]).toEqual([name, count, count]);
  }
});

test.each([
  ['{ models { nodes { key }', /^q\.graphql:1:25: Syntax Error/],
  ['{\n  models { nodes { nmae } }\n}', /^q\.graphql:2:20: Cannot query field "nmae".*"name"/],
  [
    '{ models { totalCount } companies { totalCount } }',
    /one list makes one file, but "models", "companies"/,
  ],
  [
    'query A { models { totalCount } } query B { models { totalCount } }',
    /2 operations: say which, --operation A or B/,
  ],
  ['{ models(last: 5) { nodes { key } } }', /models: an export takes all rows .* leave out "last"/],
  ['{ models(first: 101) { nodes { key } } }', /"101" is more than 100/],
  [
    '{ graph(seeds: ["Trend:going-global"]) { nodes { id } } }',
    /picture has nodes and lines, and csv has rows/,
  ],
  [
    'query ($n: Int!) { models(first: $n) { nodes { key } } }',
    /^q\.graphql:1:8: Variable "\$n" of required type/,
  ],
])('%s is refused', async (text, told) => {
  const before = readdirSync(out).sort();
  await expect(written(text, 'csv')).rejects.toThrow(told);
  expect(readdirSync(out).sort()).toEqual(before);
});

test('what does not fit is told: a picture of rows, a variable that is none, another operation', async () => {
  await expect(written('{ models { nodes { key } } }', 'gexf')).rejects.toThrow(
    /"models" gives none/,
  );
  const variables = { sizes: 3 };
  const text = 'query A($size: Int) { models(first: $size) { nodes { key } } }';
  await expect(written(text, 'csv', { variables })).rejects.toThrow(
    /"sizes" is no variable.*"size"/,
  );
  await expect(written(text, 'csv', { operation: 'a' })).rejects.toThrow(/no operation "a".*"A"/);
});
