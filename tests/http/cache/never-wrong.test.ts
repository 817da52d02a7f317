import neo4j from 'neo4j-driver';
import { revisionTag } from '../../../src/http/cache/standing';
import { web, type Web } from '../../support/web';

/** The value that the writers change; every reader asks for it. */
const key = 'rubrik';
const query = `{ company(key: "${key}") { description } }`;
const change = 'MATCH (c:Company {key: $key}) SET c.description = $value';
const writes = 60;
const readers = 6;

const others = neo4j.driver(process.env.YUNTU_TEST_NEO4J_URI as string);
let before: unknown;

beforeAll(async () => {
  const { records } = await others.executeQuery(
    'MATCH (c:Company {key: $key}) RETURN c.description',
    {
      key,
    },
  );
  before = records[0]?.get(0);
});
afterAll(async () => {
  await others.executeQuery(change, { key, value: before });
  await others.close();
});

/** Another's write: acknowledged, it gives its bookmark. */
async function write(value: string): Promise<string> {
  const session = others.session();
  await session.executeWrite((transaction) => transaction.run(change, { key, value }));
  const [bookmark] = session.lastBookmarks();
  await session.close();
  return bookmark as string;
}

interface Seen {
  /** The last write that was acknowledged before the request was sent. */
  readonly floor: number;
  readonly value: number;
  readonly status: string;
  readonly revision: string | null;
}

/** Readers ask without rest while `work` writes; each tells what it saw, in its order. */
async function hammer(server: Web, acknowledged: () => number, work: () => Promise<void>) {
  const seen: Seen[][] = Array.from({ length: readers }, () => []);
  let over = false;
  const read = async (own: Seen[]) => {
    while (!over) {
      const floor = acknowledged();
      const { body } = await server.post({ query });
      const { status, revision } = body.extensions?.cache ?? { status: 'none', revision: null };
      own.push({ floor, value: Number(body.data?.company.description), status, revision });
    }
  };
  const reading = seen.map(read);
  await work();
  over = true;
  await Promise.all(reading);
  return seen;
}

/** Each answer against its revision: all of one revision are equal, and are what was written under it. */
function compare(seen: readonly Seen[], truth: ReadonlyMap<string, number>) {
  const known = new Map(truth);
  for (const { revision, value } of seen) {
    if (revision === null) continue;
    if (known.has(revision))
      expect({ revision, value }).toEqual({ revision, value: known.get(revision) });
    else known.set(revision, value);
  }
}

test('reads hammered while this server writes: no stale byte after a commit', async () => {
  const server = await web();
  let acknowledged = 0;
  const truth = new Map<string, number>();
  await server.graph.write((run) => run(change.replace(/\$/g, '$p.'), { key, value: '0' }));
  const seen = await hammer(
    server,
    () => acknowledged,
    async () => {
      for (let value = 1; value <= writes; value++) {
        await server.graph.write((run) =>
          run(change.replace(/\$/g, '$p.'), { key, value: String(value) }),
        );
        acknowledged = value;
        const { known } = server.graph.revision;
        if (known) truth.set(revisionTag(known), value);
        // So that some answers are kept, and given again.
        if (value % 3 === 0) await new Promise((resolve) => setTimeout(resolve, 15));
      }
    },
  );
  const all = seen.flat();
  for (const each of all) expect(each.value).toBeGreaterThanOrEqual(each.floor);
  compare(all, truth);
  expect(truth.size).toBeGreaterThan(writes / 2);
  expect(all.filter(({ status }) => status === 'hit').length).toBeGreaterThan(20);
  await server.close();
});

test('reads hammered while others write, the database asked before each answer: none is stale', async () => {
  const server = await web({ noticeWithin: 0 });
  let acknowledged = 0;
  const truth = new Map([[revisionTag(await write('0')), 0]]);
  const seen = await hammer(
    server,
    () => acknowledged,
    async () => {
      for (let value = 1; value <= writes; value++) {
        truth.set(revisionTag(await write(String(value))), value);
        acknowledged = value;
        if (value % 3 === 0) await new Promise((resolve) => setTimeout(resolve, 15));
      }
    },
  );
  const all = seen.flat();
  for (const each of all) expect(each.value).toBeGreaterThanOrEqual(each.floor);
  compare(all, truth);
  expect(all.filter(({ status }) => status === 'hit').length).toBeGreaterThan(20);
  await server.close();
});

test('what others write is seen in time, and never again unseen', async () => {
  const server = await web({ noticeWithin: 200 });
  await write('0');
  const truth = new Map<string, number>();
  const seen = await hammer(
    server,
    () => 0,
    async () => {
      for (let value = 1; value <= 8; value++) {
        truth.set(revisionTag(await write(String(value))), value);
        await new Promise((resolve) => setTimeout(resolve, 60));
      }
    },
  );
  for (const own of seen)
    for (const [index, { value }] of own.entries())
      expect(value).toBeGreaterThanOrEqual(own[index - 1]?.value ?? 0);
  compare(seen.flat(), truth);
  expect(seen.flat().filter(({ status }) => status === 'hit').length).toBeGreaterThan(20);
  // However long it takes here, it must come to be seen.
  let last = '';
  while (last !== '8')
    last = (await server.post({ query })).body.data?.company.description as string;
  await server.close();
});

test('a database that no longer answers gives no answers from the cache after that time', async () => {
  const server = await web({ noticeWithin: 0 });
  await server.graph.ping();
  await server.post({ query });
  expect((await server.post({ query })).body.extensions?.cache?.status).toBe('hit');
  await server.graph.close();
  const { body } = await server.post({ query });
  expect(body.errors?.length).toBe(1);
  await server.close();
});
