import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { blueprint } from '../../src/entities/blueprint';
import { loadDataset } from '../../src/exchange/dataset';
import { LoadFaults } from '../../src/exchange/fault';
import { canonicalLines } from '../support/canonical';
import { client } from '../support/client';
import { reportRows, type Row } from '../support/rows';

const { ask, graph, close } = client();
afterAll(close);

const folder = join(__dirname, '..', '..', 'data', 'cloud100-2024');
const rows = reportRows();

interface Item {
  readonly id: string;
  readonly page: number;
  readonly certainty: string;
  readonly noun: string;
  readonly key: string;
  readonly values: readonly (readonly [name: string, value: string])[];
}

/** The facts of the report, numbered by page: what a reader of the report checks the graph against. */
const checklist: readonly Item[] = readFileSync(
  join(__dirname, '..', 'data', 'cloud100-checklist.csv'),
  'utf8',
)
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [id = '', page, certainty = '', noun = '', key = '', values = ''] = line.split(',');
    const pairs = values
      .split(';')
      .filter(Boolean)
      .map((pair) => pair.split('=') as [string, string]);
    return { id, page: Number(page), certainty, noun, key, values: pairs };
  });

/** All facts of the graph, page by page. */
async function allFacts(): Promise<Map<string, Row>> {
  const found = new Map<string, Row>();
  const query = `query ($after: String) { facts(where: { datasets: { has: "cloud100-2024" } }, first: 100, after: $after) {
    nodes { __typename key certainty reason citations { page quote source { key } }
      ... on Observation { value low high unit currency } ... on PriceQuote { amount component } ... on Listing { ticker listedOn delistedOn } ... on Statement { kind } ... on RankingEntry { leftOn } }
    pageInfo { endCursor hasNextPage } } }`;
  for (let after: string | null = null; ;) {
    const { data, errors }: Awaited<ReturnType<typeof ask>> = await ask(query, { after });
    expect(errors).toBeUndefined();
    for (const node of data.facts.nodes) found.set(`${node.__typename}:${node.key}`, node);
    if (!data.facts.pageInfo.hasNextPage) return found;
    after = data.facts.pageInfo.endCursor as string;
  }
}

test('every fact of the checklist is in the graph, with value, certainty and page; the graph has no other', async () => {
  const facts = await allFacts();
  const listed = new Set<string>();
  for (const { id, page, certainty, noun, key, values } of checklist) {
    if (!facts.has(`${noun}:${key}`)) {
      expect([id, noun]).not.toEqual([
        id,
        expect.stringMatching(/^(Observation|Statement|Listing|PriceQuote|RankingEntry)$/),
      ]);
      continue;
    }
    listed.add(`${noun}:${key}`);
    const fact = facts.get(`${noun}:${key}`) as Row;
    expect({
      id,
      certainty: fact.certainty,
      pages: fact.citations.map((each: Row) => each.page),
    }).toEqual({ id, certainty, pages: expect.arrayContaining([page]) });
    for (const [name, value] of values)
      expect({ id, [name]: String(fact[name]) }).toEqual({ id, [name]: value });
    if (certainty === 'MISSING' && noun === 'Observation') expect(fact.value).toBeNull();
    if (certainty === 'INFERRED' || certainty === 'DERIVED') expect(fact.reason).toBeTruthy();
  }
  expect([...facts.keys()].filter((name) => !listed.has(name))).toEqual([]);
});

test('every claimed link of the checklist is in the graph, with its certainty', async () => {
  for (const { id, noun, key, certainty, values } of checklist.filter((item) =>
    item.noun.includes('.'),
  )) {
    const [owner = '', field = ''] = noun.split('.');
    const to = values[0]?.[1]?.split(':').pop();
    const one = owner.charAt(0).toLowerCase() + owner.slice(1);
    const { data, errors } = await ask(
      `query ($key: ID!) { ${one}(key: $key) { ${field}(first: 100) { edges { certainty node { key } } } } }`,
      { key },
    );
    expect(errors).toBeUndefined();
    expect({ id, edges: data[one][field].edges }).toEqual({
      id,
      edges: expect.arrayContaining([{ certainty, node: { key: to } }]),
    });
  }
});

const text = join(__dirname, '..', '..', '..', 'shared', 'report', 'cloud100-2024.txt');
test('every quote stands in the text of the report, white space aside', () => {
  if (!existsSync(text)) {
    console.warn('The text of the report is not there: its quotes are not looked up.');
    return;
  }
  const bare = (part: string) => part.replace(/\s+/g, '');
  const report = bare(readFileSync(text, 'utf8'));
  const cited = (value: unknown): string[] => {
    if (Array.isArray(value)) return value.flatMap(cited);
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([name, part]) =>
      name === 'quote' ? [part as string] : cited(part),
    );
  };
  const quotes = [...rows.values()].flatMap((own) => own.flatMap(cited));
  expect(quotes.length).toBeGreaterThan(700);
  expect(quotes.filter((quote) => !report.includes(bare(quote)))).toEqual([]);
});

test('loading the same data again changes nothing, and says so', async () => {
  const before = await canonicalLines(graph);
  const tally = await loadDataset(graph, blueprint, folder);
  expect(tally.total).toMatchObject({ created: 0, changed: 0 });
  expect(tally.total.unchanged).toBeGreaterThan(1_500);
  expect(tally.support).toBe(0);
  expect(await canonicalLines(graph)).toEqual(before);
});

describe('faulty data', () => {
  let copy: string;
  beforeEach(async () => {
    copy = await mkdtemp(join(tmpdir(), 'yuntu-'));
    await cp(folder, copy, { recursive: true });
  });
  afterEach(() => rm(copy, { recursive: true }));

  const rewrite = async (name: string, from: string, to: string) => {
    const path = join(copy, name);
    const before = await readFile(path, 'utf8');
    expect(before).toContain(from);
    await writeFile(path, before.replace(from, to));
  };
  const faults = () =>
    loadDataset(graph, blueprint, copy).then(
      () => '',
      (error: unknown) => {
        expect(error).toBeInstanceOf(LoadFaults);
        return (error as Error).message;
      },
    );

  test('all faults are told at once, each with file, line, value and what was likely meant; nothing is written', async () => {
    await rewrite('companies.yaml', 'kind: COMPANY', 'kind: COMPANNY');
    await rewrite('listings.yaml', "listedOn: '2024-07-22'", "listedOn: '2024-02-30'");
    await rewrite('models.yaml', 'viaApi: true', 'viaApi: maybe');
    await rewrite('places.yaml', 'kind: WORLD', 'kinds: WORLD');
    const told = await faults();
    expect(told).toMatch(/^4 faults; nothing was written/);
    expect(told).toMatch(
      /companies\.yaml:\d+ kind: "COMPANNY" is no CompanyKind\. Did you mean "COMPANY"\?/,
    );
    expect(told).toMatch(/listings\.yaml:\d+ listedOn: "2024-02-30" is not a date/);
    expect(told).toMatch(/models\.yaml:\d+ viaApi: "maybe" is not true or false/);
    expect(told).toMatch(
      /places\.yaml:\d+ kinds: Place has no field "kinds".*Did you mean "kind"\?/,
    );
  });

  test('a reference that leads nowhere, a key that stands twice and a tree with a cycle are told', async () => {
    await rewrite('listings.yaml', 'exchange: xnys', 'exchange: xnyz');
    await rewrite('exchanges.yaml', 'key: xhkg', 'key: bats');
    await rewrite('places.yaml', 'key: world\n', 'key: world\n    partOf: cn-mainland\n');
    await rewrite('models.yaml', 'key: qwen-long\n', 'key: qwen-long\n    versionOf: qwen-turbo\n');
    await rewrite(
      'models.yaml',
      'key: qwen-turbo\n',
      'key: qwen-turbo\n    versionOf: qwen-long\n',
    );
    const told = await faults();
    expect(told).toMatch(
      /listings\.yaml:\d+ exchange\.0: "xnyz" is no Exchange\. Did you mean "xnys"/,
    );
    expect(told).toMatch(/exchanges\.yaml:\d+ key: "bats" stands at exchanges\.yaml:\d+ already/);
    expect(told).toMatch(/PART_OF: leads back to itself: Place:/);
    expect(told).toMatch(/VERSION_OF: leads back to itself: Model:/);
  });

  test('a file that is no YAML is told with its line', async () => {
    await rewrite('sectors.yaml', 'rows:', 'rows: [');
    expect(await faults()).toMatch(/sectors\.yaml:\d+: /);
  });
});
