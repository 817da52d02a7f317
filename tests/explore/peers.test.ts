import { blueprint } from '../../src/entities/blueprint';
import { peersVerb } from '../../src/explore/peers/peers';
import { makeUp, removeMadeUp, writeMadeUp } from '../support/made-up';
import { client } from '../support/client';
import type { Row } from '../support/rows';

const { ask, close, graph } = client();
const { nodes, links } = makeUp(Number(process.env.YUNTU_SEED ?? 99));

beforeAll(() => writeMadeUp(graph, { nodes, links }));
afterAll(async () => {
  await removeMadeUp(graph);
  await close();
});

interface Plain {
  readonly id: string;
  readonly sectors: readonly string[];
  readonly country: string | undefined;
  readonly stage: string | null;
  readonly degree: number;
  readonly values: Readonly<Record<string, readonly [number, string | null] | null>>;
}

const to = (id: string, type: string) =>
  links.filter(([from, each]) => from === id && each === type).map(([, , end]) => end);
const stages: Record<string, string> = { SEED: 'SEED', SERIES_A: 'EARLY', SERIES_B: 'EARLY' };
const text = (value: unknown) => value as string;

/** Companies with their traits and values, from the plain links. */
const companies: Plain[] = [...nodes.entries()]
  .filter(([id]) => id.startsWith('Company:'))
  .map(([id, set]) => {
    const rounds = to(id, 'RAISED');
    const telling = rounds
      .filter((round) => stages[text(nodes.get(round)?.type)])
      .sort((a, b) => {
        const [x, y] = [a, b].map((each) => nodes.get(each)) as [Row, Row];
        return text(x.announcedOn) > text(y.announcedOn)
          ? -1
          : text(x.announcedOn) < text(y.announcedOn)
            ? 1
            : a < b
              ? -1
              : 1;
      });
    const [latest] = telling;
    const investors = new Set(
      links
        .filter(([, type, end]) => type === 'INVESTED_IN' && rounds.includes(end))
        .map(([from]) => from),
    );
    const number = (count: number): readonly [number, null] | null =>
      count ? [count, null] : null;
    return {
      id,
      sectors: to(id, 'IN_SECTOR'),
      country: to(id, 'BASED_IN')[0],
      stage: latest ? (stages[text(nodes.get(latest)?.type)] ?? null) : null,
      degree: links.filter(([from, , end]) => from === id || end === id).length,
      values: {
        FUNDING_TOTAL:
          set.fundingTotalAmount === undefined
            ? null
            : [set.fundingTotalAmount as number, text(set.fundingTotalCurrency)],
        FUNDING_ROUNDS: number(rounds.length),
        INVESTORS: number(investors.size),
      },
    };
  });

function share(a: Plain, b: Plain, trait: string): number {
  if (trait === 'COUNTRY') return Number(a.country !== undefined && a.country === b.country);
  if (trait === 'STAGE') return Number(a.stage !== null && a.stage === b.stage);
  const union = new Set([...a.sectors, ...b.sectors]).size;
  return union ? a.sectors.filter((sector) => b.sectors.includes(sector)).length / union : 0;
}
const knows = (a: Plain, trait: string) =>
  trait === 'SECTOR'
    ? a.sectors.length > 0
    : trait === 'COUNTRY'
      ? a.country !== undefined
      : a.stage !== null;

const choices = [
  ['SECTOR', 'COUNTRY', 'STAGE'],
  ['SECTOR'],
  ['COUNTRY', 'STAGE'],
  ['STAGE', 'SECTOR'],
];

test.each(choices)(
  'peers by %s %s %s are those of plain loops, all of fifty companies in one statement',
  async (...named) => {
    const by = named.filter(Boolean);
    const { data, errors, statements } = await ask(
      `query ($by: [PeerTrait!]) { companies(where: { key: { startsWith: "made-up-" } }, first: 50) { nodes { key peers(by: $by, first: 100) { totalCount edges { similarity node { key } reasons { by text textZh } } } } } }`,
      { by },
    );
    expect(errors).toBeUndefined();
    expect(statements).toBe(2);
    expect(data.companies.nodes).toHaveLength(50);
    for (const { key, peers } of data.companies.nodes as Row[]) {
      const company = companies.find(({ id }) => id === `Company:${key}`) as Plain;
      const known = by.filter((trait) => knows(company, trait));
      const wanted = companies
        .filter((other) => other !== company)
        .map((other) => ({
          other,
          similarity:
            known.reduce((sum, trait) => sum + share(company, other, trait), 0) / known.length,
        }))
        .filter(({ similarity }) => similarity > 0)
        .sort(
          (a, b) =>
            b.similarity - a.similarity ||
            b.other.degree - a.other.degree ||
            (a.other.id < b.other.id ? -1 : 1),
        );
      expect({ key, total: peers.totalCount }).toEqual({ key, total: wanted.length });
      expect(
        peers.edges.map(({ similarity, node }: Row) => [node.key, similarity.toFixed(9)]),
      ).toEqual(
        wanted
          .slice(0, 100)
          .map(({ other, similarity }) => [
            other.id.slice('Company:'.length),
            similarity.toFixed(9),
          ]),
      );
      for (const [at, { reasons }] of (peers.edges as Row[]).entries()) {
        const other = wanted[at]?.other as Plain;
        const count = (trait: string) =>
          reasons.filter((reason: Row) => reason.by === trait).length;
        if (by.includes('SECTOR'))
          expect(count('SECTOR')).toBe(
            company.sectors.filter((sector) => other.sectors.includes(sector)).length,
          );
        if (by.includes('COUNTRY')) expect(count('COUNTRY')).toBe(share(company, other, 'COUNTRY'));
        if (by.includes('STAGE')) expect(count('STAGE')).toBe(share(company, other, 'STAGE'));
      }
    }
  },
);

test('pages of peers go on where they ended', async () => {
  const found: string[] = [];
  const query =
    'query ($after: String) { company(key: "made-up-c1") { whole: peers(first: 100) { nodes { key } } peers(first: 7, after: $after) { nodes { key } pageInfo { endCursor hasNextPage } } } }';
  for (let after: string | null = null; ;) {
    const { data, errors }: Awaited<ReturnType<typeof ask>> = await ask(query, { after });
    expect(errors).toBeUndefined();
    const { peers, whole } = data.company as Row;
    found.push(...peers.nodes.map((node: Row) => node.key as string));
    if (peers.pageInfo.hasNextPage) {
      after = peers.pageInfo.endCursor as string;
      continue;
    }
    expect(found.slice(0, 100)).toEqual(whole.nodes.map((node: Row) => node.key));
    expect(new Set(found).size).toBe(found.length);
    return;
  }
});

test.each([
  ['FUNDING_TOTAL', ['SECTOR']],
  ['FUNDING_TOTAL', ['COUNTRY', 'STAGE']],
  ['FUNDING_ROUNDS', ['STAGE']],
  ['INVESTORS', ['SECTOR', 'COUNTRY']],
])('the percentile of %s within %s is that of counting', async (of, within) => {
  const { data, errors } = await ask(
    `query ($of: PeerMeasure!, $within: [PeerTrait!]) { companies(where: { key: { startsWith: "made-up-" } }, first: 100) { nodes { key percentile(of: $of, within: $within) { percentile value currency known unknown otherCurrency } } } }`,
    { of, within },
  );
  expect(errors).toBeUndefined();
  let told = 0;
  for (const { key, percentile } of data.companies.nodes as Row[]) {
    const company = companies.find(({ id }) => id === `Company:${key}`) as Plain;
    const own = company.values[of];
    const peers = companies.filter(
      (other) => other !== company && within.every((trait) => share(company, other, trait) > 0),
    );
    const values = peers.map((peer) => peer.values[of]);
    const known = own
      ? values.filter((value) => value && value[1] === own[1]).map((value) => value?.[0] as number)
      : [];
    if (!own || !known.length) {
      expect({ key, percentile }).toEqual({ key, percentile: null });
      continue;
    }
    told++;
    const points = known.map((value) => (value < own[0] ? 1 : value === own[0] ? 0.5 : 0));
    const sum = points.reduce((a: number, b) => a + b, 0);
    expect({ key, ...percentile, percentile: percentile.percentile.toFixed(6) }).toEqual({
      key,
      percentile: ((100 * sum) / known.length).toFixed(6),
      value: own[0],
      currency: own[1],
      known: known.length,
      unknown: values.filter((value) => !value).length,
      otherCurrency: values.filter((value) => value && value[1] !== own[1]).length,
    });
  }
  expect(told).toBeGreaterThan(5);
});

test('in the report: reasons in two languages with their certainty; what is probably the same is no peer', async () => {
  const { data } = await ask(
    '{ company(key: "zhipu-ai") { peers(first: 100) { nodes { key } edges { reasons { by text textZh certainty node { key } } } } percentile(of: MODELS, within: []) { percentile known } } unnamed: company(key: "unnamed-p11-eda") { sameAs { nodes { key } } peers(first: 100) { nodes { key } } } nobody: company(key: "nobody") { peers { totalCount } } }',
  );
  expect(data.company.peers.nodes.map((node: Row) => node.key)).toContain('moonshot-ai');
  expect(data.company.peers.edges[0].reasons).toContainEqual({
    by: 'COUNTRY',
    text: 'Both are based in China',
    textZh: '同在中国',
    certainty: 'INFERRED',
    node: { key: 'cn' },
  });
  expect(data.company.percentile.known).toBeGreaterThan(5);
  const same = data.unnamed.sameAs.nodes.map((node: Row) => node.key as string);
  expect(same.length).toBeGreaterThan(0);
  for (const key of same)
    expect(data.unnamed.peers.nodes.map((node: Row) => node.key)).not.toContain(key);
  expect(data.nobody).toBeNull();
});

test('of more companies than are compared, those asked about are always among them, and the cut is told', async () => {
  const few = client(blueprint, [peersVerb(10)]);
  const query = (first: number) =>
    `{ companies(where: { key: { startsWith: "made-up-" } }, orderBy: [{ key: DESC }], first: ${first}) { nodes { key fundingRounds { totalCount } peers(by: [STAGE, COUNTRY, SECTOR]) { totalCount completeness { returned total truncated reason } } percentile(of: FUNDING_ROUNDS, within: []) { known unknown completeness { returned total truncated reason } } } } }`;
  const cut = {
    total: null,
    truncated: true,
    reason: 'Only 10 companies were compared; there are more.',
  };
  const { data, errors } = await few.ask(query(5));
  await few.close();
  expect(errors).toBeUndefined();
  expect(data.companies.nodes).toHaveLength(5);
  for (const { peers, percentile, fundingRounds } of data.companies.nodes as Row[]) {
    expect(peers.completeness).toEqual({ ...cut, returned: peers.totalCount });
    // Its own value is known though others are not looked at.
    if (!fundingRounds.totalCount) expect(percentile).toBeNull();
    else if (percentile) {
      expect(percentile.completeness).toEqual({
        ...cut,
        returned: percentile.known + percentile.unknown,
      });
      expect(percentile.known + percentile.unknown).toBeLessThan(11);
    }
  }
  expect((data.companies.nodes as Row[]).filter(({ percentile }) => percentile)).not.toEqual([]);
  const whole = await ask(query(1));
  expect(whole.data.companies.nodes[0].peers.completeness).toMatchObject({
    total: whole.data.companies.nodes[0].peers.totalCount,
    truncated: false,
    reason: null,
  });
});

test('companies are read once for all that they are compared by, and once more for each measure', async () => {
  const fields = {
    a: 'peers(by: [SECTOR]) { totalCount nodes { key } }',
    b: 'peers(by: [COUNTRY, STAGE]) { totalCount nodes { key } }',
    c: 'peers(first: 3) { totalCount nodes { key } }',
    d: 'percentile(of: FUNDING_TOTAL, within: []) { percentile known unknown otherCurrency }',
    e: 'percentile(of: FUNDING_TOTAL, within: [STAGE]) { percentile known unknown otherCurrency }',
    f: 'percentile(of: FUNDING_ROUNDS, within: []) { percentile known unknown otherCurrency }',
  };
  const entries = Object.entries(fields);
  const company = (text: string) => `{ company(key: "made-up-c1") { ${text} } }`;
  const { data, statements } = await ask(
    company(entries.map(([name, field]) => `${name}: ${field}`).join(' ')),
  );
  // The company, and the companies without a measure, with their funding and with their rounds.
  expect(statements).toBe(4);
  for (const [name, field] of entries)
    expect(data.company[name]).toEqual((await ask(company(`x: ${field}`))).data.company.x);
});

test('of more companies than are compared, all fields of a request find those that they ask about', async () => {
  const few = client(blueprint, [peersVerb(10)]);
  const keys = (from: number) =>
    JSON.stringify(Array.from({ length: 10 }, (_, at) => `made-up-c${from + at}`));
  const part = (from: number, first: number) =>
    `companies(where: { key: { in: ${keys(from)} } }) { nodes { peers(first: ${first}) { totalCount } } }`;
  const { data, errors } = await few.ask(`{ a: ${part(0, 1)} b: ${part(20, 2)} }`);
  await few.close();
  expect(errors).toBeUndefined();
  for (const { nodes } of [data.a, data.b] as Row[]) {
    expect(nodes).toHaveLength(10);
    // Of those that are not found nothing would be known to compare.
    expect((nodes as Row[]).filter(({ peers }) => peers.totalCount > 0)).not.toEqual([]);
  }
});

test('what is probably the same company is not among those that it is measured against', async () => {
  const funded = companies.filter(({ values }) => values.FUNDING_ROUNDS);
  const [subject, ...same] = funded.slice(0, 6) as [Plain, ...Plain[]];
  const keyOf = ({ id }: Plain) => id.slice('Company:'.length);
  const rounds = ({ values }: Plain) => values.FUNDING_ROUNDS?.[0] ?? 0;
  const key = keyOf(subject);
  const query = `{ company(key: "${key}") { percentile(of: FUNDING_ROUNDS, within: []) { percentile value known unknown } } }`;
  const alone = (await ask(query)).data.company.percentile;
  expect(alone.value).toBe(rounds(subject));
  await graph.write((run) =>
    run(
      'MATCH (a:Company {key: $p.key}), (b:Company) WHERE b.key IN $p.same CREATE (a)-[:SAME_AS]->(b)',
      { key, same: same.map(keyOf) },
    ),
  );
  try {
    const { percentile, known, unknown } = (await ask(query)).data.company.percentile;
    expect({ known, unknown }).toEqual({ known: alone.known - 5, unknown: alone.unknown });
    const points = same.map((each) =>
      rounds(each) < rounds(subject) ? 1 : rounds(each) === rounds(subject) ? 0.5 : 0,
    );
    expect((percentile * known) / 100).toBeCloseTo(
      (alone.percentile * alone.known) / 100 - points.reduce((a: number, b) => a + b, 0),
      6,
    );
  } finally {
    await graph.write((run) =>
      run('MATCH (:Company {key: $p.key})-[r:SAME_AS]->() DELETE r', { key }),
    );
  }
});

test('bad numbers and cursors are told', async () => {
  for (const [args, code] of [
    ['first: -1', 'BAD_USER_INPUT'],
    ['first: 101', 'LIMIT_EXCEEDED'],
    ['after: "x"', 'BAD_USER_INPUT'],
  ]) {
    const { errors } = await ask(`{ company(key: "alibaba") { peers(${args}) { totalCount } } }`);
    expect(errors?.[0]?.extensions.code).toBe(code);
  }
});
