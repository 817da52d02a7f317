import { blueprint } from '../../src/entities/blueprint';
import { client } from '../support/client';
import { reportRows, type Row } from '../support/rows';

const { ask, close } = client();
afterAll(close);

const rows = reportRows();
const isFact = (id: string) =>
  blueprint.get(id.slice(0, id.indexOf(':'))).interfaces.includes('Fact');

/** The links of the report as they stand in the files, missing facts left out. */
function links(): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const missing = new Set<string>();
  const nounsOf = new Map<string, Set<string>>();
  for (const [noun, own] of rows) nounsOf.set(noun, new Set(own.map((row) => row.key)));
  for (const [noun, own] of rows)
    for (const row of own)
      if (row.certainty === 'MISSING' && row.label) missing.add(`${noun}:${row.key}`);
  const join = (a: string, b: string) => {
    if (missing.has(a) || missing.has(b)) return;
    for (const [x, y] of [
      [a, b],
      [b, a],
    ] as const)
      found.set(x, (found.get(x) ?? new Set()).add(y));
  };
  for (const [noun, own] of rows)
    for (const relation of blueprint.get(noun).relations.values()) {
      if (!relation.writes || relation.provenance) continue;
      for (const row of own)
        for (const target of [row[relation.name] ?? []].flat() as (string | Row)[]) {
          const to: string = typeof target === 'string' ? target : target.to;
          const typed = to.includes(':')
            ? to
            : `${relation.among.find((each) => nounsOf.get(each.name)?.has(to))?.name}:${to}`;
          join(`${noun}:${row.key}`, typed);
        }
    }
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
      sentenceZh: '月之暗面研发moonshot-v1-8k',
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
