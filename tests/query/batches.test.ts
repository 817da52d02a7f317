import { parse, validate } from 'graphql';
import { Fault } from '../../src/errors';
import { Graph } from '../../src/graph/graph';
import { Engine } from '../../src/query/engine';
import { execute } from '../../src/query/execute';
import { stringify } from '../../src/query/json';
import { newRequest } from '../../src/query/request';
import { client } from '../support/client';
import { generateDocument } from '../support/generated-document';

const { graph, engine: alone, parts, ask, close } = client();
afterAll(close);

/** Whatever meets shares a statement, from the first time on and however long it takes. */
const always = { after: 0, quick: Infinity, most: 16, deadline: 4_000 };
const together = new Engine(graph, parts, { batches: always });

type Variables = Readonly<Record<string, unknown>>;

/** Asks for all of them at the same time; each is a text that the server has parsed before. */
async function askAll(query: string, all: readonly Variables[], engine: Engine) {
  const document = parse(query);
  const before = engine.graph.statements;
  const answers = await Promise.all(
    all.map(async (variables, at) => {
      // Callers of other classes share no execution, even if they ask the same.
      const request = newRequest({ caller: String(at) });
      const context = { engine, request };
      return stringify(
        await execute(engine, parts.schema, document, undefined, variables, context),
      );
    }),
  );
  return { answers, statements: engine.graph.statements - before };
}

async function keysOf(first: number): Promise<string[]> {
  const { data } = await ask(`{ companies(first: ${first}) { nodes { key } } }`);
  return data.companies.nodes.map(({ key }: { key: string }) => key);
}

const one = `query ($key: ID!) { company(key: $key) { key name models(first: 2, orderBy: [{ name: DESC }]) { totalCount nodes { name } } } }`;

test('companies that are asked for at the same time, one by each caller, come with few statements', async () => {
  const keys = [...(await keysOf(39)), 'nobody'].map((key) => ({ key }));
  const { answers, statements } = await askAll(one, keys, together);
  // Sixteen at the most with one; whether the missing one was merged away is asked apart.
  expect(statements).toBe(Math.ceil(40 / 16) + 1);
  for (const [at, { key }] of keys.entries()) {
    const { statements: _, ...plain } = await ask(one, { key });
    expect(JSON.parse(answers[at] as string)).toEqual(plain);
  }
});

test('only a plan that is asked often and quickly is asked for many at once', async () => {
  const keys = (await keysOf(4)).map((key) => ({ key }));
  const rarely = new Engine(graph, parts, { batches: { ...always, after: 1_000 } });
  const slowly = new Engine(graph, parts, { batches: { ...always, after: 1, quick: 0 } });
  for (const engine of [rarely, slowly])
    for (let round = 0; round < 2; round++)
      expect((await askAll(one, keys, engine)).statements).toBe(4);
});

test('pages of different lengths are not asked for at once, those of one length are', async () => {
  const list = `query ($n: Int, $name: String) { companies(first: $n, where: { name: { startsWith: $name } }) { nodes { name } } }`;
  const names = ['a', 'b', 'm', 'z'];
  const asked = [2, 3].flatMap((n) => names.map((name) => ({ n, name })));
  const { answers, statements } = await askAll(list, asked, together);
  expect(statements).toBe(2);
  expect(answers).toEqual((await askAll(list, asked, alone)).answers);
});

test('documents made by chance are answered the same at once as alone', async () => {
  const roots = [...parts.roots.keys()];
  let shared = 0;
  for (let seed = 1, tried = 0; tried < 60; seed++) {
    const { query, variables, others } = generateDocument(parts.schema, seed, roots);
    if (validate(parts.schema, parse(query)).length) continue;
    tried++;
    const all = [variables, others, variables];
    const apart = await askAll(query, all, alone);
    const at = await askAll(query, all, together);
    shared += apart.statements - at.statements;
    expect({ seed, answers: at.answers.map(told) }).toEqual({
      seed,
      answers: apart.answers.map(told),
    });
  }
  expect(shared).toBeGreaterThan(30);
}, 120_000);

/** Errors in one order, for root fields may fail in any. */
function told(answer: string): unknown {
  const { errors, ...rest } = JSON.parse(answer) as { errors?: unknown[] };
  return { ...rest, errors: errors?.map((error) => JSON.stringify(error)).sort() };
}

/** The same Neo4j; a statement for many fails there. */
class Failing extends Graph {
  failed = 0;
  fault = new Fault('TIMEOUT', 'It took too long.');

  override async read(...[text, ...rest]: Parameters<Graph['read']>) {
    if (!text.includes('UNWIND $p.all')) return super.read(text, ...rest);
    this.failed++;
    throw this.fault;
  }
}

describe('where a statement for many fails', () => {
  const failing = new Failing({ uri: process.env.YUNTU_TEST_NEO4J_URI as string });
  afterAll(() => failing.close());

  test('each is asked alone, and so is whoever asks later', async () => {
    const engine = new Engine(failing, parts, { batches: always });
    const keys = (await keysOf(5)).map((key) => ({ key }));
    const { answers } = await askAll(one, keys, engine);
    expect(answers).toEqual((await askAll(one, keys, alone)).answers);
    expect(failing.failed).toBe(1);
  });

  test('a database that is not there is not asked for each', async () => {
    failing.fault = new Fault('DATABASE_UNAVAILABLE', 'It is not there.');
    const engine = new Engine(failing, parts, { batches: always });
    const keys = (await keysOf(5)).map((key) => ({ key }));
    const { answers, statements } = await askAll(one, keys, engine);
    expect(statements).toBe(0);
    for (const answer of answers)
      expect(JSON.parse(answer)).toMatchObject({
        errors: [{ extensions: { code: 'DATABASE_UNAVAILABLE' } }],
      });
  });
});
