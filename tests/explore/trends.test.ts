import { client } from '../support/client';
import { reportLinks } from '../support/report-links';
import { reportRows, type Row } from '../support/rows';

const { ask, close } = client();
afterAll(close);

const { links } = reportLinks();
const rows = reportRows();
const certaintyOf = new Map<string, string>(
  ['Observation', 'Statement'].flatMap((noun) =>
    (rows.get(noun) as Row[]).map(
      (row) => [`${noun}:${row.key}`, row.certainty as string] as const,
    ),
  ),
);
const belief = (certainty: string | null | undefined) =>
  ({ DERIVED: 0.9, INFERRED: 0.7, UNNAMED: 0.5, UNLABELLED: 0.5 })[certainty ?? ''] ?? 1;

/** A walk so far: where it is, and how far all of it is believed. */
type Walk = readonly [at: string, sure: number];

/** One step further along a type, `>` as it points, `<` against it, `-` both ways. */
function step(walks: readonly Walk[], type: string, way: '>' | '<' | '-', noun = ''): Walk[] {
  return walks.flatMap(([at, sure]) =>
    links.flatMap(([from, to, each, certainty]): Walk[] => {
      if (!type.split('|').includes(each)) return [];
      const next = way !== '<' && from === at ? to : way !== '>' && to === at ? from : null;
      return next?.startsWith(noun) ? [[next, sure * belief(certainty)]] : [];
    }),
  );
}
const facts = (walks: readonly Walk[]): Walk[] =>
  walks
    .filter(([at]) => certaintyOf.has(at))
    .map(([at, sure]) => [at, sure * belief(certaintyOf.get(at))]);
const size = (sector: string) =>
  1 + Math.log10(1 + links.filter(([, to, type]) => type === 'IN_SECTOR' && to === sector).length);

/** How strongly a trend is linked to each company, by plain walks over the files. */
function strengths(trend: string): Map<string, number> {
  const from: Walk[] = [[`Trend:${trend}`, 1]];
  const found = new Map<string, Map<string, number>>();
  const take = (kind: string, weight: number, walks: readonly Walk[]) => {
    for (const [company, sure] of walks) {
      if (!company.startsWith('Company:')) continue;
      const own = found.get(company) ?? new Map<string, number>();
      found.set(company, own.set(kind, Math.max(own.get(kind) ?? 0, weight * sure)));
    }
  };
  const examples = step(from, 'EXEMPLIFIED_BY', '>');
  const companies = examples.filter(([at]) => at.startsWith('Company:'));
  take('EXAMPLE', 1, companies);
  take('EXAMPLE', 0.8, step(companies, 'SAME_AS', '-'));
  take('PRODUCT', 0.8, step(examples, 'DEVELOPS', '<'));
  take('PRODUCT', 0.4, step(step(examples, 'DEPENDS_ON', '>'), 'DEVELOPS', '<'));
  const evidence = facts(step(from, 'EVIDENCED_BY|ABOUT', '-'));
  const about = step(evidence, 'ABOUT', '>');
  take('EVIDENCE', 0.9, about);
  take(
    'EVIDENCE',
    0.7,
    step(
      about.filter(([at]) => at.startsWith('Company:')),
      'SAME_AS',
      '-',
    ),
  );
  take('EVIDENCE', 0.7, step(about, 'DEVELOPS', '<'));
  const scaled = (
    kind: string,
    weight: number,
    sectors: readonly Walk[],
    last: (walk: Walk) => Walk[],
  ) => {
    for (const walk of sectors) take(kind, weight / size(walk[0]), last(walk));
  };
  const members = (walk: Walk) => step([walk], 'IN_SECTOR', '<', 'Company:');
  const sectors = step(from, 'AFFECTS', '>');
  scaled('SECTOR', 0.6, sectors, members);
  scaled('SECTOR', 0.5, step(sectors, 'BROADER', '<'), members);
  scaled('SECTOR', 0.3, step(sectors, 'BROADER', '>'), members);
  scaled('MODEL', 0.5, sectors, (walk) =>
    step(
      step([walk], 'IN_SECTOR', '<').filter(([at]) => /^(Model|Product):/.test(at)),
      'DEVELOPS',
      '<',
    ),
  );
  scaled('NUMBERS', 0.4, step(evidence, 'REF_SECTOR', '>'), members);
  return new Map(
    [...found].map(([company, kinds]) => [
      company.slice('Company:'.length),
      1 - [...kinds.values()].reduce((rest, strength) => rest * (1 - strength), 1),
    ]),
  );
}

const edge =
  'edges { strength ways kinds node { key } path { kind strength length steps { sentence sentenceZh certainty from { ... on Entity { key } } to { ... on Entity { key } } citations { page } } } paths { kind strength } }';

test('the companies of every trend, and how strongly each is linked, are those of plain walks', async () => {
  const { data, errors, statements } = await ask(
    `{ trends { nodes { key companies(first: 100) { totalCount completeness { truncated } ${edge} } } } }`,
  );
  expect(errors).toBeUndefined();
  // The trends, their links, the words of the paths, the keys of the companies, and the citations.
  expect(statements).toBeLessThanOrEqual(5);
  expect(data.trends.nodes).toHaveLength(5);
  let linked = 0;
  for (const { key, companies } of data.trends.nodes as Row[]) {
    const wanted = strengths(key as string);
    const found = new Map((companies.edges as Row[]).map((each) => [each.node.key, each.strength]));
    const rounded = (each: Map<string, number>) =>
      [...each].map(([company, value]) => `${company} ${value.toFixed(4)}`).sort();
    expect({ key, found: rounded(found) }).toEqual({ key, found: rounded(wanted) });
    const order = (companies.edges as Row[]).map(({ strength }) => strength as number);
    expect(order).toEqual([...order].sort((a, b) => b - a));
    linked += companies.totalCount as number;
    for (const { node, path, paths, strength } of companies.edges as Row[]) {
      expect(path.steps).toHaveLength(path.length);
      expect(path.steps[0].from.key).toBe(key);
      expect(path.steps[path.length - 1].to.key).toBe(node.key);
      for (const { sentence, sentenceZh } of path.steps as Row[]) {
        expect(sentence).toBeTruthy();
        expect(sentenceZh).toMatch(/\p{Script=Han}/u);
      }
      const rest = (paths as Row[]).reduce(
        (left, each) => left * (1 - (each.strength as number)),
        1,
      );
      expect(strength).toBeCloseTo(1 - rest, 5);
    }
  }
  expect(linked).toBeGreaterThan(15);
});

test('a company tells its trends with the same strength and path', async () => {
  const { data } = await ask(`{ trends { nodes { key companies(first: 100) { ${edge} } } } }`);
  const seen = (data.trends.nodes as Row[]).flatMap((trend) =>
    (trend.companies.edges as Row[]).map(({ node, ...rest }) => ({
      company: node.key,
      trend: trend.key,
      ...rest,
    })),
  );
  const back = await ask(`{ companies(first: 100) { nodes { key trendLinks { ${edge} } } } }`);
  expect(back.errors).toBeUndefined();
  const again = (back.data.companies.nodes as Row[]).flatMap((company) =>
    (company.trendLinks.edges as Row[]).map(({ node, ...rest }) => ({
      company: company.key,
      trend: node.key,
      ...rest,
    })),
  );
  const sorted = (list: Row[]) => list.map((each) => JSON.stringify(each)).sort();
  expect(sorted(again)).toEqual(sorted(seen));
});

test('an example is told in words, with its source', async () => {
  const { data } = await ask(
    '{ trend(key: "going-global") { name companies(first: 1, kinds: [EXAMPLE]) { edges { kinds node { name } path { steps { sentence sentenceZh certainty citations { page quote } } } } } } }',
  );
  const { name, companies } = data.trend;
  const [{ kinds, node, path }] = companies.edges;
  expect([kinds, node.name]).toEqual([['EXAMPLE'], 'Alibaba']);
  expect(path.steps).toEqual([
    {
      sentence: `${name} is exemplified by Alibaba`,
      sentenceZh: expect.stringContaining('的案例包括阿里巴巴'),
      certainty: 'STATED',
      citations: [{ page: 29, quote: expect.any(String) }],
    },
  ]);
});

test('pages of links go on where they ended', async () => {
  const found: string[] = [];
  for (let after: string | null = null; ;) {
    const { data, errors }: Awaited<ReturnType<typeof ask>> = await ask(
      'query ($after: String) { trend(key: "going-global") { companies(first: 4, after: $after) { totalCount nodes { key } pageInfo { hasNextPage endCursor } } } }',
      { after },
    );
    expect(errors).toBeUndefined();
    const { nodes, pageInfo, totalCount } = data.trend.companies as Row;
    found.push(...nodes.map(({ key }: Row) => key as string));
    if (pageInfo.hasNextPage) after = pageInfo.endCursor as string;
    else {
      expect(found).toHaveLength(totalCount);
      break;
    }
  }
  expect(new Set(found)).toEqual(new Set(strengths('going-global').keys()));
});

test('the map holds trends, their sectors and their companies, and is the same each time', async () => {
  const query =
    '{ trendMap { nodes { id key type x y size group color } edges { id source target type label labelZh certainty } expandable { node relation count } layout { algorithm } completeness { returned truncated reason } } }';
  const { data, errors } = await ask(query);
  expect(errors).toBeUndefined();
  expect((await ask(query)).data).toEqual(data);
  const { nodes, edges, expandable, completeness } = data.trendMap as Row;
  const ids = new Set(nodes.map(({ id }: Row) => id));
  const of = (type: string) => nodes.filter((node: Row) => node.type === type).length as number;
  expect([of('TREND'), of('TREND') + of('SECTOR') + of('COMPANY')]).toEqual([5, nodes.length]);
  const affected = new Set(links.filter(([, , type]) => type === 'AFFECTS').map(([, to]) => to));
  expect(of('SECTOR')).toBeGreaterThanOrEqual(affected.size);
  for (const { source, target, label, labelZh } of edges as Row[]) {
    expect([ids.has(source), ids.has(target)]).toEqual([true, true]);
    expect(label && labelZh).toBeTruthy();
  }
  const left = (expandable as Row[]).reduce((sum, { count }) => sum + (count as number), 0);
  expect(completeness).toMatchObject({ returned: nodes.length, truncated: left > 0 });
  // Without companies, what is left are trends and sectors; what is known stays.
  const bare = await ask(
    'query ($known: [Position!]) { trendMap(companies: 0, known: $known) { nodes { id type x y } } }',
    { known: [{ id: 'Trend:going-global', x: 7, y: 9 }] },
  );
  expect(bare.errors).toBeUndefined();
  expect(bare.data.trendMap.nodes.map((node: Row) => node.type)).not.toContain('COMPANY');
  const id = Buffer.from('Trend:going-global').toString('base64url');
  expect(bare.data.trendMap.nodes).toContainEqual({ id, type: 'TREND', x: 7, y: 9 });
});
