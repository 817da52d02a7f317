import { setTimeout as pause } from 'node:timers/promises';
import { parse } from 'graphql';
import { Fault } from '../../src/errors';
import { Graph } from '../../src/graph/graph';
import { Engine } from '../../src/query/engine';
import { newRequest } from '../../src/query/request';
import { execute } from '../../src/query/execute';
import { stringify } from '../../src/query/json';
import { client } from '../support/client';

const { graph, engine, parts, close } = client();
afterAll(close);

interface Options {
  readonly variables?: Record<string, unknown>;
  readonly signal?: AbortSignal;
  readonly caller?: string;
}

/** Asks as the web server does, each time from a text parsed anew. */
async function ask(
  query: string,
  { variables, ...options }: Options = {},
  of = engine,
): Promise<string> {
  const context = { engine: of, request: newRequest(options) };
  const document = parse(query);
  return stringify(await execute(of, parts.schema, document, undefined, variables, context));
}

async function counted<T>(work: () => Promise<T>): Promise<[T, number]> {
  const before = graph.statements;
  return [await work(), graph.statements - before];
}

const plain = 'query ($n: Int) { companies(first: $n) { totalCount nodes { key name } } }';

/** Takes the database long: neighbours of neighbours in one place, several times over. */
function slow(name: string): string {
  const deeper = (depth: number): string =>
    depth ? `{ key place { companies(first: 100) { nodes ${deeper(depth - 1)} } } }` : '{ key }';
  return `query ${name} { slow_${name}: companies(first: 100) { nodes ${deeper(5)} } }`;
}

/** How many statements that hold `text` are running in the database. */
async function running(text: string): Promise<number> {
  const { rows } = await graph.read(
    'SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery CONTAINS $p.text AND NOT currentQuery CONTAINS "SHOW" RETURN count(*) AS n',
    { text },
  );
  return rows[0] as number;
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 80; tries++) {
    if (await holds()) return;
    await pause(25);
  }
  throw new Error('It did not come to pass.');
}

test('ten who ask the same at once are answered by one statement', async () => {
  const [answers, statements] = await counted(() =>
    Promise.all(Array.from({ length: 10 }, () => ask(plain, { variables: { n: 3 } }))),
  );
  expect(statements).toBe(1);
  expect(new Set(answers).size).toBe(1);
  expect(JSON.parse(answers[0] as string)).toMatchObject({
    data: { companies: { totalCount: 42 } },
  });
});

test('who asks after the answer is out is answered anew', async () => {
  const [, statements] = await counted(async () => {
    await ask(plain);
    await ask(plain);
  });
  expect(statements).toBe(2);
});

test('other variables, another class of callers or another operation share nothing', async () => {
  const two = 'query A { companies { totalCount } } query B { companies { totalCount } }';
  const operation = (name: string) =>
    execute(engine, parts.schema, parse(two), name, {}, { engine, request: newRequest() });
  const [, statements] = await counted(() =>
    Promise.all([
      ask(plain, { variables: { n: 1 } }),
      ask(plain, { variables: { n: 2 } }),
      ask(plain, { variables: { n: 1 }, caller: 'curators' }),
      operation('A'),
      operation('B'),
    ]),
  );
  expect(statements).toBe(5);
});

test('who asks after a write sees it, though the same is still being read from before it', async () => {
  const query = '{ place(key: "flights-test") { name } }';
  const write = (text: string) => graph.write((run) => run(text));
  let release = () => {};
  const later = new Promise<void>((resolve) => (release = resolve));
  let told = () => {};
  const wasRead = new Promise<void>((resolve) => (told = resolve));
  // The database's answers, held back until later.
  const held = Object.assign(Object.create(graph) as Graph, {
    read: async (...args: Parameters<Graph['read']>) => {
      const answer = await graph.read(...args);
      told();
      await later;
      return answer;
    },
  });
  const over = new Engine(held, parts);
  try {
    const before = ask(query, {}, over);
    await wasRead;
    await write('CREATE (:Place:Entity:Node {key: "flights-test", name: "Here"})');
    const after = ask(query, {}, over);
    release();
    expect(JSON.parse(await before)).toEqual({ data: { place: null } });
    expect(JSON.parse(await after)).toEqual({ data: { place: { name: 'Here' } } });
  } finally {
    await write('MATCH (p:Place {key: "flights-test"}) DETACH DELETE p');
  }
});

test('who wants to see at once what others commit waits for no reading that began before', async () => {
  const strict = new Graph(
    { uri: process.env.YUNTU_TEST_NEO4J_URI as string },
    { noticeWithin: 0 },
  );
  const own = new Engine(strict, parts);
  const [first, second] = await Promise.all([ask(plain, {}, own), ask(plain, {}, own)]);
  expect(second).toBe(first);
  expect(strict.statements).toBe(2);
  await strict.close();
});

test('one who goes away leaves the execution to the others', async () => {
  const query =
    '{ companies(first: 100) { nodes { key place { companies(first: 50) { nodes { key } } } } } }';
  const gone = new AbortController();
  const [[left, stayed], statements] = await counted(() => {
    const both = Promise.all([
      ask(query, { signal: gone.signal }),
      ask(query, { signal: new AbortController().signal }),
    ]);
    gone.abort(new Fault('TIMEOUT', 'The caller went away.'));
    return both;
  });
  expect(statements).toBe(1);
  expect(JSON.parse(left)).toMatchObject({
    data: null,
    errors: [{ extensions: { code: 'TIMEOUT' } }],
  });
  expect(JSON.parse(stayed)).toMatchObject({ data: { companies: { nodes: expect.any(Array) } } });
});

test('when all have gone the statement is ended in the database', async () => {
  const query = slow('left');
  const callers = [new AbortController(), new AbortController()];
  const answers = callers.map(({ signal }) => ask(query, { signal }));
  const text = 'MATCH';
  await until(async () => (await running(text)) > 0);
  callers[0]?.abort(new Fault('TIMEOUT', 'The first went away.'));
  await answers[0];
  expect(await running(text)).toBe(1);
  callers[1]?.abort(new Fault('TIMEOUT', 'The second went away.'));
  expect(JSON.parse((await answers[1]) as string)).toMatchObject({
    data: null,
    errors: [{ message: 'The second went away.', path: ['slow_left'] }],
  });
  await until(async () => (await running(text)) === 0);
});
