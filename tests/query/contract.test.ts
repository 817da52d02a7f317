import { examples } from '../../src/http/examples';
import { client, type Answer } from '../support/client';
import { reportRows, type Row } from '../support/rows';

const { ask, close } = client();
afterAll(close);

const rows = reportRows();
const of = (noun: string): Row[] => rows.get(noun) ?? [];
const queries = new Map(
  examples.map(({ title, query, variables }) => [title, { query, variables }]),
);

async function example(title: string): Promise<Answer> {
  const { query, variables } = queries.get(title) ?? { query: '' };
  const answer = await ask(query, variables && { ...variables });
  expect(answer.errors).toBeUndefined();
  // One statement a root field.
  expect(answer.statements).toBe(title === 'Totals beside the list' ? 2 : 1);
  return answer;
}

test('who is on the market, and what did the market say', async () => {
  const { listings } = (await example('Who is on the market, and what did the market say?')).data;
  expect(listings.totalCount).toBe(of('Listing').length);
  const vocodia = listings.nodes.find((node: Row) => node.ticker === 'VHAI');
  expect(vocodia).toMatchObject({
    listedOn: '2024-02-26',
    exchange: { mic: 'BATS' },
    company: { key: 'vocodia' },
  });
  const change = vocodia.observations.nodes.find(
    (node: Row) => node.indicator.key === 'change-since-first-day',
  );
  expect(change).toMatchObject({ value: -97, unit: 'PERCENT', certainty: 'INFERRED' });
  const dates = listings.nodes.map((node: Row) => node.listedOn);
  const known = dates
    .filter(Boolean)
    .map((date: string) => date + '-01'.repeat((10 - date.length) / 3));
  expect(known).toEqual([...known].sort().reverse());
  expect(dates.slice(known.length).every((date: unknown) => date === null)).toBe(true);
});

test('an unnamed company tells who it probably is, and why', async () => {
  const { listings } = (await example('Who is on the market, and what did the market say?')).data;
  const eda = listings.nodes.find((node: Row) => node.company.key === 'unnamed-p11-eda');
  expect(eda.company.sameAs.edges).toEqual([
    {
      certainty: 'INFERRED',
      reason: expect.stringContaining('EDA'),
      node: { key: 'empyrean', name: 'Empyrean Technology' },
    },
  ]);
});

test('the price war: only what is known, cheapest first; a lost price is missing, not 0', async () => {
  const { priceQuotes } = (await example('The price war, cheapest first')).data;
  expect(priceQuotes.nodes.map((node: Row) => [node.model.key, node.amount])).toEqual([
    ['ernie-lite', 0],
    ['ernie-speed', 0],
    ['ernie-tiny', 0],
    ['spark-lite', 0],
    ['qwen-long', 0.5],
    ['gpt-4', 200],
  ]);
  const priced = new Set(priceQuotes.nodes.map((node: Row) => node.model.key));
  const { data } = await ask(
    '{ models(first: 100) { nodes { key priceQuotes { nodes { component amount free certainty } } } } }',
  );
  for (const model of data.models.nodes) {
    const quotes: Row[] = model.priceQuotes.nodes;
    expect(quotes.length).toBeGreaterThan(0);
    if (!priced.has(model.key))
      expect(quotes.every((quote) => quote.certainty === 'MISSING' && quote.amount === null)).toBe(
        true,
      );
    expect(quotes.every((quote) => quote.free === true || quote.amount !== 0)).toBe(true);
  }
});

test('everything about one developer', async () => {
  const { company } = (await example('Everything about one developer')).data;
  const wanted = of('Company')
    .find((row) => row.key === 'zhipu-ai')
    ?.models.map((link: Row) => link.to)
    .sort();
  expect(company).toMatchObject({ name: 'Zhipu AI', nameZh: '智谱AI', models: { totalCount: 6 } });
  expect(company.models.nodes.map((node: Row) => node.key)).toEqual(wanted);
});

test("the list's sectors in order, each with its numbers; they sum to 100 companies", async () => {
  const { sectors } = (await example('Sectors of the list')).data;
  expect(sectors.nodes).toHaveLength(10);
  let count = 0;
  for (const sector of sectors.nodes) {
    const value = (key: string) =>
      sector.observations.nodes.find(
        (node: Row) => node.indicator.key === key && node.value !== null,
      ).value;
    count += value('company-count');
    // Both are printed rounded: to 1 company-average and to 100 million.
    expect(
      Math.abs(value('company-count') * value('average-valuation') - value('total-valuation')),
    ).toBeLessThan(value('company-count') * 0.5e8 + 0.5e8 + 1);
  }
  expect(count).toBe(100);
});

test('the trends with their evidence, points in order', async () => {
  const { trends } = (await example('The trends with their evidence')).data;
  expect(trends.nodes.map((node: Row) => node.key)).toEqual([
    'service-as-software',
    'prosumer-led',
    'natural-language-interaction',
    'private-small-models',
    'going-global',
  ]);
  const statements = new Map(of('Statement').map((row) => [row.key, row]));
  for (const trend of trends.nodes) {
    const wanted = of('Trend')
      .find((row) => row.key === trend.key)
      ?.points.map((link: Row) => statements.get(link.to)?.text);
    expect(trend.points.nodes.map((node: Row) => node.text)).toEqual(wanted.slice(0, 20));
  }
});

test('listings by exchange and year', async () => {
  const { listingGroups } = (await example('Group: how many listings a year and exchange')).data;
  const wanted = new Map<string, number>();
  for (const row of of('Listing')) {
    const key = `${row.exchange ?? null} ${row.listedOn?.slice(0, 4) ?? null}`;
    wanted.set(key, (wanted.get(key) ?? 0) + 1);
  }
  const found = listingGroups.nodes.map((group: Row) => [
    `${group.keys[0].value} ${group.keys[1].value}`,
    group.count,
  ]);
  expect(new Map(found)).toEqual(wanted);
});

test('models per developer, with shares of the whole', async () => {
  const { modelGroups } = (await example('Models per developer')).data;
  const wanted = of('Company')
    .filter((row) => row.models)
    .map((row) => [row.key, row.models.length] as const);
  expect(
    new Map(modelGroups.nodes.map((group: Row) => [group.keys[0].value, group.count])),
  ).toEqual(new Map(wanted));
  const shares = modelGroups.nodes.reduce((sum: number, group: Row) => sum + group.share, 0);
  expect(shares).toBeCloseTo(1);
  const counts = modelGroups.nodes.map((group: Row) => group.count);
  expect(counts).toEqual([...counts].sort((a, b) => b - a));
});

test('unicorns over the years', async () => {
  const { observations } = (await example('Unicorns over the years')).data;
  expect(observations.nodes.map((node: Row) => [node.period.label, node.value])).toEqual([
    ['2022', 21],
    ['2023', 33],
    ['2024', 34],
  ]);
});

test('where the companies want to go', async () => {
  const { observations } = (await example('Survey: where do the companies want to go?')).data;
  expect(observations.nodes.map((node: Row) => [node.place?.key ?? null, node.value])).toEqual([
    [null, 73],
    ['southeast-asia', 54],
    ['hk', 38],
    ['jp', 29],
    ['north-america', 29],
    [null, 27],
    ['middle-east', 23],
    ['europe', 21],
    ['other-regions', 21],
    ['latin-america', 10],
    ['africa', 4],
  ]);
});

test('a page of a parameterised query goes on where it ended', async () => {
  const { query } = queries.get('A parameterised client query') ?? { query: '' };
  const wanted = of('Company')
    .filter((row) => row.place?.[0]?.to === 'cn' && (row.models?.length ?? 0) >= 3)
    .map((row) => [row.models.length, row.key])
    .sort(([a, x], [b, y]) => b - a || (x < y ? -1 : 1))
    .map(([, key]) => key);
  const found: string[] = [];
  let after: string | null = null;
  for (;;) {
    const answer: Answer = await ask(query, { country: 'cn', after });
    const { companies } = answer.data;
    expect(companies.totalCount).toBe(wanted.length);
    found.push(...companies.nodes.map((node: Row) => node.key));
    if (!companies.pageInfo.hasNextPage) break;
    after = companies.pageInfo.endCursor;
  }
  expect(found).toEqual(wanted);
});

test('what the report shows that its text lost', async () => {
  const { facts } = (await example('What does the report show that its text lost?')).data;
  const wanted = [...rows.values()]
    .flat()
    .filter((row) => row.label && ['MISSING', 'UNLABELLED'].includes(row.certainty));
  expect(facts.totalCount).toBe(wanted.length);
  expect(facts.nodes.every((node: Row) => node.reason && node.citations[0].page)).toBe(true);
});

test('totals beside the list', async () => {
  const { sectors, observations } = (await example('Totals beside the list')).data;
  expect(sectors.totalCount).toBe(10);
  expect(observations).toEqual({ totalCount: 10, number: 100, known: 10, unknown: 0 });
});

test('facts are found across all kinds by source, page and subject', async () => {
  const { data, errors } = await ask(`{
    page: facts(where: { citations: { some: { page: { eq: 33 }, source: { key: { eq: "cloud100-2024" } } } } }) { totalCount }
    subject: facts(where: { subjects: { some: { key: { eq: "heygen" } } } }) { totalCount }
    entities(where: { observations: { some: { unit: { eq: MULTIPLE } } } }, first: 0) { totalCount }
  }`);
  expect(errors).toBeUndefined();
  const facts = [...rows.values()].flat().filter((row) => row.label);
  expect(data.page.totalCount).toBe(
    facts.filter((row) => row.citations.some((each: Row) => each.page === 33)).length,
  );
  expect(data.subject.totalCount).toBe(
    facts.filter((row) => row.about?.includes('Company:heygen')).length,
  );
  const multiples = of('Observation').filter((row) => row.unit === 'MULTIPLE');
  const wanted = new Set(
    multiples.flatMap((row) =>
      [...(row.about ?? []), row.indicator, row.place, row.sector].filter(Boolean),
    ),
  );
  expect(data.entities.totalCount).toBe(wanted.size);
});
