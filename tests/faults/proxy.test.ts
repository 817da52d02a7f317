import { Graph } from '../../src/graph/graph';
import { BoltProxy, tags, type Passing, type Tag } from './bolt-proxy';
import { verdict, Workload } from './workload';

const uri = process.env.YUNTU_TEST_NEO4J_URI as string;
let direct: Graph;
let proxy: BoltProxy;
let graph: Graph;

beforeAll(async () => {
  direct = new Graph({ uri });
  await direct.schema(
    'CREATE CONSTRAINT trial_key IF NOT EXISTS FOR (n:Trial) REQUIRE n.key IS UNIQUE',
  );
});
beforeEach(async () => {
  proxy = await BoltProxy.open(uri);
  graph = new Graph({ uri: proxy.uri });
});
afterEach(async () => {
  await graph.close();
  await proxy.close();
});
afterAll(async () => {
  await direct.write((run) => run('MATCH (n:Trial) DETACH DELETE n'));
  await direct.schema('DROP CONSTRAINT trial_key IF EXISTS');
  await direct.close();
});

const read = () => graph.read('MATCH (n:Company) RETURN count(n) AS n', {}, { deadline: 4_000 });

const nobody = { readers: 0, writers: 0 };

/** A workload without clients of its own: calls are made one by one. */
const calls = (name: string) => new Workload({ graph, name, read, ...nobody });

test('the proxy tells messages apart, and is no hindrance', async () => {
  const seen: Passing[] = [];
  proxy.verdict = (message) => {
    seen.push(message);
    return 'pass';
  };
  const work = calls('plain');
  expect((await work.once('write', 'plain-1')).ok).toBe(true);
  expect((await work.once('read', 'plain-2')).ok).toBe(true);
  const requests = seen.filter(({ from }) => from === 'client').map(({ tag }) => tag);
  for (const tag of ['HELLO', 'BEGIN', 'RUN', 'PULL', 'COMMIT'] satisfies Tag[])
    expect(requests).toContain(tag);
  expect(seen.some(({ from, tag }) => from === 'server' && tag === 'RECORD')).toBe(true);
  expect(await verdict(direct, work)).toEqual([]);
});

test('cut at every single message: what was acknowledged is there, the rest wholly or not at all', async () => {
  // How many messages one write and one read take.
  const rehearsal = calls('rehearsal');
  let total = 0;
  proxy.verdict = ({ count }) => ((total = count), 'pass');
  await rehearsal.once('write', 'rehearsal-1');
  await rehearsal.once('read', 'rehearsal-2');
  expect(total).toBeGreaterThan(15);
  let failed = 0;
  for (let at = 1; at <= total; at++) {
    const own = await BoltProxy.open(uri);
    const cut = new Graph({ uri: own.uri });
    own.verdict = ({ count }) => (count === at ? 'cut' : 'pass');
    const work = new Workload({
      graph: cut,
      name: `cut${at}`,
      read: () => cut.read('RETURN 1 AS n'),
      ...nobody,
    });
    const made = [
      await work.once('write', `cut${at}-1`),
      await work.once('read', `cut${at}-2`),
      // And the next calls find a way again.
      await work.once('write', `cut${at}-3`),
      await work.once('read', `cut${at}-4`),
    ];
    expect(await verdict(direct, work)).toEqual([]);
    failed += made.filter(({ ok }) => !ok).length;
    for (const { ok, code } of made)
      if (!ok) expect(['DATABASE_UNAVAILABLE', 'TIMEOUT']).toContain(code);
    expect(made.slice(2).every(({ ok }) => ok)).toBe(true);
    await cut.close();
    await own.close();
  }
  // A cut that nobody notices would prove nothing.
  expect(failed).toBeGreaterThan(0);
}, 300_000);

test('the answer to COMMIT is lost: the write is wholly there, whatever the caller is told', async () => {
  let lost = 0;
  proxy.verdict = ({ from, answers }) => {
    if (from !== 'server' || answers !== 'COMMIT' || lost >= 3) return 'pass';
    lost++;
    return 'cut';
  };
  const work = calls('commit');
  for (const id of ['commit-1', 'commit-2', 'commit-3']) await work.once('write', id);
  expect(lost).toBeGreaterThan(0);
  expect(await verdict(direct, work)).toEqual([]);
});

/** What a message may hold that cannot be read: its marker and signature, then bytes. */
const garbled = {
  'an unknown kind of value': (tag: number) => [0xb1, tag, 0xdf, 0xff],
  'a list longer than the message': (tag: number) => [0xb1, tag, 0xd6, 0xff],
  'a number in place of values': (tag: number) => [0xb1, tag, 0x00],
  'an unknown message': () => [0xb1, 0x99],
};

describe.each(['SUCCESS', 'RECORD'] satisfies Tag[])('a malformed %s', (tag) => {
  test.each(Object.entries(garbled))(
    'with %s is read once more, and the next calls are well',
    async (_, bytes) => {
      let broken = 0;
      const message = bytes(tags[tag]);
      proxy.verdict = ({ from, tag: passing, answers }) => {
        // Who signs in is another matter; and an end that says nothing is waited for.
        const end = tag === 'SUCCESS' && answers !== 'RUN';
        if (from !== 'server' || passing !== tag || end || broken) return 'pass';
        broken++;
        return Buffer.from([0, message.length, ...message, 0, 0]);
      };
      const { rows } = await graph.read('UNWIND range(1, 3) AS n RETURN n');
      expect({ rows, broken }).toEqual({ rows: [1, 2, 3], broken: 1 });
      broken = 0;
      const name = `garbled-${tag}-${message.join('-')}`;
      const work = calls(name);
      const first = await work.once('write', `${name}-1`);
      // The trial's writes answer without records.
      expect(first).toMatchObject(
        broken ? { ok: false, code: 'DATABASE_UNAVAILABLE' } : { ok: true },
      );
      expect(broken).toBe(tag === 'SUCCESS' ? 1 : 0);
      expect((await work.once('write', `${name}-2`)).ok).toBe(true);
      expect((await work.once('read', `${name}-3`)).ok).toBe(true);
      expect(await verdict(direct, work)).toEqual([]);
    },
  );
});

describe.each(['BEGIN', 'COMMIT'] satisfies Tag[])('a malformed answer to %s', (tag) => {
  test.each(Object.entries(garbled))(
    'with %s is told as such, and the write is there wholly or not at all',
    async (_, bytes) => {
      let broken = 0;
      const message = bytes(tags.SUCCESS);
      proxy.verdict = ({ from, answers }) => {
        if (from !== 'server' || answers !== tag || broken) return 'pass';
        broken++;
        return Buffer.from([0, message.length, ...message, 0, 0]);
      };
      const name = `garbled-${tag}-${message.join('-')}`;
      const work = calls(name);
      const first = await work.once('write', `${name}-1`);
      expect(broken).toBe(1);
      // An end that says nothing is waited for.
      expect(first).toMatchObject({
        ok: false,
        code: message.at(-1) === 0 ? 'TIMEOUT' : 'DATABASE_UNAVAILABLE',
      });
      expect((await work.once('write', `${name}-2`)).ok).toBe(true);
      expect((await work.once('read', `${name}-3`)).ok).toBe(true);
      expect(await verdict(direct, work)).toEqual([]);
    },
  );
});

test.each(['RUN', 'PULL', 'COMMIT', 'BEGIN'] satisfies Tag[])(
  'a database that never answers %s is given up at the deadline',
  async (tag) => {
    proxy.verdict = ({ from, answers }) => (from === 'server' && answers === tag ? 'hold' : 'pass');
    const hung = new Graph({ uri: proxy.uri });
    const work = new Workload({
      graph: hung,
      name: `hold-${tag}`,
      read: () => hung.read('RETURN 1', {}, { deadline: 500 }),
      ...nobody,
    });
    const begun = await Promise.all([
      work.once('read', `hold-${tag}-1`),
      hung
        .write((run) => run('CREATE (:Trial {key: $p.id})', { id: `hold-${tag}-x` }), {
          deadline: 500,
        })
        .then(
          () => ({ code: undefined, ok: true }),
          (error: { code: string }) => ({ code: error.code, ok: false }),
        ),
    ]);
    expect(begun.some(({ ok }) => !ok)).toBe(true);
    for (const { ok, code } of begun) if (!ok) expect(code).toBe('TIMEOUT');
    proxy.mend();
    proxy.cut();
    expect((await work.once('read', `hold-${tag}-2`)).ok).toBe(true);
    await hung.close();
  },
);

test('a slow database is waited for', async () => {
  proxy.delay = 40;
  const work = calls('slow');
  expect((await work.once('write', 'slow-1')).ok).toBe(true);
  expect((await work.once('read', 'slow-2')).ok).toBe(true);
  expect(await verdict(direct, work)).toEqual([]);
});
