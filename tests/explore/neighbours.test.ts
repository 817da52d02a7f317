import { chance, makeUp, removeMadeUp, writeMadeUp } from '../support/made-up';
import { client } from '../support/client';
import type { Row } from '../support/rows';

const { ask, close, graph } = client();
const { nodes, links } = makeUp(Number(process.env.YUNTU_SEED ?? 4711));
const trials = Number(process.env.YUNTU_TRIALS ?? 60);

beforeAll(() => writeMadeUp(graph, { nodes, links }));
afterAll(async () => {
  await removeMadeUp(graph);
  await close();
});

const isFact = (id: string) => /^(FundingRound|Acquisition):/.test(id);
const things = [...nodes.keys()].filter((id) => !isFact(id));
const idOf = (id: string) => Buffer.from(id).toString('base64url');
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

interface Question {
  readonly of: readonly string[];
  readonly relation?: string;
  readonly by?: string;
  readonly common?: boolean;
}

/** Neighbours by plain loops over the links. */
function plainly({ of, relation, by, common }: Question): Row[] {
  const found = new Map<
    string,
    { near: Set<string>; ties: Set<string>; via: Set<string>; facts: Map<string, Set<string>> }
  >();
  const meet = (asked: string, other: string, via: string, tie: string, fact: boolean) => {
    if (of.includes(other)) return;
    const own = found.get(other) ?? {
      near: new Set(),
      ties: new Set(),
      via: new Set(),
      facts: new Map(),
    };
    found.set(other, own);
    own.near.add(asked);
    own.ties.add(tie);
    own.via.add(via);
    if (fact) own.facts.set(tie, (own.facts.get(tie) ?? new Set()).add(asked));
  };
  const ends = links.flatMap(([from, type, to]) => [
    { here: from, type, there: to, link: `${from} ${type} ${to}` },
    { here: to, type, there: from, link: `${from} ${type} ${to}` },
  ]);
  for (const asked of of)
    for (const { type, there, link } of ends.filter(({ here }) => here === asked)) {
      if (by && type !== by) continue;
      if (!isFact(there)) {
        if (!relation || type === relation) meet(asked, there, type, link, false);
        continue;
      }
      for (const beyond of ends.filter(({ here }) => here === there))
        if (beyond.there !== asked && (!relation || beyond.type === relation))
          meet(
            asked,
            beyond.there,
            there.startsWith('F') ? 'FUNDING_ROUND' : 'ACQUISITION',
            there,
            true,
          );
    }
  return [...found]
    .map(([id, { near, ties, via, facts }]) => ({
      node: { __typename: id.split(':')[0], key: id.split(':')[1] },
      near: near.size,
      count: ties.size,
      via: [...via].sort(),
      shared: [...facts]
        .sort(
          ([a, x], [b, y]) =>
            y.size - x.size || compare(a.split(':')[1] ?? '', b.split(':')[1] ?? ''),
        )
        .slice(0, 20)
        .map(([fact, joined]) => ({
          id: idOf(fact),
          label: nodes.get(fact)?.label,
          of: of.filter((each) => joined.has(each)).map(idOf),
        })),
    }))
    .filter(({ near }) => !common || near === of.length)
    .sort(
      (a, b) =>
        b.near - a.near ||
        b.count - a.count ||
        compare(a.node.key ?? '', b.node.key ?? '') ||
        compare(a.node.__typename ?? '', b.node.__typename ?? ''),
    );
}

const fields =
  'totalCount pageInfo { hasNextPage endCursor } completeness { returned total truncated } edges { node { __typename key } near count via shared { id label of } }';
const text = `query ($of: [ID!]!, $relation: RelationType, $by: RelationType, $common: Boolean, $first: Int, $after: String) { neighbours(of: $of, relation: $relation, by: $by, common: $common, first: $first, after: $after) { ${fields} } }`;

test('neighbours, common ones and what they share are those of plain loops, page by page', async () => {
  const random = chance(5);
  const one = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const relations = [
    'INVESTED_IN',
    'RAISED',
    'IN_SECTOR',
    'BASED_IN',
    'ACQUIRER',
    undefined,
    undefined,
  ];
  let shared = 0;
  for (let at = 0; at < trials; at++) {
    const question: Question = {
      of: [...new Set(Array.from({ length: 1 + Math.floor(random() * 3) }, () => one(things)))],
      relation: one(relations),
      by: one([...relations, undefined, undefined, undefined]),
      common: random() < 0.4,
    };
    const wanted = plainly(question);
    const found: Row[] = [];
    const first = 1 + Math.floor(random() * 7);
    for (let after: string | null = null; ;) {
      const { data, errors, statements }: Awaited<ReturnType<typeof ask>> = await ask(text, {
        ...question,
        first,
        after,
      });
      expect(errors).toBeUndefined();
      expect(statements).toBe(1);
      const { edges, pageInfo, totalCount, completeness } = data.neighbours as Row;
      found.push(...(edges as Row[]));
      expect(totalCount).toBe(wanted.length);
      expect(completeness).toEqual({
        returned: edges.length,
        total: wanted.length,
        truncated: false,
      });
      if (!pageInfo.hasNextPage) break;
      after = pageInfo.endCursor as string;
    }
    expect({ question, found }).toEqual({ question, found: wanted });
    if (question.common && question.of.length > 1) shared += found.length;
  }
  expect(shared).toBeGreaterThan(0);
});

test('who invested beside whom, and what both back, with the rounds that they share', async () => {
  const of = ['InvestmentFirm:made-up-f0', 'InvestmentFirm:made-up-f1'];
  const { data, errors } = await ask(
    `query ($of: [ID!]!) { beside: neighbours(of: $of, by: INVESTED_IN, relation: INVESTED_IN, common: true, first: 100) { nodes { name } ${fields} } backed: neighbours(of: $of, relation: RAISED, common: true, first: 100) { ${fields} } }`,
    { of },
  );
  expect(errors).toBeUndefined();
  const rounds = (id: string) =>
    new Set(
      links.filter(([from, type]) => from === id && type === 'INVESTED_IN').map(([, , to]) => to),
    );
  const [a, b] = of.map((id) => rounds(id)) as [Set<string>, Set<string>];
  const backs = (own: Set<string>) =>
    new Set(links.filter(([, type, to]) => type === 'RAISED' && own.has(to)).map(([from]) => from));
  const both = [...backs(a)].filter((id) => backs(b).has(id));
  expect(both.length).toBeGreaterThan(1);
  expect(data.backed.edges.map(({ node }: Row) => `Company:${node.key}`).sort()).toEqual(
    both.sort(),
  );
  for (const { shared } of data.backed.edges as Row[])
    for (const { id } of shared as Row[]) {
      const round = Buffer.from(id as string, 'base64url').toString();
      expect(a.has(round) || b.has(round)).toBe(true);
    }
  expect(data.beside.edges.length).toBeGreaterThan(0);
});

test('only some nouns; nobody; too many; a cursor of another question; no id', async () => {
  const { data } = await ask(
    '{ neighbours(of: ["Company:alibaba"], types: [PLACE], first: 100) { nodes { __typename } } }',
  );
  expect(new Set(data.neighbours.nodes.map((node: Row) => node.__typename))).toEqual(
    new Set(['Place']),
  );
  expect((await ask(text, { of: ['Company:nobody'] })).data.neighbours.edges).toEqual([]);
  expect(
    (await ask(text, { of: ['Company:nobody', 'Company:alibaba'], common: true })).data.neighbours
      .edges,
  ).toEqual([]);
  const page = (await ask(text, { of: ['Company:alibaba'], first: 1 })).data.neighbours;
  const after = page.pageInfo.endCursor as string;
  for (const [variables, code] of [
    [{ of: [] }, 'BAD_USER_INPUT'],
    [{ of: ['?'] }, 'BAD_USER_INPUT'],
    [{ of: things.slice(0, 21) }, 'LIMIT_EXCEEDED'],
    [{ of: ['Company:baidu'], after }, 'BAD_USER_INPUT'],
    [{ of: ['Company:alibaba'], after: 'x' }, 'BAD_USER_INPUT'],
  ] as const) {
    const { errors } = await ask(text, variables);
    expect(errors?.[0]?.extensions.code).toBe(code);
  }
});
