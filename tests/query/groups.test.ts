import { client } from '../support/client';
import { reportRows, type Row } from '../support/rows';

const { ask, graph, close } = client();
afterAll(close);

const rows = reportRows();
const observations = rows.get('Observation') as Row[];
const companies = rows.get('Company') as Row[];

/** What is grouped, by what, and how a plain loop reads the values of one row. */
const cases: readonly (readonly [by: string, values: (row: Row) => (string | null)[][]])[] = [
  ['{ unit: true }', (row) => [[row.unit ?? null]]],
  [
    '{ indicator: { key: true } }, { certainty: true }',
    (row) => [[row.indicator], [row.certainty]],
  ],
  [
    '{ sector: { key: true, scheme: "cloud-100-2024" } }, { unit: true }',
    (row) => [[row.sector?.startsWith('cloud-100-2024/') ? row.sector : null], [row.unit ?? null]],
  ],
  [
    '{ place: { kind: true } }',
    (row) => [
      [(rows.get('Place') as Row[]).find((place) => place.key === row.place)?.kind ?? null],
    ],
  ],
  // Several values: a row counts in each, and once in each.
  [
    '{ parts: { certainty: true } }',
    (row) => {
      const parts = new Set<string>(
        observations.filter((each) => each.partOf === row.key).map((each) => each.certainty),
      );
      return [parts.size ? [...parts] : [null]];
    },
  ],
];

test.each(cases)('grouped by %s, counted and added up as a plain loop does', async (by, values) => {
  const { data, errors } = await ask(
    `{ observationGroups(first: 1000, by: [${by}], where: { unit: { eq: PERCENT } }) { totalCount nodes { count share known(of: VALUE) unknown(of: VALUE) sum: number(of: VALUE, fn: SUM) max: number(of: VALUE, fn: MAX) median: number(of: VALUE, fn: MEDIAN) distinct: number(of: VALUE, fn: COUNT_DISTINCT) keys { value } members(first: 100) { totalCount } } } }`,
  );
  expect(errors).toBeUndefined();
  const percent = observations.filter((row) => row.unit === 'PERCENT');
  const groups = new Map<string, Row[]>();
  for (const row of percent)
    for (const keys of values(row).reduce<(string | null)[][]>(
      (all, each) => all.flatMap((before) => each.map((value) => [...before, value])),
      [[]],
    ))
      groups.set(JSON.stringify(keys), [...(groups.get(JSON.stringify(keys)) ?? []), row]);
  expect(data.observationGroups.totalCount).toBe(groups.size);
  for (const group of data.observationGroups.nodes) {
    const members = groups.get(JSON.stringify(group.keys.map((key: Row) => key.value))) ?? [];
    const known = members
      .flatMap((row) => (row.value == null ? [] : [row.value as number]))
      .sort((a, b) => a - b);
    const middle = (known.length - 1) / 2;
    expect(group).toMatchObject({
      count: members.length,
      known: known.length,
      unknown: members.length - known.length,
      max: known.length ? known[known.length - 1] : null,
      distinct: new Set(known).size,
      members: { totalCount: members.length },
    });
    expect(group.share).toBeCloseTo(members.length / percent.length);
    if (!known.length) expect([group.sum, group.median]).toEqual([null, null]);
    else {
      expect(group.sum).toBeCloseTo(known.reduce((a, b) => a + b, 0));
      expect(group.median).toBeCloseTo(
        ((known[Math.floor(middle)] as number) + (known[Math.ceil(middle)] as number)) / 2,
      );
    }
  }
});

test('money is added by currency and never across; page by page the groups are those of one list', async () => {
  const { data } = await ask(
    '{ observationGroups(first: 1000, by: [{ indicator: { key: true } }], where: { unit: { eq: MONEY } }) { nodes { keys { value } money(of: VALUE, fn: SUM) { amount currency } } } }',
  );
  for (const { keys, money } of data.observationGroups.nodes) {
    const own = observations.filter(
      (row) => row.indicator === keys[0].value && row.unit === 'MONEY' && row.value != null,
    );
    const wanted = [...new Set(own.map((row) => row.currency as string))]
      .sort()
      .map((currency) => ({
        currency,
        amount: own
          .filter((row) => row.currency === currency)
          .reduce((sum, row) => sum + row.value, 0),
      }));
    expect(money).toEqual(wanted);
  }
  // Asked for with the members, it is read from them.
  const money =
    'count sum: money(of: VALUE, fn: SUM) { amount currency } middle: money(of: VALUE, fn: MEDIAN) { amount currency } how: money(of: VALUE, fn: COUNT) { amount currency } many: money(of: VALUE, fn: COUNT_DISTINCT) { amount currency }';
  const groups = (more: string) =>
    `observationGroups(first: 1000, by: [{ unit: true }, { period: YEAR }]) { nodes { keys { value } ${money} ${more} } }`;
  const both = await ask(`{ alone: ${groups('')} beside: ${groups('members { totalCount }')} }`);
  expect(both.data.alone.nodes).toEqual(
    both.data.beside.nodes.map(({ members, ...group }: Record<string, unknown>) => {
      expect(members).toEqual({ totalCount: group.count });
      return group;
    }),
  );
  const found: string[] = [];
  for (let after: string | null = null; ;) {
    const answer: Awaited<ReturnType<typeof ask>> = await ask(
      'query ($after: String) { observationGroups(first: 7, after: $after, by: [{ indicator: { key: true } }], orderBy: [{ count: DESC }]) { nodes { count keys { value } } pageInfo { endCursor hasNextPage } } }',
      { after },
    );
    const { nodes, pageInfo } = answer.data.observationGroups;
    found.push(...nodes.map((node: Row) => `${node.count} ${node.keys[0].value}`));
    if (!pageInfo.hasNextPage) break;
    after = pageInfo.endCursor as string;
  }
  const counts = new Map<string, number>();
  for (const { indicator } of observations) counts.set(indicator, (counts.get(indicator) ?? 0) + 1);
  const wanted = [...counts]
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .map(([key, count]) => `${count} ${key}`);
  expect(found).toEqual(wanted);
});

test('a cursor of groups by one step of time is none of groups by another', async () => {
  const steps = ['YEAR', 'QUARTER', 'MONTH'];
  const groups = (step: string, more = '') =>
    `listingGroups(by: [{ listedOn: ${step} }], first: 1${more}) { pageInfo { endCursor } }`;
  const { data } = await ask(`{ ${steps.map((step) => `${step}: ${groups(step)}`).join(' ')} }`);
  for (const from of steps)
    for (const to of steps) {
      const { endCursor } = data[from].pageInfo as { endCursor: string };
      const { errors } = await ask(`{ ${groups(to, `, after: "${endCursor}"`)} }`);
      if (from === to) expect(errors).toBeUndefined();
      else expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    }
});

test('gaps in time are filled, and a change is against the group one date earlier', async () => {
  const { data } = await ask(
    '{ listingGroups(by: [{ listedOn: MONTH }], where: { listedOn: { gte: "2024" } }, fill: true, first: 100) { nodes { count keys { value } } } }',
  );
  const months = (rows.get('Listing') as Row[])
    .filter((row) => row.listedOn >= '2024' && row.listedOn.length >= 7)
    .map((row) => row.listedOn.slice(0, 7) as string)
    .sort();
  const first = Number(months[0]?.slice(5));
  const last = Number(months[months.length - 1]?.slice(5));
  const wanted = Array.from({ length: last - first + 1 }, (_, index) => {
    const value = `2024-${String(first + index).padStart(2, '0')}`;
    return { count: months.filter((month) => month === value).length, keys: [{ value }] };
  });
  expect(data.listingGroups.nodes).toEqual(wanted);
});

test('companies by country, through the place where they are based', async () => {
  const { data } = await ask(
    '{ companyGroups(by: [{ country: { key: true } }]) { nodes { count keys { value node { ... on Place { nameZh } } } } } }',
  );
  const count = (key: string | null) =>
    companies.filter((row) => (row.place?.[0]?.to ?? null) === key).length;
  expect(data.companyGroups.nodes).toEqual([
    { count: count('cn'), keys: [{ value: 'cn', node: { nameZh: '中国' } }] },
    { count: count('us'), keys: [{ value: 'us', node: { nameZh: '美国' } }] },
    { count: count(null), keys: [{ value: null, node: null }] },
  ]);
});

const sectors = new Map((rows.get('Sector') as Row[]).map((row) => [row.key as string, row]));
/** The broadest sector that one is part of. */
const broadest = (key: string): string => {
  const { broader } = sectors.get(key) as Row;
  return broader ? broadest(broader as string) : key;
};

test('a taxonomy is rolled up to its broadest, each member once in each; its name is folded', async () => {
  const { data, errors } = await ask(
    '{ trendGroups(first: 100, by: [{ sectors: { key: true, scheme: "AI-Cloud-Stack", rollUp: true } }]) { nodes { count keys { value node { ... on Sector { broader { key } } } } members(first: 100) { nodes { key } } } } }',
  );
  expect(errors).toBeUndefined();
  const wanted = new Map<string | null, string[]>();
  for (const { key, sectors: own = [] } of rows.get('Trend') as Row[]) {
    const links = (own as (string | Row)[]).map((link) =>
      typeof link === 'string' ? link : (link.to as string),
    );
    const tops = new Set(links.filter((to) => to.startsWith('ai-cloud-stack/')).map(broadest));
    for (const top of tops.size ? tops : [null])
      wanted.set(top, [...(wanted.get(top) ?? []), key as string]);
  }
  expect(wanted.size).toBeGreaterThan(1);
  expect(
    data.trendGroups.nodes.map((group: Row) => [
      group.keys[0].value,
      group.count,
      group.members.nodes.map((node: Row) => node.key),
    ]),
  ).toEqual(
    [...wanted]
      .sort(([a], [b]) => (a === null ? 1 : b === null ? -1 : a < b ? -1 : 1))
      .map(([key, keys]) => [key, keys.length, keys.sort()]),
  );
  for (const { keys } of data.trendGroups.nodes) expect(keys[0].node?.broader ?? null).toBeNull();
});

test('where a taxonomy keeps some of the nodes, shares are of those that were grouped', async () => {
  const { data, errors } = await ask(
    '{ sectorGroups(first: 100, by: [{ key: true, scheme: "ai-cloud-stack", rollUp: true }]) { nodes { count share keys { value } } } }',
  );
  expect(errors).toBeUndefined();
  const kept = [...sectors.keys()].filter((key) => key.startsWith('ai-cloud-stack/'));
  expect(kept.length).toBeLessThan(sectors.size);
  const tops = kept.map(broadest);
  expect(data.sectorGroups.nodes).toEqual(
    [...new Set(tops)].sort().map((value) => {
      const count = tops.filter((top) => top === value).length;
      return { count, share: count / kept.length, keys: [{ value }] };
    }),
  );
});

test('a gap that is filled holds nothing, and is told so', async () => {
  const { data, errors } = await ask(
    '{ observationGroups(by: [{ period: YEAR }, { unit: true }], where: { unit: { in: [PERCENT, COUNT] } }, fill: true, first: 1000) { totalCount nodes { count share keys { value } known(of: VALUE) unknown(of: VALUE) least: number(of: VALUE, fn: MIN) values: number(of: VALUE, fn: COUNT) money(of: VALUE, fn: SUM) { amount } changeFromPrevious(of: VALUE, fn: MAX) members { totalCount nodes { key } number(of: VALUE, fn: COUNT) } citations { page } } } }',
  );
  expect(errors).toBeUndefined();
  const { nodes, totalCount } = data.observationGroups;
  expect(nodes).toHaveLength(totalCount as number);
  const years = [...new Set<string>(nodes.flatMap(({ keys }: Row) => keys[0].value ?? []))].sort();
  const gaps = nodes.filter((group: Row) => group.count === 0);
  expect(gaps.length).toBeGreaterThan(0);
  for (const { keys, ...gap } of gaps) {
    expect(years).toContain(keys[0].value);
    expect(gap).toEqual({
      count: 0,
      share: 0,
      known: 0,
      unknown: 0,
      least: null,
      values: 0,
      money: [],
      changeFromPrevious: null,
      members: { totalCount: 0, nodes: [], number: 0 },
      citations: [],
    });
  }
  // Each series has every year from the first to the last.
  for (const unit of ['PERCENT', 'COUNT'])
    expect(
      nodes
        .flatMap(({ keys }: Row) => (keys[1].value === unit ? (keys[0].value ?? []) : []))
        .sort(),
    ).toEqual(
      Array.from({ length: Number(years[years.length - 1]) - Number(years[0]) + 1 }, (_, index) =>
        String(Number(years[0]) + index),
      ),
    );
});

test('a group rests on the citations of its members, each once', async () => {
  const { data } = await ask(
    '{ observationGroups(by: [{ indicator: { key: true } }], first: 100) { nodes { keys { value } citations { page quote } } } }',
  );
  for (const { keys, citations } of data.observationGroups.nodes) {
    const cited = new Set(
      observations
        .filter((row) => row.indicator === keys[0].value)
        .flatMap((row) => row.citations as Row[])
        .map(({ page, quote = null, asPrinted = null, via = [] }) =>
          JSON.stringify([page, quote, asPrinted, via]),
        ),
    );
    expect(citations).toHaveLength(Math.min(20, cited.size));
    const known = new Set([...cited].map((each) => (JSON.parse(each) as number[])[0]));
    for (const { page } of citations) expect(known).toContain(page);
  }
});

test('things of two nouns that share a key are groups of their own, in changes and gaps too', async () => {
  const values = { Company: { 2021: 10, 2022: 20, 2023: 30 }, Product: { 2021: 100, 2023: 50 } };
  const made = Object.entries(values).flatMap(([noun, years]) =>
    Object.entries(years).map(([year, value]) => ({ noun, year: Number(year), value })),
  );
  await graph.write((run) =>
    run(
      `CREATE (c:Company:Entity:Investor {key: 'twin', name: 'Twin'}), (p:Product:Entity {key: 'twin', name: 'Twin'})
       WITH c, p UNWIND $p.made AS each
       CREATE (o:Observation:Fact {key: 'twin-' + each.noun + each.year, label: 'Twin', value: toFloat(each.value), unit: 'COUNT',
         periodLabel: toString(each.year), periodStart: toString(each.year), periodStartYear: toInteger(each.year)})
       FOREACH (_ IN CASE each.noun WHEN 'Company' THEN [1] ELSE [] END | CREATE (o)-[:ABOUT]->(c))
       FOREACH (_ IN CASE each.noun WHEN 'Product' THEN [1] ELSE [] END | CREATE (o)-[:ABOUT]->(p))`,
      { made },
    ),
  );
  try {
    const groups = async (fill: boolean) => {
      const { data, errors } = await ask(
        `query ($fill: Boolean!) { observationGroups(where: { key: { startsWith: "twin-" } }, fill: $fill,
          by: [{ about: { key: true } }, { period: YEAR }]) {
            nodes { count keys { value node { __typename } } changeFromPrevious(of: VALUE, fn: SUM) } } }`,
        { fill },
      );
      expect(errors).toBeUndefined();
      return (data.observationGroups.nodes as Row[]).map(({ count, keys, changeFromPrevious }) => [
        keys[0].node.__typename,
        keys[0].value,
        Number(keys[1].value),
        count,
        changeFromPrevious,
      ]);
    };
    const wanted = (filled: boolean) =>
      Object.entries(values)
        .flatMap(([noun, years]: [string, Record<string, number>]) =>
          [2021, 2022, 2023].map((year) => {
            const [before, now] = [years[year - 1], years[year]];
            const change = before && now ? (now - before) / before : null;
            return [noun, 'twin', year, now ? 1 : 0, change] as const;
          }),
        )
        .filter(([, , , count]) => filled || count);
    for (const fill of [false, true]) expect(await groups(fill)).toEqual(wanted(fill));
  } finally {
    await graph.write((run) =>
      run("MATCH (n:Company|Product|Observation) WHERE n.key STARTS WITH 'twin' DETACH DELETE n"),
    );
  }
});
