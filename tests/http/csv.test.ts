import { parse } from 'csv-parse/sync';
import { blueprint } from '../../src/entities/blueprint';
import { Graph } from '../../src/graph/graph';
import { createServer, type Server } from '../../src/server';
import { as, curating } from '../support/curator';

let graph: Graph;
let server: Server;
let url: string;

beforeAll(async () => {
  graph = new Graph({ uri: process.env.YUNTU_TEST_NEO4J_URI as string });
  server = await createServer({ graph, blueprint });
  url = `${await server.app.listen({ host: '127.0.0.1', port: 0 })}/graphql`;
});
afterAll(async () => {
  await server.close();
  await graph.close();
});

async function ask(query: string, accept = 'text/csv') {
  const reply = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept },
    body: JSON.stringify({ query }),
  });
  return {
    status: reply.status,
    type: reply.headers.get('content-type') ?? '',
    text: await reply.text(),
  };
}

async function table(query: string): Promise<Record<string, string>[]> {
  const { status, type, text } = await ask(query);
  expect([status, type]).toEqual([200, 'text/csv; charset=utf-8; header=present']);
  return parse(text, { columns: true });
}

test('a list becomes rows, objects become columns, lists within it one cell', async () => {
  const query = `{ models(first: 30, orderBy: [{ key: ASC }]) { totalCount nodes { key nameZh contextTokens
    developer { name country { key } } sectors { nodes { key } } priceQuotes { totalCount } } } }`;
  const { data } = JSON.parse((await ask(query, 'application/json')).text) as {
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    data: any;
  };
  const rows = await table(query);
  const text = (value: string | number | null | undefined) => `${value ?? ''}`;
  expect(rows).toEqual(
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    data.models.nodes.map((node: any) => ({
      key: node.key,
      nameZh: text(node.nameZh),
      contextTokens: text(node.contextTokens),
      'developer.name': text(node.developer?.name),
      'developer.country.key': text(node.developer?.country?.key),
      sectors: node.sectors.nodes.map((each: { key: string }) => each.key).join('; '),
      'priceQuotes.totalCount': text(node.priceQuotes.totalCount),
    })),
  );
});

test('from the cache it comes as it was sent, and JSON stays JSON', async () => {
  const query =
    '{ companies(first: 3, orderBy: [{ key: ASC }]) { nodes { key name nameZh fromCache: id } } }';
  const cached = async (accept: string) => {
    const reply = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept },
      body: JSON.stringify({ query }),
    });
    const { headers } = reply;
    return [headers.get('x-yuntu-cache'), headers.get('content-type'), await reply.text()];
  };
  for (const [accept, type] of [
    ['text/csv', 'text/csv; charset=utf-8; header=present'],
    ['application/json', 'application/json; charset=utf-8'],
  ] as const) {
    const [fresh, kept] = [await cached(accept), await cached(accept)];
    expect([fresh.slice(0, 2), kept.slice(0, 2)]).toEqual([
      ['miss', type],
      ['hit', type],
    ]);
    expect(kept[2]?.replace('"status":"hit"', '"status":"miss"')).toBe(fresh[2]);
  }
});

test.each([
  ['text/csv', 'csv'],
  ['text/csv; header=present', 'csv'],
  ['application/json, text/csv', 'json'],
  ['application/json;q=0.5, text/csv', 'csv'],
  ['text/csv;q=0.2, application/json;q=0.9', 'json'],
  ['text/csv;q=0', 'json'],
  ['text/csv;q=0, */*', 'json'],
  ['text/html,*/*;q=0.8', 'json'],
])('who sends Accept: %s gets %s', async (accept, kind) => {
  const { type } = await ask('{ models(first: 1) { nodes { key } } }', accept);
  expect(type).toContain(kind);
});

test('edges, groups and one thing alone are tables too', async () => {
  const edges = await table(
    '{ trends(first: 2, orderBy: [{ position: ASC }]) { edges { cursor node { key name } } } }',
  );
  expect(Object.keys(edges[0] ?? {})).toEqual(['cursor', 'node.key', 'node.name']);
  const groups = await table('{ modelGroups(by: [{ weights: true }]) { nodes { count } } }');
  expect(Object.keys(groups[0] ?? {})).toEqual(['count']);
  expect(await table('{ company(key: "alibaba") { key nameZh } }')).toEqual([
    { key: 'alibaba', nameZh: '阿里巴巴' },
  ]);
  expect(await table('{ company(key: "nobody") { key } }')).toEqual([]);
});

test('what a spreadsheet would run as a formula is text', async () => {
  const name = '=HYPERLINK("http://127.0.0.1")';
  await graph.write((run) =>
    run(
      'CREATE (:Company:Entity {key: $p.key, name: $p.name, nameFolded: $p.name, fundingTotalAmount: -5.0, fundingTotalCurrency: $p.usd})',
      { key: 'formula', name, usd: 'USD' },
    ),
  );
  try {
    const rows = await table('{ company(key: "formula") { name fundingTotal { amount } } }');
    expect(rows).toEqual([{ name: `'${name}`, 'fundingTotal.amount': '-5' }]);
  } finally {
    await graph.write((run) => run('MATCH (n:Company {key: $p.key}) DELETE n', { key: 'formula' }));
  }
});

test('what is no one list, or is faulty, is told as JSON', async () => {
  const two = await ask('{ models { totalCount } trends { totalCount } }');
  expect(two.status).toBe(406);
  expect(two.text).toContain('\\"models\\", \\"trends\\" were asked for');
  const wrong = await ask('{ modelz { totalCount } }');
  expect(wrong.status).toBe(400);
  expect(wrong.type).toMatch(/json/);
  const preferred = await ask('{ trends { totalCount } }', 'application/json, text/csv;q=0.5');
  expect(preferred.type).toMatch(/json/);
});

test('a change that asks for CSV is refused before it is made', async () => {
  const curator = await curating();
  try {
    const query = `mutation { upsertCompany(operationId: "csv", input: { key: "csv-change", name: "CSV",
      citations: [{ source: "cloud100-china-2024", page: 1 }] }) { __typename } }`;
    const { status, body } = await curator.post({ query }, { ...as.curator, accept: 'text/csv' });
    expect([status, body.errors?.[0]?.message]).toEqual([
      406,
      expect.stringMatching(/ask for JSON/),
    ]);
    const there = 'MATCH (n) WHERE n.key = "csv-change" OR n.id = "csv" RETURN n.key AS row';
    expect((await graph.read(there)).rows).toEqual([]);
  } finally {
    await curator.close();
  }
});
