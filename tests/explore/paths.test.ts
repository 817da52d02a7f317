import { blueprint } from '../../src/entities/blueprint';
import { client } from '../support/client';
import { reportLinks } from '../support/report-links';
import type { Row } from '../support/rows';

const { ask, close } = client();
afterAll(close);

const isFact = (id: string) =>
  blueprint.get(id.slice(0, id.indexOf(':'))).interfaces.includes('Fact');

/** What stands next to what in the files of the report. */
function links(): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const [a, b] of reportLinks().links)
    for (const [x, y] of [
      [a, b],
      [b, a],
    ] as const)
      found.set(x, (found.get(x) ?? new Set()).add(y));
  return found;
}

/** The fewest hops between two entities, by a plain walk: a fact between two entities is one hop. */
function hops(from: string, to: string, graph: Map<string, Set<string>>): number {
  let ring = [from];
  const seen = new Set(ring);
  for (let length = 0; ring.length; length++) {
    if (ring.includes(to)) return length;
    const next = new Set<string>();
    for (const id of ring)
      for (const near of graph.get(id) ?? [])
        for (const beyond of isFact(near) ? (graph.get(near) ?? []) : [near])
          if (!isFact(beyond) && !seen.has(beyond)) next.add(beyond);
    next.forEach((id) => seen.add(id));
    ring = [...next];
  }
  return Infinity;
}

test('the shortest path is as short as a plain walk over the files finds it', async () => {
  const graph = links();
  const ends = [...graph.keys()].filter((id) => !isFact(id)).sort();
  for (let at = 0; at < 25; at++) {
    const [from = '', to = ''] = [
      ends[(at * 37) % ends.length],
      ends[(at * 53 + 11) % ends.length],
    ];
    const wanted = hops(from, to, graph);
    if (wanted === 0 || wanted > 4) continue;
    const { data, errors } = await ask(
      'query ($from: ID!, $to: ID!) { paths(from: $from, to: $to, maxHops: 8, first: 3) { paths { length steps { from { __typename key } to { __typename key } sentence sentenceZh } } } }',
      { from, to },
    );
    expect(errors).toBeUndefined();
    const [best] = data.paths.paths;
    expect({ from, to, length: best?.length }).toEqual({ from, to, length: wanted });
    const name = (node: Row) => `${node.__typename}:${node.key}`;
    expect([name(best.steps[0].from), name(best.steps[best.steps.length - 1].to)]).toEqual([
      from,
      to,
    ]);
    for (const [index, step] of best.steps.entries()) {
      if (index) expect(name(step.from)).toBe(name(best.steps[index - 1].to));
      expect(step.sentence && step.sentenceZh).toBeTruthy();
    }
  }
});

test('a hop is said in English and Chinese, with its certainty and source', async () => {
  const { data } = await ask(
    '{ paths(from: "Company:moonshot-ai", to: "Model:moonshot-v1-8k", first: 1) { paths { steps { relation forward sentence sentenceZh certainty citations { page } } } } }',
  );
  expect(data.paths.paths[0].steps).toEqual([
    {
      relation: 'DEVELOPS',
      forward: true,
      sentence: 'Moonshot AI develops moonshot-v1-8k',
      sentenceZh: '月之暗面研发 moonshot-v1-8k',
      certainty: 'INFERRED',
      citations: [{ page: 19 }],
    },
  ]);
});

test('ways can be kept to some relations, and away from some nodes', async () => {
  const ask2 = async (more: string) =>
    (
      await ask(
        `{ paths(from: "Model:qwen-max", to: "Model:qwen-long", first: 10${more}) { paths { steps { relation to { key } } } } }`,
      )
    ).data.paths.paths as Row[];
  const via = await ask2(', via: [DEVELOPS]');
  expect(via.map((path) => path.steps.map((step: Row) => step.relation))).toEqual([
    ['DEVELOPS', 'DEVELOPS'],
  ]);
  for (const path of await ask2(', avoid: ["Company:alibaba"]'))
    expect(path.steps.map((step: Row) => step.to.key)).not.toContain('alibaba');
});

test('what cannot be is told; unconnected things and one thing alone have no path', async () => {
  for (const [args, code] of [
    ['from: "x", to: "Place:cn"', 'BAD_USER_INPUT'],
    ['from: "Place:cn", to: "Place:us", maxHops: 9', 'LIMIT_EXCEEDED'],
  ]) {
    const { errors } = await ask(`{ paths(${args}) { completeness { returned } } }`);
    expect(errors?.[0]?.extensions.code).toBe(code);
  }
  for (const to of ['Company:nobody', 'Company:alibaba'])
    expect(
      (
        await ask(
          `{ paths(from: "Company:alibaba", to: "${to}") { paths { length } completeness { truncated } } }`,
        )
      ).data.paths,
    ).toEqual({ paths: [], completeness: { truncated: false } });
});

test('a fact that joins two things is told as one hop, by the words of both its halves', async () => {
  const { data, errors } = await ask(
    '{ paths(from: "Model:qwen-long", to: "Company:alibaba", via: [PRICE_OF, QUOTED_BY], first: 1) { paths { length weight steps { relation forward sentence sentenceZh others fact { __typename key label } citations { page } } } } }',
  );
  expect(errors).toBeUndefined();
  const [{ length, weight, steps }] = data.paths.paths;
  expect([length, weight]).toEqual([1, 0]);
  const [{ fact, ...step }] = steps;
  expect(fact.__typename).toBe('PriceQuote');
  expect(step).toMatchObject({ relation: 'PRICE_QUOTE', forward: true });
  expect(step.sentence).toBe(`${fact.label} is a price of qwen-long; it is quoted by Alibaba`);
  expect(step.sentenceZh).toMatch(/是 ?qwen-long ?的报价；它由阿里巴巴报价$/);
  expect(step.citations.length).toBeGreaterThan(0);
  // The other price of the model is missing: what is missing joins nothing.
  expect(step.others).toBe(0);
});

test('where directions count, only what points onwards is walked', async () => {
  const lengths = async (from: string, to: string, directed: boolean) =>
    (
      await ask(
        `{ paths(from: "${from}", to: "${to}", directed: ${directed}, maxHops: 1) { paths { length steps { forward } } } }`,
      )
    ).data.paths.paths as Row[];
  const [develops] = await lengths('Company:moonshot-ai', 'Model:moonshot-v1-8k', true);
  expect(develops?.steps).toEqual([{ forward: true }]);
  expect(await lengths('Model:moonshot-v1-8k', 'Company:moonshot-ai', true)).toEqual([]);
  const [back] = await lengths('Model:moonshot-v1-8k', 'Company:moonshot-ai', false);
  expect(back?.steps).toEqual([{ forward: false }]);
  // What has no direction of its own is walked both ways.
  const { data } = await ask(
    '{ companies(where: { sameAs: { count: { gte: 1 } } }, first: 1) { nodes { key sameAs { nodes { key } } } } }',
  );
  const [{ key, sameAs }] = data.companies.nodes;
  const other = sameAs.nodes[0].key as string;
  for (const [from, to] of [
    [key, other],
    [other, key],
  ])
    expect(await lengths(`Company:${from}`, `Company:${to}`, true)).toHaveLength(1);
});

test('a fact can be where a way begins or ends, and can be avoided', async () => {
  const { data } = await ask('{ model(key: "qwen-long") { priceQuotes { nodes { key } } } }');
  const keys = (data.model.priceQuotes.nodes as Row[]).map(({ key }) => key as string);
  const ways = async (from: string, more = '') =>
    (
      await ask(
        `{ paths(from: "${from}", to: "Company:alibaba", maxHops: 1${more}) { paths { length steps { from { __typename } fact { key } } } } }`,
      )
    ).data.paths.paths as Row[];
  expect(await ways(`PriceQuote:${keys[0]}`)).toMatchObject([
    { length: 1, steps: [{ from: { __typename: 'PriceQuote' }, fact: null }] },
  ]);
  const via = ', via: [PRICE_OF, QUOTED_BY]';
  expect(await ways('Model:qwen-long', via)).toHaveLength(1);
  const all = keys.map((key) => `"PriceQuote:${key}"`).join();
  expect(await ways('Model:qwen-long', `${via}, avoid: [${all}]`)).toEqual([]);
  const two = await ask(
    `{ paths(from: "Listing:${await listing()}", to: "Observation:${await observation()}", maxHops: 1) { paths { length steps { sentence } } } }`,
  );
  expect(two.data.paths.paths).toMatchObject([{ length: 1 }]);
});

const about =
  '{ observations(where: { indicator: { key: { eq: "market-cap" } } }, first: 1) { nodes { key about { nodes { __typename key } } } } }';
const observation = async () => (await ask(about)).data.observations.nodes[0].key as string;
const listing = async () =>
  (await ask(about)).data.observations.nodes[0].about.nodes[0].key as string;
