import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasPython, python } from '../support/python';
import { chance, makeUp, removeMadeUp, writeMadeUp } from '../support/made-up';
import { client } from '../support/client';
import { reportLinks } from '../support/report-links';
import type { Row } from '../support/rows';

const { ask, close, graph } = client();
const script = readFileSync(join(__dirname, 'networkx', 'shortest.py'), 'utf8');
const count = 12;
const most = 6;
/** How many pairs are compared; YUNTU_TRIALS asks for more. */
const pairsOf = Number(process.env.YUNTU_TRIALS ?? 60);

interface Plain {
  readonly entities: readonly string[];
  readonly facts: readonly string[];
  readonly links: readonly (readonly [string, string])[];
}

/** Ways between random pairs of things, as NetworkX and as Yuntu find them. */
async function compare(plain: Plain, seed: number): Promise<void> {
  const random = chance(seed);
  const pick = () => plain.entities[Math.floor(random() * plain.entities.length)] as string;
  const pairs = Array.from({ length: pairsOf }, () => [pick(), pick()] as const).filter(
    ([a, b]) => a !== b,
  );
  const theirs = python<{ lengths: number[]; shortest: number }[]>(['networkx==3.3'], script, {
    ...plain,
    hubs: [],
    pairs,
    count,
    most,
  });
  let connected = 0;
  for (const [index, [from, to]] of pairs.entries()) {
    const { data, errors } = await ask(
      `query ($from: ID!, $to: ID!) { paths(from: $from, to: $to, first: ${count}, maxHops: ${most}) { paths { length weight steps { from { __typename key } to { __typename key } } } completeness { returned total truncated } } }`,
      { from, to },
    );
    expect(errors).toBeUndefined();
    const { paths, completeness } = data.paths as { paths: Row[]; completeness: Row };
    const { lengths, shortest } = theirs[index] as (typeof theirs)[number];
    expect({ from, to, lengths: paths.map(({ length }) => length) }).toEqual({ from, to, lengths });
    expect(completeness).toEqual({
      returned: lengths.length,
      total: lengths.length < count ? lengths.length : null,
      truncated: false,
    });
    if (shortest < count)
      expect(paths.filter(({ length }) => length === lengths[0])).toHaveLength(shortest);
    const ways = paths.map((path) => path.steps.map(({ to: { key } }: Row) => key).join(' '));
    expect(new Set(ways).size).toBe(ways.length);
    for (const [at, path] of paths.entries()) {
      const before = paths[at - 1];
      if (before?.length === path.length) expect(before?.weight).toBeLessThanOrEqual(path.weight);
    }
    if (lengths.length) connected++;
  }
  expect(connected).toBeGreaterThan(pairs.length / 4);
}

afterAll(async () => {
  await removeMadeUp(graph);
  await close();
});

const foreign = hasPython ? test : test.skip;

foreign('ways through the report are those that NetworkX finds', () => {
  const { links, ...rest } = reportLinks();
  return compare({ ...rest, links: links.map(([a, b]) => [a, b]) }, 7);
});

describe('in a graph that was made up', () => {
  const { nodes, links } = makeUp(Number(process.env.YUNTU_SEED ?? 20131));
  const isFact = (id: string) => /^(FundingRound|Acquisition):/.test(id);
  const entities = [...nodes.keys()].filter((id) => !isFact(id));

  beforeAll(() => writeMadeUp(graph, { nodes, links }));

  foreign('ways are those that NetworkX finds', () =>
    compare(
      {
        entities,
        facts: [...nodes.keys()].filter(isFact),
        links: links.map(([from, , to]) => [from, to]),
      },
      11,
    ),
  );

  test('one way, found in one statement where all is facts, is the first of many', async () => {
    const random = chance(13);
    const pick = () => entities[Math.floor(random() * entities.length)] as string;
    const seen = new Set<number>();
    for (let at = 0; at < pairsOf; at++) {
      const variables = { from: pick(), to: pick() };
      const question = (first: number) =>
        `query ($from: ID!, $to: ID!) { paths(from: $from, to: $to, via: [RAISED, INVESTED_IN, ACQUIRER, TARGET], maxHops: 6, first: ${first}) { paths { length weight steps { relation sentence sentenceZh certainty others fact { key } citations { key } from { ... on Entity { key name aliases } } to { ... on Entity { key name nameZh } } } } } }`;
      const one = await ask(question(1), variables);
      const many = await ask(question(10), variables);
      expect([one.errors, many.errors]).toEqual([undefined, undefined]);
      expect(one.data.paths.paths).toEqual(many.data.paths.paths.slice(0, 1));
      seen.add(one.data.paths.paths[0]?.length ?? 0);
    }
    expect(seen.size).toBeGreaterThan(3);
  });

  test('one way takes one statement, however long; names cost none', async () => {
    const { statements, data } = await ask(
      '{ paths(from: "InvestmentFirm:made-up-f0", to: "InvestmentFirm:made-up-f9", via: [RAISED, INVESTED_IN], maxHops: 8, first: 1) { paths { length steps { from { ... on Entity { key name } } to { __typename id } } } } }',
    );
    expect(data.paths.paths).toHaveLength(1);
    expect(statements).toBe(1);
  });
});
