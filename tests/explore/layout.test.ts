import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { client } from '../support/client';

const { ask, close } = client();
afterAll(close);

interface At {
  readonly id: string;
  readonly x: number;
  readonly y: number;
}

const query = `query ($seeds: [ID!]!, $depth: Int, $limit: Int, $known: [Position!], $fold: Boolean) {
  graph(seeds: $seeds, depth: $depth, limit: $limit, known: $known, fold: $fold) { nodes { id x y group } layout { algorithm version seed iterations } }
}`;

async function draw(variables: Record<string, unknown>): Promise<At[]> {
  const { data, errors } = await ask(query, variables);
  expect(errors).toBeUndefined();
  return data.graph.nodes as At[];
}

/** The greatest distance between two nodes. */
function diameter(nodes: readonly At[]): number {
  let most = 0;
  for (const a of nodes)
    for (const b of nodes) most = Math.max(most, Math.hypot(a.x - b.x, a.y - b.y));
  return most;
}

/** How far nodes moved from one picture to another, in parts of its diameter; the median. */
function moved(before: readonly At[], after: readonly At[], ids: ReadonlySet<string>): number {
  const then = new Map(after.map((node) => [node.id, node]));
  const ways = before
    .filter(({ id }) => ids.has(id))
    .map(({ id, x, y }) => {
      const now = then.get(id) as At;
      return Math.hypot(now.x - x, now.y - y) / diameter(before);
    })
    .sort((a, b) => a - b);
  expect(ways.length).toBeGreaterThan(10);
  return ways[ways.length >> 1] as number;
}

const pictures = [
  { seeds: ['Trend:going-global'], depth: 3 },
  { seeds: ['Company:alibaba', 'Company:openai'], depth: 2 },
  { seeds: ['Place:cn'], depth: 2 },
];

test('two servers place every node at the same point, to the last digit', () => {
  const script = `require('reflect-metadata');
    const { ask, close } = require('./tests/support/client').client();
    ask(process.argv[1], JSON.parse(process.argv[2])).then(({ data }) => { process.stdout.write(JSON.stringify(data)); return close(); });`;
  const run = (variables: object): string =>
    execFileSync(
      process.execPath,
      ['-r', '@swc-node/register', '-e', script, query, JSON.stringify(variables)],
      { cwd: join(__dirname, '..', '..'), encoding: 'utf8' },
    );
  const variables = { ...pictures[0], limit: 150 };
  const [one, other] = [run(variables), run(variables)];
  expect(one).toContain('"nodes":[{"id"');
  expect(other).toBe(one);
});

test('how it was laid out is told: fewer steps of larger pictures', async () => {
  const steps = async (limit: number) => {
    const { data } = await ask(query, { ...pictures[0], depth: 3, limit, fold: false });
    expect(data.graph.layout).toEqual({
      algorithm: 'ForceAtlas2',
      version: '0.10',
      seed: 1,
      iterations: expect.any(Number),
    });
    return data.graph.layout.iterations as number;
  };
  expect(await steps(400)).toBeLessThan(await steps(10));
});

test.each(pictures)(
  'what is known stays, to the last digit, when a tenth is added: %j',
  async (picture) => {
    const before = await draw({ ...picture, limit: 100 });
    const known = before.map(({ id, x, y }) => ({ id, x, y }));
    const after = await draw({ ...picture, limit: 110, known });
    expect(after).toHaveLength(110);
    const now = new Map(after.map((node) => [node.id, node]));
    for (const { id, x, y } of known) expect(now.get(id)).toMatchObject({ x, y });
    const fresh = after.filter(({ id }) => !known.some((each) => each.id === id));
    const [x, y] = [
      before.reduce((sum, each) => sum + each.x, 0) / 100,
      before.reduce((sum, each) => sum + each.y, 0) / 100,
    ];
    for (const each of fresh)
      expect(Math.hypot(each.x - x, each.y - y)).toBeLessThan(1.5 * diameter(before));
  },
);

test.each(pictures)(
  'with some known, a tenth more nodes hardly moves the others: %j',
  async (picture) => {
    const whole = await draw({ ...picture, limit: 100 });
    const known = whole.slice(0, 50).map(({ id, x, y }) => ({ id, x, y }));
    const fixed = new Set(known.map(({ id }) => id));
    const before = await draw({ ...picture, limit: 100, known });
    const after = await draw({ ...picture, limit: 110, known });
    const others = new Set(before.map(({ id }) => id).filter((id) => !fixed.has(id)));
    expect(moved(before, after, others)).toBeLessThan(0.05);
  },
);

test('nodes do not lie on each other', async () => {
  const nodes = await draw({ ...pictures[0], limit: 150 });
  const near = nodes.map((a) =>
    Math.min(...nodes.filter((b) => b !== a).map((b) => Math.hypot(a.x - b.x, a.y - b.y))),
  );
  const sorted = near.sort((a, b) => a - b);
  const area = Math.sqrt(
    (Math.max(...nodes.map(({ x }) => x)) - Math.min(...nodes.map(({ x }) => x))) *
      (Math.max(...nodes.map(({ y }) => y)) - Math.min(...nodes.map(({ y }) => y))),
  );
  expect(sorted[Math.floor(sorted.length / 20)]).toBeGreaterThan((0.2 * area) / Math.sqrt(150));
});

test('a known node that is not drawn, one without a place, and positions that are no numbers', async () => {
  const known = [{ id: 'Company:nobody', x: 1, y: 2 }];
  expect(await draw({ ...pictures[0], limit: 5, known })).toHaveLength(5);
  const { errors } = await ask(query, { ...pictures[0], known: [{ id: '?', x: 0, y: 0 }] });
  expect(errors?.[0]).toMatchObject({
    message: expect.stringMatching(/^known: "\?" is not an id\. Ids come from/),
    extensions: { code: 'BAD_USER_INPUT' },
  });
});
