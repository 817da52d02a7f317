import { client } from '../support/client';
import type { Row } from '../support/rows';

const { ask, close } = client();
afterAll(close);

const draw = async (args: string, variables?: Record<string, unknown>) => {
  const head = variables ? 'query ($known: [Position!])' : '';
  const { data, errors } = await ask(
    `${head} { graph(${args}) { nodes { id key type label degree x y size group node { key } } edges { id source target type label certainty } expandable { node relation count } layout { algorithm seed iterations } completeness { returned total truncated reason } } }`,
    variables,
  );
  expect(errors).toBeUndefined();
  return data.graph as { nodes: Row[]; edges: Row[]; expandable: Row[]; completeness: Row };
};

test('the same question gives the same picture', async () => {
  const args = 'seeds: ["Trend:going-global"], depth: 2';
  expect(await draw(args)).toEqual(await draw(args));
});

test('every line joins two nodes of the picture, and no node stands twice', async () => {
  const { nodes, edges } = await draw('seeds: ["Company:alibaba"], depth: 2, limit: 100');
  const ids = new Set(nodes.map((node) => node.id));
  expect(ids.size).toBe(nodes.length);
  for (const { source, target } of edges)
    expect([ids.has(source), ids.has(target)]).toEqual([true, true]);
  for (const { key, node } of nodes) expect(node.key).toBe(key);
});

test('the neighbours are those that the lists give', async () => {
  const { nodes } = await draw('seeds: ["Company:zhipu-ai"], depth: 1, relations: [DEVELOPS]');
  const { data } = await ask('{ company(key: "zhipu-ai") { models { nodes { key } } } }');
  expect(
    nodes
      .slice(1)
      .map((node) => node.key)
      .sort(),
  ).toEqual(data.company.models.nodes.map((node: Row) => node.key));
});

test('facts are folded into lines unless they are asked for; sources are never drawn', async () => {
  const folded = await draw('seeds: ["Company:heygen"], depth: 1');
  expect(folded.nodes.map((node) => node.type)).not.toContain('OBSERVATION');
  const whole = await draw('seeds: ["Company:heygen"], depth: 1, fold: false');
  expect(whole.nodes.map((node) => node.type)).toContain('OBSERVATION');
  for (const { type } of [...folded.nodes, ...whole.nodes])
    expect(['SOURCE', 'CITATION']).not.toContain(type);
});

test('a limit that bites is told, with what was left out', async () => {
  const { nodes, expandable, completeness } = await draw('seeds: ["Place:cn"], depth: 1, limit: 5');
  expect(nodes).toHaveLength(5);
  expect(completeness).toMatchObject({
    returned: 5,
    truncated: true,
    reason: expect.stringContaining('5'),
  });
  expect(expandable.length).toBeGreaterThan(0);
});

test('positions that are known stay put', async () => {
  const before = await draw('seeds: ["Trend:going-global"], depth: 1');
  const known = before.nodes.map(({ id, x, y }) => ({ id, x, y }));
  const after = await draw('seeds: ["Trend:going-global"], depth: 2, known: $known', { known });
  expect(after.nodes.length).toBeGreaterThan(before.nodes.length);
  for (const { id, x, y } of known)
    expect(after.nodes.find((node) => node.id === id)).toMatchObject({ x, y });
  for (const { x, y } of after.nodes)
    expect([Number.isFinite(x), Number.isFinite(y)]).toEqual([true, true]);
});

test('no seed, an unknown seed and a bad one', async () => {
  expect((await draw('seeds: []')).nodes).toEqual([]);
  expect((await draw('seeds: ["Company:nobody"]')).nodes).toEqual([]);
  for (const [args, code] of [
    ['seeds: ["?"]', 'BAD_USER_INPUT'],
    ['seeds: ["Place:cn"], depth: 5', 'LIMIT_EXCEEDED'],
    ['seeds: ["Place:cn"], limit: 0', 'BAD_USER_INPUT'],
  ]) {
    const { errors } = await ask(`{ graph(${args}) { completeness { returned } } }`);
    expect(errors?.[0]?.extensions.code).toBe(code);
  }
});

test('a seed that is not there takes no room, and is not told as left out', async () => {
  const { nodes, completeness } = await draw(
    'seeds: ["Company:nobody", "Company:openai", "Company:openai"], depth: 0, limit: 1',
  );
  expect(nodes.map(({ key }) => key)).toEqual(['openai']);
  expect(completeness).toEqual({ returned: 1, total: 1, truncated: false, reason: null });
  const cut = await draw('seeds: ["Company:openai", "Company:alibaba"], depth: 0, limit: 1');
  expect(cut.completeness.reason).toBe('The limit of 1 node was reached.');
});

test('known places far out are kept; those that no layout can reckon with are refused', async () => {
  const place = (x: number) => ({ known: [{ id: 'Company:openai', x, y: -x }] });
  const args = 'seeds: ["Company:openai"], depth: 1, limit: 9, known: $known';
  const { nodes } = await draw(args, place(1e9));
  expect(nodes[0]).toMatchObject({ key: 'openai', x: 1e9, y: -1e9 });
  for (const { x, y } of nodes) expect([x, y].every(Number.isFinite)).toBe(true);
  const { errors } = await ask(
    `query ($known: [Position!]) { graph(${args}) { nodes { x } } }`,
    place(1e300),
  );
  expect(errors?.[0]).toMatchObject({
    message: expect.stringContaining('"1e+300"'),
    extensions: { code: 'BAD_USER_INPUT' },
  });
});

test('what is asked of the nodes themselves is read together, however many they are', async () => {
  const { data, errors, statements } = await ask(
    '{ graph(seeds: ["Company:alibaba", "Trend:going-global"], depth: 3, limit: 500) { nodes { key node { key ... on Company { models { totalCount } } } } } }',
  );
  expect(errors).toBeUndefined();
  expect(data.graph.nodes.length).toBeGreaterThan(100);
  for (const { key, node } of data.graph.nodes) expect(node.key).toBe(key);
  // The seeds, four rounds, and one for the nodes.
  expect(statements).toBeLessThanOrEqual(6);
});

test('more ids than one question may name are refused', async () => {
  const ids = Array.from({ length: 101 }, (_, index) => `Company:c${index}`);
  const { errors } = await ask('query ($ids: [ID!]!) { nodes(ids: $ids) { key } }', { ids });
  expect(errors?.[0]).toMatchObject({
    message: expect.stringContaining('"101"'),
    extensions: { code: 'LIMIT_EXCEEDED' },
  });
});
