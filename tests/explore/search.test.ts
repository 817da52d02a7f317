import { client } from '../support/client';
import { reportRows, type Row } from '../support/rows';

const { ask, close } = client();
afterAll(close);

const rows = reportRows();
const keys = async (text: string, more = '') => {
  const { data, errors } = await ask(
    `query ($text: String!) { search(text: $text, first: 100${more}) { nodes { __typename key } } }`,
    { text },
  );
  expect(errors).toBeUndefined();
  return data.search.nodes.map((node: Row) => `${node.__typename}:${node.key}`) as string[];
};

test('any part of a Chinese name finds it', async () => {
  for (const part of ['月之', '之暗', '暗面', '月之暗面'])
    expect(await keys(part)).toContain('Company:moonshot-ai');
  expect((await keys('智谱'))[0]).toBe('Company:zhipu-ai');
});

test('a Latin name is found by its beginning and with one slip; the exact name stands first', async () => {
  expect((await keys('moonsh'))[0]).toBe('Company:moonshot-ai');
  expect(await keys('moonshoot')).toContain('Company:moonshot-ai');
  expect((await keys('gpt-4'))[0]).toBe('Model:gpt-4');
  expect((await keys('OPENAI'))[0]).toBe('Company:openai');
});

test('traditional characters find a simplified name, wherever names are looked for', async () => {
  expect((await keys('智譜'))[0]).toBe('Company:zhipu-ai');
  expect(await keys('訊飛')).toEqual(await keys('讯飞'));
  expect((await keys('訊飛'))[0]).toBe('Company:iflytek');
  const { data } = await ask(
    '{ typed: suggest(text: "智譜") { text node { key } } companies(where: { search: "華大九天" }) { nodes { key } } search(text: "智譜", first: 1) { edges { matched { field fragment } } } }',
  );
  expect(data.typed[0].node.key).toBe('zhipu-ai');
  expect(data.companies.nodes.map(({ key }: Row) => key)).toEqual(['empyrean']);
  expect(data.search.edges[0].matched).toEqual({ field: 'nameZh', fragment: '智谱AI' });
});

test('a number may follow a name without a gap', async () => {
  expect(await keys('gpt4')).toContain('Model:gpt-4');
  const { data } = await ask('{ suggest(text: "gpt4") { text } }');
  expect(data.suggest[0].text).toBe('gpt-4');
});

test('the words of facts are found, with the fragment around them', async () => {
  const { data } = await ask(
    '{ search(text: "prosumers", types: [STATEMENT]) { totalCount types { type count } edges { score matched { field fragment } node { __typename ... on Statement { text } } } } }',
  );
  expect(data.search.totalCount).toBeGreaterThan(1);
  expect(data.search.types).toEqual([{ type: 'STATEMENT', count: data.search.totalCount }]);
  for (const { matched, node } of data.search.edges) {
    expect(node.__typename).toBe('Statement');
    expect(matched.fragment.toLowerCase()).toContain('prosumer');
  }
});

test('the syntax of the index in a text is only text; nothing to look for finds nothing', async () => {
  for (const text of [
    'AND',
    'name:(',
    '"',
    'a~99',
    '*',
    '/.*/',
    '[a TO b]',
    '\\',
    '',
    '   ',
    '!!!',
    '。，',
    '\u0000',
    'x'.repeat(10_000),
  ])
    expect(Array.isArray(await keys(text))).toBe(true);
  expect(await keys('!!!')).toEqual([]);
  const { errors } = await ask('query ($text: String!) { search(text: $text) { totalCount } }', {
    text: 'x'.repeat(10_001),
  });
  expect(errors?.[0]).toMatchObject({
    message: expect.stringContaining('10001'),
    extensions: { code: 'BAD_USER_INPUT' },
  });
});

test('pages go on where they ended: no gap, no repeat', async () => {
  const whole = await keys('ai');
  const found: string[] = [];
  for (let after: string | null = null; ;) {
    const { data }: Awaited<ReturnType<typeof ask>> = await ask(
      'query ($after: String) { search(text: "ai", first: 7, after: $after) { nodes { __typename key } pageInfo { endCursor hasNextPage } } }',
      { after },
    );
    found.push(...data.search.nodes.map((node: Row) => `${node.__typename}:${node.key}`));
    if (!data.search.pageInfo.hasNextPage || found.length >= whole.length) break;
    after = data.search.pageInfo.endCursor as string;
  }
  expect(found.slice(0, whole.length)).toEqual(whole);
  expect(new Set(found).size).toBe(found.length);
});

test('names are suggested while typing', async () => {
  const { data } = await ask('{ suggest(text: "qwen", first: 5) { text node { key } } }');
  const qwen = new Set(
    (rows.get('Model') as Row[]).filter((row) => row.name.startsWith('qwen')).map((row) => row.key),
  );
  expect(data.suggest).toHaveLength(5);
  for (const { node } of data.suggest) expect(qwen).toContain(node.key);
});
