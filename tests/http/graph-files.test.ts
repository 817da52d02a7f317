import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { blueprint } from '../../src/entities/blueprint';
import { Graph } from '../../src/graph/graph';
import { createServer, type Server } from '../../src/server';
import { hasPython, python } from '../support/python';
import type { Row } from '../support/rows';

/** Names that break a careless writer of files. */
const awkward = {
  'test-file-a': 'Bell\u0007 & <b>"Söhne"</b> ]]> \\ end\\',
  'test-file-b': "月之暗面 'quoted' \n two lines\t{braces} -> x; ",
  'test-file-c': 'half \ud83d and whole 😀 \u0000 \uffff',
};

let graph: Graph;
let server: Server;
let origin: string;
const folder = mkdtempSync(join(tmpdir(), 'yuntu-files-'));

beforeAll(async () => {
  graph = new Graph({ uri: process.env.YUNTU_TEST_NEO4J_URI as string });
  await graph.write(async (run) => {
    await run(
      `UNWIND $p.names AS each CREATE (c:Company:Entity:Investor {key: each[0], name: each[1], nameFolded: toLower(each[1])})
       WITH collect(c) AS cs UNWIND range(1, size(cs) - 1) AS i WITH cs[0] AS a, cs[i] AS b
       CREATE (a)-[:SAME_AS {certainty: 'INFERRED'}]->(b)`,
      { names: Object.entries(awkward) },
    );
  });
  server = await createServer({ graph, blueprint });
  origin = await server.app.listen({ host: '127.0.0.1', port: 0 });
});

afterAll(async () => {
  await graph.write(async (run) => {
    await run(`MATCH (c:Company) WHERE c.key STARTS WITH 'test-file-' DETACH DELETE c`);
  });
  await server.close();
  await graph.close();
  rmSync(folder, { recursive: true });
});

const forms = {
  graphml: 'application/graphml+xml',
  gexf: 'application/gexf+xml',
  dot: 'text/vnd.graphviz',
  json: 'application/json',
} as const;

async function asked(args: string): Promise<{ nodes: Row[]; edges: Row[] }> {
  const reply = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      query: `{ graph(${args}) { nodes { id key type label labelZh degree x y size color group } edges { source target type label certainty count } } }`,
    }),
  });
  const { data } = (await reply.json()) as { data: { graph: { nodes: Row[]; edges: Row[] } } };
  return data.graph;
}

async function file(form: string, query: string): Promise<string> {
  const reply = await fetch(`${origin}/graph.${form}?${query}`);
  expect(reply.status).toBe(200);
  expect(reply.headers.get('content-type')).toContain(forms[form as keyof typeof forms]);
  const path = join(folder, `${encodeURIComponent(query).slice(0, 40)}.${form}`);
  writeFileSync(path, Buffer.from(await reply.arrayBuffer()));
  return path;
}

const foreign = hasPython ? test.each : test.skip.each;
if (!hasPython)
  console.warn('Files of pictures were not read by NetworkX: no python3 with pip here.');
const script = readFileSync(join(__dirname, 'networkx', 'read_graph.py'), 'utf8');

interface ReadGraph {
  readonly directed: boolean;
  readonly nodes: readonly (readonly [id: string, data: Row])[];
  readonly edges: readonly (readonly [source: string, target: string, data: Row])[];
}

/** What NetworkX makes of a file. */
const readByNetworkx = (form: string, path: string): ReadGraph =>
  python<ReadGraph>(['networkx==3.3', 'pydot==3.0.4'], script, { form, path });

/** A value as text; what reads DOT leaves quotes and escapes as they stand in the file. */
function plain(value: unknown): string {
  const text = String(value);
  return /^".*"$/s.test(text) ? text.slice(1, -1).replace(/\\(["\\])/g, '$1') : text;
}

foreign(Object.keys(forms))(
  'NetworkX reads %s, and it is the very answer of `graph`',
  async (form) => {
    const picture = await asked('seeds: ["Trend:going-global"], depth: 2, limit: 80');
    const read = readByNetworkx(
      form,
      await file(form, 'seeds=Trend:going-global&depth=2&limit=80'),
    );
    expect(read.directed).toBe(true);
    expect(read.nodes.map(([id]) => plain(id)).sort()).toEqual(
      picture.nodes.map((node) => node.id as string).sort(),
    );
    const ends = (source: unknown, target: unknown) => `${plain(source)} ${plain(target)}`;
    expect(read.edges.map(([source, target]) => ends(source, target)).sort()).toEqual(
      picture.edges.map(({ source, target }) => ends(source, target)).sort(),
    );
    const nodes = new Map(read.nodes.map(([id, data]) => [plain(id), data]));
    for (const node of picture.nodes) {
      const data = nodes.get(node.id as string) as Row;
      expect(plain(data.label ?? data.name)).toBe(node.label);
      expect(plain(data.type)).toBe(node.type);
      expect(Number(plain(data.degree))).toBe(node.degree);
      if (node.labelZh) expect(plain(data.labelZh)).toBe(node.labelZh);
      if (form === 'graphml')
        expect([data.x, data.y, data.color]).toEqual([node.x, node.y, node.color]);
      if (form === 'gexf') {
        expect(data.viz.position).toMatchObject({ x: node.x, y: node.y });
        const { r, g, b } = data.viz.color as Record<string, number>;
        const hex = [r, g, b]
          .map((each) => (each as number).toString(16).padStart(2, '0'))
          .join('');
        expect(`#${hex}`).toBe(node.color);
        expect(data.viz.size).toBe(node.size);
      }
      if (form === 'dot') expect(plain(data.pos)).toBe(`${node.x},${node.y}`);
    }
    const labels = (edges: readonly unknown[]) => edges.map(plain).sort();
    expect(labels(read.edges.map(([, , data]) => data.label))).toEqual(
      labels(picture.edges.map(({ label }) => label)),
    );
  },
);

foreign(Object.keys(forms))(
  '%s holds names with quotes, signs and Chinese, and nothing that breaks it',
  async (form) => {
    const read = readByNetworkx(form, await file(form, 'seeds=Company:test-file-a'));
    const named = read.nodes.map(([, data]) => String(data.label ?? data.name));
    expect(named).toHaveLength(3);
    const whole = named.join('\n');
    expect(whole).toContain('月之暗面');
    expect(whole).toContain('😀');
    expect(whole).toContain(']]>');
    expect(whole).toMatch(/<b>\\?"Söhne\\?"<\/b>/);
    expect(read.edges).toHaveLength(2);
  },
);

test('lists are parted by commas or named again; facts may stay nodes', async () => {
  const nodes = async (query: string) => {
    const reply = await fetch(`${origin}/graph.json?${query}`);
    expect(reply.status).toBe(200);
    const { elements } = (await reply.json()) as { elements: { nodes: { data: Row }[] } };
    return elements.nodes.map(({ data }) => data);
  };
  const twice = await nodes('seeds=Company:openai&seeds=Company:alibaba&depth=0');
  expect(twice.map(({ key }) => key)).toEqual(['openai', 'alibaba']);
  expect(await nodes('seeds=Company:openai,Company:alibaba&depth=0')).toEqual(twice);
  const facts = await nodes('seeds=Company:heygen&fold=false');
  expect(facts.map(({ type }) => type)).toContain('OBSERVATION');
  const models = await nodes('seeds=Company:openai&types=MODEL&relations=DEVELOPS');
  expect(new Set(models.slice(1).map(({ type }) => type))).toEqual(new Set(['MODEL']));
});

test.each([
  ['', 'seeds: Say where to begin'],
  ['seeds=', 'seeds: Say where to begin'],
  ['seeds=?', '"?" is not an id'],
  ['seeds=Company:openai&depth=9', 'graph.depth: 9 where 4 is the most'],
  ['seeds=Company:openai&depth=two', 'depth: "two" is not a whole number'],
  ['seeds=Company:openai&limit=0', '"0" is less than 1'],
  ['seeds=Company:openai&fold=maybe', '"maybe" is neither'],
  ['seeds=Company:openai&types=COMPNY', 'COMPNY'],
  ['seeds=Company:openai&relations=nothing', 'nothing'],
  ['seeds=Company:openai&deph=2', 'Did you mean "depth"?'],
  ['seeds=Company:openai&depth=1&depth=2', 'depth: was given 2 times'],
  ['seeds=Company:openai&__proto__=1', 'There is no such parameter'],
])('a bad address is told in a sentence: ?%s', async (query, sentence) => {
  for (const form of Object.keys(forms)) {
    const reply = await fetch(`${origin}/graph.${form}?${query}`);
    expect(reply.status).toBe(400);
    const { errors } = (await reply.json()) as { errors: { message: string; extensions: Row }[] };
    expect(errors[0]?.message).toContain(sentence);
    expect(errors[0]?.extensions.code).toMatch(/BAD_USER_INPUT|LIMIT_EXCEEDED/);
  }
});
