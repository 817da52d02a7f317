import { setTimeout as wait } from 'node:timers/promises';
import neo4j from 'neo4j-driver';
import { Graph } from '../../src/graph/graph';
import { BoltProxy, tags } from './bolt-proxy';
import { Stage } from './stage';

const uri = process.env.YUNTU_TEST_NEO4J_URI as string;
let direct: Graph;
let proxy: BoltProxy;
let stage: Stage;

beforeAll(async () => {
  direct = new Graph({ uri });
  proxy = await BoltProxy.open(uri);
  stage = await Stage.open({ uri: proxy.uri }, { poolSize: 4 });
});
afterEach(() => {
  proxy.mend();
  stage.graph.breaker.close();
});
afterAll(async () => {
  await stage.close();
  await proxy.close();
  await direct.write((run) => run('MATCH (n:Trial) DETACH DELETE n'));
  await direct.schema('DROP CONSTRAINT trial_key IF EXISTS');
  await direct.close();
});

/** A message that says that a request failed. */
function failure(code: string): Buffer {
  const text = (value: string) => {
    const bytes = Buffer.from(value);
    return Buffer.concat([Buffer.from([0xd0, bytes.length]), bytes]);
  };
  // The newer protocols have other names for the same.
  const fields = {
    code,
    neo4j_code: code,
    message: 'As it was once said.',
    gql_status: '50N42',
    description: 'error',
  };
  const entries = Object.entries(fields).flat();
  const body = Buffer.concat([
    Buffer.from([0xb1, tags.FAILURE, 0xa0 + entries.length / 2]),
    ...entries.map(text),
  ]);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(body.length);
  return Buffer.concat([length, body, Buffer.alloc(2)]);
}

const ignored = Buffer.from([0x00, 0x02, 0xb0, tags.IGNORED, 0x00, 0x00]);

/** Lets every statement fail with a code; what is sent after it is ignored until the driver resets. */
function failing(code: string): BoltProxy['verdict'] {
  return ({ from, answers, tag }) => {
    if (from !== 'server') return 'pass';
    if (answers === 'RUN') return failure(code);
    if (answers !== 'PULL') return 'pass';
    return tag === 'RECORD' ? Buffer.alloc(0) : ignored;
  };
}

const codeOf = (work: Promise<unknown>): Promise<string | undefined> =>
  work.then(
    () => undefined,
    ({ code }: { code: string }) => code,
  );

/** What Neo4j 5.26 said while a disk was full, and the like; whether it means that the database is down. */
const said: readonly (readonly [string, string, boolean])[] = [
  ['Neo.DatabaseError.Transaction.TransactionLogError', 'DATABASE_UNAVAILABLE', true],
  ['Neo.DatabaseError.Transaction.TransactionStartFailed', 'DATABASE_UNAVAILABLE', true],
  ['Neo.TransientError.Database.DatabaseUnavailable', 'DATABASE_UNAVAILABLE', true],
  ['Neo.ClientError.Security.Unauthorized', 'DATABASE_UNAVAILABLE', true],
  ['Neo.ClientError.General.ForbiddenOnReadOnlyDatabase', 'DATABASE_UNAVAILABLE', false],
  ['Neo.ClientError.General.WriteOnReadOnlyAccessDatabase', 'DATABASE_UNAVAILABLE', false],
  ['Neo.ClientError.Transaction.TransactionTimedOut', 'TIMEOUT', true],
  ['Neo.TransientError.General.TransactionOutOfMemoryError', 'LIMIT_EXCEEDED', false],
  ['Neo.ClientError.General.TransactionOutOfMemoryError', 'LIMIT_EXCEEDED', false],
  ['Neo.TransientError.General.StackOverFlowError', 'LIMIT_EXCEEDED', false],
  ['Neo.TransientError.General.MemoryPoolOutOfMemoryError', 'OVERLOADED', false],
  ['Neo.TransientError.General.OutOfMemoryError', 'OVERLOADED', false],
  ['Neo.ClientError.Statement.SyntaxError', 'INTERNAL', false],
];

test.each(said)(
  'where Neo4j says %s, callers are told %s',
  async (code, told, down) => {
    const graph = new Graph({ uri: proxy.uri });
    proxy.verdict = failing(code);
    expect(await codeOf(stage.ask())).toBe(told);
    // Writes and reads go through one breaker: what one may not do does not keep the other from asking.
    const calls = Array.from({ length: 30 }, () =>
      codeOf(graph.write((run) => run('RETURN 1'), { deadline: 2_000 })),
    );
    await Promise.all(calls);
    // Of those whose time was over it is asked first whether the database is there.
    for (let at = 0; down && at < 50 && graph.breaker.state !== 'open'; at++) await wait(100);
    expect(graph.breaker.state).toBe(down ? 'open' : 'closed');
    await graph.close();
  },
  20_000,
);

test('what takes too much of the memory of the database is not asked again', async () => {
  let tried = 0;
  const fail = failing('Neo.TransientError.General.MemoryPoolOutOfMemoryError');
  proxy.verdict = (message) => {
    if (message.from === 'client' && message.tag === 'RUN') tried++;
    return fail(message);
  };
  expect(await codeOf(stage.graph.read('RETURN 1'))).toBe('OVERLOADED');
  expect(tried).toBe(1);
});

test('questions that take too long do not close the way to a database that answers', async () => {
  const graph = new Graph({ uri });
  const slow = Array.from({ length: 20 }, () =>
    codeOf(graph.read('UNWIND range(1, 1000000000) AS i RETURN count(i)', {}, { deadline: 300 })),
  );
  expect(new Set(await Promise.all(slow))).toEqual(new Set(['TIMEOUT']));
  // The breaker hears of them a moment after their callers.
  await wait(1_500);
  expect(graph.breaker.state).toBe('closed');
  expect((await graph.read('RETURN 1')).rows).toEqual([1]);
  await graph.close();
});

test('questions that a database does not answer close the way to it', async () => {
  const graph = new Graph({ uri: proxy.uri });
  proxy.verdict = () => 'hold';
  const held = Array.from({ length: 20 }, () =>
    codeOf(graph.read('RETURN 1', {}, { deadline: 300 })),
  );
  expect(new Set(await Promise.all(held))).toEqual(new Set(['TIMEOUT']));
  for (let at = 0; at < 50 && graph.breaker.state !== 'open'; at++) await wait(100);
  expect(graph.breaker.state).toBe('open');
  await graph.close();
});

test('a password that is wrong is not tried again and again', async () => {
  let tried = 0;
  const fail = failing('Neo.ClientError.Security.Unauthorized');
  proxy.verdict = (message) => {
    if (message.from === 'client' && message.tag === 'RUN') tried++;
    return fail(message);
  };
  expect(await codeOf(stage.graph.read('RETURN 1'))).toBe('DATABASE_UNAVAILABLE');
  expect(tried).toBe(1);
});

test('all connections in use: callers are told that there are too many, and are answered when there is room', async () => {
  const id = 'failures-lock';
  const driver = neo4j.driver(uri);
  const holder = driver.session({ database: 'neo4j' }).beginTransaction();
  await holder.run('MERGE (n:Trial {key: $id}) SET n.held = true', { id });
  const waiting = Array.from({ length: 4 }, () =>
    stage.graph.write((run) => run('MERGE (n:Trial {key: $p.id}) SET n.held = false', { id })),
  );
  await wait(200);
  expect(await codeOf(stage.ask())).toBe('OVERLOADED');
  expect(stage.graph.breaker.state).toBe('closed');
  await holder.rollback();
  await Promise.all(waiting);
  await stage.ask();
  await driver.close();
});

test('connections whose other end is gone without a word are not waited for: others are made', async () => {
  const graph = new Graph({ uri: proxy.uri }, { poolSize: 4, deadline: 1_500 });
  const four = () =>
    Promise.all(
      [1, 2, 3, 4].map((n) =>
        codeOf(graph.read('UNWIND range(1, $p.n * 1000) AS i RETURN count(i)', { n })),
      ),
    );
  proxy.delay = 50;
  await four();
  proxy.delay = 0;
  proxy.verdict = () => 'hold';
  expect(await four()).toEqual(Array(4).fill('TIMEOUT'));
  // What was held stays held; who comes now is let pass.
  proxy.mend();
  await wait(1_500);
  expect((await graph.read('RETURN 2')).rows).toEqual([2]);
  await graph.close();
});

test('a constraint that is missing is told at /readyz, and made again; one that cannot be made is told with the reason', async () => {
  expect(await stage.readiness()).toMatchObject({ ready: true });
  await direct.schema('DROP CONSTRAINT product_key');
  const lacking = async () => {
    for (let at = 0; at < 100; at++) {
      const state = await stage.readiness();
      if (!state.ready) return state;
      await wait(50);
    }
    return undefined;
  };
  expect(await lacking()).toMatchObject({ ready: false, missing: ['product_key'] });
  expect(await stage.readyWithin()).toBeLessThan(20_000);
  // Now two bear one key, which nobody may mend but their owner.
  await direct.schema('DROP CONSTRAINT product_key');
  await direct.write((run) => run("CREATE (:Product {key: 'twice'}), (:Product {key: 'twice'})"));
  let lack: string | undefined;
  for (let at = 0; at < 100 && !lack; at++, await wait(100))
    ({ lack } = (await lacking()) as { lack?: string });
  expect(lack).toMatch(/"product_key" cannot be made/);
  await direct.write((run) => run("MATCH (n:Product {key: 'twice'}) DELETE n"));
  expect(await stage.readyWithin()).toBeLessThan(20_000);
});
