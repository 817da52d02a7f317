import { client } from '../support/client';
import { reportRows, type Row } from '../support/rows';

const { ask, graph, close } = client();

/** More hits than are ranked at first, in two nouns, all of one score; some are better connected. */
const many = 700;

beforeAll(async () => {
  await graph.write(async (run) => {
    await run(
      `UNWIND range(0, $p.many - 1) AS i
       CREATE (c:Company:Entity:Investor {key: 'test-s' + i, name: 'Zyxword ' + i, nameFolded: 'zyxword ' + i})
       WITH c, i WHERE i % 7 = 0 MATCH (p:Place {key: 'cn'}) CREATE (c)-[:BASED_IN]->(p)`,
      { many },
    );
    await run(
      `UNWIND range(0, 49) AS i CREATE (p:Product:Entity {key: 'test-s' + i, name: 'Zyxword ' + (1000 + i), nameFolded: 'zyxword ' + (1000 + i)})`,
    );
    await run(
      `CREATE (:Product:Entity {key: 'test-stop', name: 'It', nameFolded: 'it'})
       CREATE (:Product:Entity {key: 'test-dots', name: 'Zyx.js 3.5', nameFolded: 'zyx.js 3.5', aliases: ['Moody\\'s Wharf'], aliasesFolded: ['moody\\'s wharf'], description: 'Renders quaggas at night'})
       CREATE (:Product:Entity {key: 'test-trade', name: 'The Zyx Trade Desk', nameFolded: 'the zyx trade desk'})
       CREATE (:Product:Entity {key: 'test-moody', name: 'Wharf of Moody\\'s and Sons', nameFolded: 'wharf of moody\\'s and sons'})`,
    );
  });
});

afterAll(async () => {
  await graph.write(async (run) => {
    await run(
      `MATCH (n:Entity) WHERE n.key STARTS WITH 'test-s' OR n.key IN ['test-dots', 'test-trade', 'test-moody'] DETACH DELETE n`,
    );
  });
  await close();
});

async function search(text: string, more = '', after: string | null = null): Promise<Row> {
  const { data, errors, statements } = await ask(
    `query ($text: String!, $after: String) { search(text: $text, after: $after${more}) { totalCount types { type count } edges { cursor score node { __typename key } matched { field fragment } } pageInfo { hasNextPage hasPreviousPage endCursor } completeness { returned total truncated reason } } }`,
    { text, after },
  );
  expect(errors).toBeUndefined();
  return { ...(data.search as Row), statements };
}

const keys = (found: Row): string[] => found.edges.map(({ node }: Row) => node.key as string);

test('totals and facets are of all hits, not of the page', async () => {
  const found = await search('zyxword', ', first: 3');
  expect(found.totalCount).toBe(many + 50);
  expect(found.types).toEqual([
    { type: 'COMPANY', count: many },
    { type: 'PRODUCT', count: 50 },
  ]);
  expect(found.completeness).toEqual({
    returned: 3,
    total: many + 50,
    truncated: false,
    reason: null,
  });
  const only = await search('zyxword', ', first: 0, types: [PRODUCT]');
  expect(only).toMatchObject({
    totalCount: 50,
    edges: [],
    types: [{ type: 'PRODUCT', count: 50 }],
  });
});

test('pages of hits that score alike: the better connected first, no gap, no repeat', async () => {
  const walked: string[] = [];
  let after: string | null = null;
  for (let page = 0; page < 20; page++) {
    const found: Row = await search('zyxword', ', first: 100', after);
    expect(found.pageInfo.hasPreviousPage).toBe(page > 0);
    walked.push(...found.edges.map(({ node }: Row) => `${node.__typename}:${node.key}`));
    if (!found.pageInfo.hasNextPage) break;
    after = found.pageInfo.endCursor as string;
  }
  expect(walked).toHaveLength(many + 50);
  expect(new Set(walked).size).toBe(many + 50);
  const connected = Array.from({ length: many / 7 }, (_, index) => `Company:test-s${index * 7}`);
  expect(walked.slice(0, connected.length)).toEqual(connected.sort());
});

test('the very name stands first, and the very alias', async () => {
  expect(keys(await search('Zyxword 650'))[0]).toBe('test-s650');
  expect(keys(await search("moody's wharf")).slice(0, 2)).toEqual(['test-dots', 'test-moody']);
  // Of several things of one name, any may be first.
  const rows = [...reportRows().values()].flat().filter((row) => row.name && row.nameZh);
  expect(rows.length).toBeGreaterThan(20);
  const named = (name: string) =>
    rows.filter((row) => [row.name, row.nameZh].includes(name)).map((row) => row.key as string);
  for (const row of rows.slice(0, 40))
    for (const name of [row.name, row.nameZh] as string[])
      expect({ name, named: named(name) }).toEqual({
        name,
        named: expect.arrayContaining([keys(await search(name))[0]]),
      });
}, 60_000);

test('words that the index leaves out, and words with signs in them', async () => {
  expect(keys(await search('it'))[0]).toBe('test-stop');
  expect(keys(await search('the zyx trade desk'))[0]).toBe('test-trade');
  expect(keys(await search('the trade zyx'))[0]).toBe('test-trade');
  for (const text of ['zyx.js', 'zyx 3.5', '3.5 zyx.js', 'Zyx.js 3.5', 'wharf moody'])
    expect({ text, keys: keys(await search(text)) }).toEqual({
      text,
      keys: expect.arrayContaining(['test-dots']),
    });
});

test('the field that matched is named rightly, with the words around it', async () => {
  const of = async (text: string) => {
    const { edges } = await search(text);
    return edges.find(({ node }: Row) => node.key === 'test-dots')?.matched as Row;
  };
  expect(await of('zyx.js')).toEqual({ field: 'name', fragment: 'Zyx.js 3.5' });
  expect(await of('wharf')).toEqual({ field: 'aliases', fragment: "Moody's Wharf" });
  expect(await of('quaggas')).toEqual({
    field: 'description',
    fragment: 'Renders quaggas at night',
  });
  expect(await of('wharff')).toEqual({ field: 'aliases', fragment: "Moody's Wharf" });
});

test('every fragment stands in the field that it names, and holds one of the words', async () => {
  for (const text of ['ai', '智能', 'growth', 'prosumers', 'gpt', '云']) {
    const { edges } = await search(text, ', first: 60');
    expect(edges.length).toBeGreaterThan(0);
    for (const { matched, node } of edges as Row[]) {
      if (!matched) throw new Error(`${text}: ${node.__typename} ${node.key}`);
      const { data } = await ask(
        `query ($id: ID!) { node(id: $id) { ... on ${node.__typename} { value: ${matched.field} } } }`,
        { id: `${node.__typename}:${node.key}` },
      );
      const bare = matched.fragment.replace(/^\.\.\./, '').replace(/\.\.\.$/, '');
      expect([data.node.value].flat().some((value: string) => value.includes(bare))).toBe(true);
      expect(bare.normalize('NFKC').toLowerCase()).toContain(text);
    }
  }
}, 120_000);

test('too many words, a cursor that is none, and one of another search', async () => {
  const fault = async (text: string, after: string | null = null) => {
    const { errors } = await ask(
      'query ($text: String!, $after: String) { search(text: $text, after: $after) { totalCount } }',
      { text, after },
    );
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    return errors?.[0]?.message;
  };
  const words = Array.from({ length: 33 }, (_, index) => `w${index}`).join(' ');
  expect(await fault(words)).toBe('text: "33" words are more than 32.');
  expect(await fault('ai', 'abc')).toBe('after: "abc" is not a cursor of a search.');
  expect(await fault('ai', '')).toBe('after: "" is not a cursor of a search.');
  const { pageInfo } = await search('zyxword', ', first: 1');
  expect(await fault('ai', pageInfo.endCursor as string)).toContain(
    'is a cursor of another search',
  );
});

test('counts and fragments are read only where they are asked for', async () => {
  const { statements } = await ask('{ search(text: "zyxword") { edges { score } } }');
  expect(statements).toBeLessThanOrEqual(3);
});

test('while one types: the very name, then names that begin so, then the better connected; a slip only where few fit', async () => {
  const suggest = async (text: string, first = 8) => {
    const { data, errors } = await ask(
      'query ($text: String!, $first: Int) { suggest(text: $text, first: $first) { text textZh node { key } } }',
      { text, first },
    );
    expect(errors).toBeUndefined();
    return data.suggest.map(({ node }: Row) => node.key) as string[];
  };
  expect((await suggest('zyxword 65'))[0]).toBe('test-s65');
  expect((await suggest('it'))[0]).toBe('test-stop');
  expect(await suggest('zyxwrod 65')).toContain('test-s65');
  expect(await suggest('智')).toContain('zhipu-ai');
  expect(await suggest('谱')).toContain('zhipu-ai');
  for (const text of ['', '!!!', '\ud800', 'name:(', 'x'.repeat(10_000)])
    expect(await suggest(text)).toEqual([]);
  expect(await suggest('zyx', 0)).toEqual([]);
});
