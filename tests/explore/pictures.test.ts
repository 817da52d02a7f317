import { client } from '../support/client';
import { fromGlobalId } from '../../src/support/global-id';
import type { Row } from '../support/rows';

/** Pictures against plain loops over everything that the graph holds. */
const { ask, graph, parts, close } = client();

interface Thing {
  readonly id: string;
  readonly noun: string;
  readonly fact: boolean;
  readonly lost: boolean;
  degree: number;
}
interface Step {
  readonly relation: string;
  readonly to: Thing;
  readonly via?: Thing;
}
let things: Map<string, Thing>;
let beside: Map<string, { relation: string; to: Thing }[]>;
const nouns = new Set(parts.blueprint.nouns.map(({ name }) => name));
const provenance = ['SUPPORTED_BY', 'CITES', 'VIA'];
const hubCompanies = 5_000;
const hubRounds = 1_500;

beforeAll(async () => {
  await graph.write(async (run) => {
    // A place of 5,000 companies, some better connected, and an investor of 1,500 rounds.
    await run(
      `CREATE (p:Place:Entity {key: 'test-hub', name: 'Test hub', nameFolded: 'test hub'})
       CREATE (q:Place:Entity {key: 'test-land', name: 'Test land', nameFolded: 'test land'})
       CREATE (p)-[:PART_OF]->(q)
       WITH p, q UNWIND range(0, $p.companies - 1) AS i
       CREATE (c:Company:Entity:Investor {key: 'test-c' + i, name: 'Test ' + i, nameFolded: 'test ' + i, datasets: [CASE WHEN i % 2 = 0 THEN 'even' ELSE 'odd' END]})
       CREATE (c)-[:BASED_IN {certainty: 'STATED'}]->(p)
       FOREACH (_ IN CASE WHEN i < 1200 THEN [1] ELSE [] END | CREATE (c)-[:BASED_IN]->(q))`,
      { companies: hubCompanies },
    );
    await run(
      `CREATE (f:InvestmentFirm:Entity:Investor {key: 'test-firm', name: 'Test firm', nameFolded: 'test firm'})
       WITH f UNWIND range(0, $p.rounds - 1) AS i
       MATCH (c:Company {key: 'test-c' + toString(i % 40)})
       CREATE (r:FundingRound:Fact {key: 'test-r' + i, label: 'Round ' + i, certainty: CASE WHEN i % 100 = 7 THEN 'MISSING' ELSE 'STATED' END})
       CREATE (c)-[:RAISED]->(r) CREATE (f)-[:INVESTED_IN]->(r)`,
      { rounds: hubRounds },
    );
  });
  const nodes = (await graph.read('MATCH (n) RETURN [elementId(n), labels(n), n.key, n.certainty]'))
    .rows as [string, string[], string, string | null][];
  things = new Map(
    nodes.map(([element, labels, key, certainty]) => {
      const noun = labels.find((label) => nouns.has(label)) ?? '';
      const fact = labels.includes('Fact');
      return [
        element,
        { id: `${noun}:${key}`, noun, fact, lost: certainty === 'MISSING' && fact, degree: 0 },
      ];
    }),
  );
  beside = new Map([...things.values()].map(({ id }) => [id, []]));
  const rows = (await graph.read('MATCH (a)-[r]->(b) RETURN [elementId(a), type(r), elementId(b)]'))
    .rows as [string, string, string][];
  for (const [a, relation, b] of rows) {
    const [from, to] = [things.get(a) as Thing, things.get(b) as Thing];
    from.degree++;
    to.degree++;
    if (provenance.includes(relation)) continue;
    beside.get(from.id)?.push({ relation, to });
    beside.get(to.id)?.push({ relation, to: from });
  }
});

afterAll(async () => {
  await graph.write(async (run) => {
    await run(
      `MATCH (n) WHERE n.key STARTS WITH 'test-' AND (n:Company OR n:Place OR n:FundingRound OR n:InvestmentFirm) DETACH DELETE n`,
    );
  });
  await close();
});

/** What is one hop from a node: a fact that joins two things is no stop where facts are folded. */
function steps(id: string, fold: boolean): Step[] {
  const own = beside.get(id) ?? [];
  if (!fold) return own.filter(({ to }) => !to.lost);
  const here = [...things.values()].find((each) => each.id === id) as Thing;
  return own.flatMap(({ relation, to }): Step[] => {
    if (!to.fact) return [{ relation, to }];
    if (to.lost || here.fact) return [];
    return (beside.get(to.id) ?? [])
      .filter(({ to: end }) => !end.fact && end.id !== id)
      .map(({ to: end }) => ({ relation, to: end, via: to }));
  });
}

interface Picture {
  readonly nodes: Row[];
  readonly edges: Row[];
  readonly expandable: Row[];
  readonly completeness: Row;
}

async function draw(args: string): Promise<Picture> {
  const { data, errors } = await ask(
    `{ graph(${args}) { nodes { id type degree node { key } } edges { source target type count facts { key } } expandable { node relation count } completeness { returned total truncated reason } } }`,
  );
  expect(errors).toBeUndefined();
  return data.graph as Picture;
}

const readable = (id: string): string => {
  const { type, key } = fromGlobalId(id) as { type: string; key: string };
  return `${type}:${key}`;
};

/** Lines and what is left out, by plain loops over the nodes of a picture. */
function expected({ nodes }: Picture, fold: boolean, may: (thing: Thing) => boolean = () => true) {
  const ids = new Set(nodes.map((node) => readable(node.id as string)));
  const lines = new Map<string, Set<string>>();
  const left: string[] = [];
  for (const id of ids) {
    const beyond = new Map<string, Set<string>>();
    for (const { relation, to, via } of steps(id, fold)) {
      if (ids.has(to.id)) {
        const line = `${[id, to.id].sort().join(' ')} ${via?.noun ?? relation}`;
        lines.set(line, (lines.get(line) ?? new Set()).add(via?.id ?? ''));
      } else if (may(to)) beyond.set(relation, (beyond.get(relation) ?? new Set()).add(to.id));
    }
    for (const [relation, others] of beyond) left.push(`${id} ${relation} ${others.size}`);
  }
  return {
    left: left.sort(),
    lines: [...lines].map(([line, facts]) => `${line} ${facts.size}`).sort(),
  };
}

const drawnLines = ({ edges }: Picture) => {
  const constants = new Map(
    parts.blueprint.nouns.map(({ name }) => [
      name.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase(),
      name,
    ]),
  );
  return edges
    .map(({ source, target, type, count, facts }) => {
      const ends = [readable(source as string), readable(target as string)].sort().join(' ');
      return `${ends} ${facts.length ? constants.get(type as string) : type} ${count}`;
    })
    .sort();
};
const drawnLeft = ({ expandable }: Picture) =>
  expandable
    .map(({ node, relation, count }) => `${readable(node as string)} ${relation} ${count}`)
    .sort();

test.each([
  ['seeds: ["Trend:going-global"], depth: 2', true],
  ['seeds: ["Trend:going-global"], depth: 2, limit: 30', true],
  ['seeds: ["Company:alibaba", "Company:openai"], depth: 1, limit: 12', true],
  ['seeds: ["Company:zhipu-ai"], depth: 2, limit: 60, fold: false', false],
  ['seeds: ["Place:cn"], depth: 4, limit: 150', true],
  ['seeds: ["Indicator:company-count"], depth: 1, limit: 3, fold: false', false],
  ['seeds: ["Place:test-hub"], depth: 1, limit: 100', true],
  ['seeds: ["Place:test-hub", "Place:test-land"], depth: 1, limit: 300, fold: false', false],
  ['seeds: ["Company:test-c3"], depth: 2, limit: 50', true],
  ['seeds: ["InvestmentFirm:test-firm"], depth: 1, limit: 25', true],
  ['seeds: ["FundingRound:test-r3"], depth: 1', true],
  ['seeds: ["FundingRound:test-r3", "Company:test-c9"], depth: 2, limit: 30', true],
  ['seeds: ["Observation:p11-net-profit", "Listing:bats-vhai"], depth: 1', true],
  ['seeds: ["InvestmentFirm:test-firm"], depth: 1, limit: 700, fold: false', false],
])(
  'graph(%s): every line among its nodes, and exactly what was left out',
  async (args, fold) => {
    const picture = await draw(args);
    const { lines, left } = expected(picture, fold);
    expect(drawnLines(picture)).toEqual(lines);
    expect(drawnLeft(picture)).toEqual(left);
    // Where it is not asked what was left out, it is not counted: the lines are the same.
    const { data } = await ask(
      `{ graph(${args}) { nodes { id } edges { source target type count facts { key } } } }`,
    );
    expect(drawnLines(data.graph as Picture)).toEqual(lines);
  },
  60_000,
);

test('with types, what is left out is of those types alone', async () => {
  const picture = await draw(
    'seeds: ["Place:test-hub", "Company:alibaba"], depth: 1, types: [COMPANY], limit: 40',
  );
  const { left } = expected(picture, true, ({ noun }) => noun === 'Company');
  expect(drawnLeft(picture)).toEqual(left);
  expect(new Set(picture.nodes.slice(2).map(({ type }) => type))).toEqual(new Set(['COMPANY']));
});

test('a badge keeps its word: unfolded, so many nodes come in', async () => {
  const before = await draw('seeds: ["Company:openai"], depth: 1, limit: 6');
  expect(before.expandable.length).toBeGreaterThan(0);
  for (const { node, relation, count } of before.expandable) {
    const more = await draw(`seeds: ["${node}"], depth: 1, relations: [${relation}], limit: 2000`);
    const drawn = new Set(before.nodes.map(({ id }) => id));
    expect({ relation, count: more.nodes.filter(({ id }) => !drawn.has(id)).length }).toEqual({
      relation,
      count,
    });
  }
});

test('seeds first, then hop by hop, the better connected first', async () => {
  const { nodes, completeness } = await draw('seeds: ["Place:test-hub"], depth: 2, limit: 50');
  expect(nodes[0]?.node.key).toBe('test-hub');
  const all = steps('Place:test-hub', true)
    .map(({ to }) => to.degree)
    .sort((a, b) => b - a);
  expect(nodes.slice(1).map(({ degree }) => degree)).toEqual(all.slice(0, 49));
  expect(completeness).toMatchObject({
    returned: 50,
    total: null,
    truncated: true,
    reason: 'The limit of 50 nodes was reached.',
  });
  const few = await draw(
    'seeds: ["Company:alibaba", "Company:openai", "Company:baidu"], depth: 3, limit: 2',
  );
  expect(few.nodes.map(({ node }) => node.key)).toEqual(['alibaba', 'openai']);
  expect(few.completeness.truncated).toBe(true);
});

test('what a hub further out brings in is bounded, and told', async () => {
  const { nodes, completeness } = await draw(
    'seeds: ["Company:test-c4999"], depth: 2, limit: 2000',
  );
  expect(nodes).toHaveLength(1 + 1 + 60);
  expect(completeness).toMatchObject({
    truncated: true,
    reason: 'Of 1 node with more neighbours than 60, the best connected are drawn.',
  });
});

test('nothing is told to be cut where the picture only ends', async () => {
  const { nodes, completeness, expandable } = await draw('seeds: ["Company:openai"], depth: 0');
  expect(nodes).toHaveLength(1);
  expect(expandable.length).toBeGreaterThan(0);
  expect(completeness).toEqual({ returned: 1, total: 1, truncated: false, reason: null });
});

test('one dataset alone', async () => {
  const { nodes, expandable } = await draw(
    'seeds: ["Place:test-hub"], depth: 1, limit: 2000, datasets: ["odd"]',
  );
  expect(nodes.slice(1).every(({ node }) => Number(node.key.slice(6)) % 2 === 1)).toBe(true);
  expect(nodes).toHaveLength(2_000);
  expect(expandable[0]).toMatchObject({ relation: 'BASED_IN', count: hubCompanies / 2 - 1_999 });
});

test('what a hub costs does not grow with the hub', async () => {
  const statement = async (args: string) =>
    (await ask(`{ graph(${args}) { completeness { returned } } }`)).statements;
  expect(await statement('seeds: ["Place:test-hub"], depth: 4, limit: 500')).toBeLessThanOrEqual(
    20,
  );
});
