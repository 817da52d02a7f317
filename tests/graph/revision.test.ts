import fc from 'fast-check';
import neo4j from 'neo4j-driver';
import { Graph } from '../../src/graph/graph';
import { Revision, type Beginning } from '../../src/graph/revision';

const uri = process.env.YUNTU_TEST_NEO4J_URI as string;

/** What happens, in this order: others commit; reads and own writes begin, reach the database, and come back. */
const event = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({ what: fc.constant('other' as const), which: fc.constant(0) }),
  },
  {
    weight: 12,
    arbitrary: fc.record({
      what: fc.constantFrom('read' as const, 'write' as const, 'reach' as const, 'end' as const),
      which: fc.nat(3),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ what: fc.constant('lost' as const), which: fc.constant(0) }),
  },
);

interface Call {
  readonly kind: 'read' | 'write';
  readonly begun: Beginning;
  revision?: number;
}

test('in whatever order answers come, what is known never goes back and never lags an own write', () => {
  let conclusions = 0;
  fc.assert(
    fc.property(fc.array(event, { minLength: 20, maxLength: 120, size: 'max' }), (events) => {
      const revision = new Revision(() => Promise.resolve(), 1_000);
      const calls: (Call | undefined)[] = [];
      let now = 1;
      let acknowledged = 0;
      let newest = 0;
      for (const { what, which } of events) {
        const call = calls[which];
        if (what === 'other') now++;
        else if (what === 'lost') revision.lost();
        else if (what === 'read' || what === 'write')
          calls[which] ??= { kind: what, begun: revision.begin() };
        else if (call && what === 'reach') call.revision ??= call.kind === 'write' ? ++now : now;
        else if (call?.revision) {
          calls[which] = undefined;
          if (call.kind === 'write') {
            const { epoch } = revision;
            revision.wrote(`r${call.revision}`, call.begun);
            acknowledged = Math.max(acknowledged, call.revision);
            expect(revision.epoch).toBeGreaterThan(epoch);
          } else revision.saw(`r${call.revision}`, call.begun);
        }
        if (!revision.known) continue;
        conclusions++;
        const known = Number(revision.known.slice(1));
        expect(known).toBeGreaterThanOrEqual(acknowledged);
        expect(known).toBeGreaterThanOrEqual(newest);
        newest = known;
      }
    }),
    { numRuns: 2_000 },
  );
  expect(conclusions).toBeGreaterThan(2_000);
});

test('never more than one question is out, and one that was asked before is not taken for an answer to 0 ms', async () => {
  let out = 0;
  let most = 0;
  let asked = 0;
  const answers: (() => void)[] = [];
  const revision: Revision = new Revision(async () => {
    asked++;
    most = Math.max(most, ++out);
    const begun = revision.begin();
    await new Promise<void>((resolve) => answers.push(resolve));
    out--;
    revision.saw(`r${asked}`, begun);
  }, 0);
  const answer = async () => {
    answers.shift()?.();
    await new Promise(setImmediate);
  };
  const first = revision.current();
  await new Promise(setImmediate);
  const later = [revision.current(), revision.current(), revision.current()];
  await answer();
  expect(await first).toBe('r1');
  expect(asked).toBe(2);
  await answer();
  expect(await Promise.all(later)).toEqual(['r2', 'r2', 'r2']);
  expect({ asked, most }).toEqual({ asked: 2, most: 1 });
});

test('a database that does not answer, or tells no bookmark, leaves the revision unknown', async () => {
  const broken = new Revision(() => Promise.reject(new Error('gone')), 1_000);
  expect(await broken.current()).toBeUndefined();
  const dumb: Revision = new Revision(async () => dumb.saw('', dumb.begin()), 1_000);
  expect(await dumb.current()).toBeUndefined();
});

describe('over the real database', () => {
  const graph = new Graph({ uri });
  const other = neo4j.driver(uri);
  const clear = 'MATCH (n:RevisionTest) DETACH DELETE n';
  afterAll(async () => {
    await graph.write((run) => run(clear));
    await graph.close();
    await other.close();
  });

  test('reads leave it, writes change it: own ones at once, those of others with the next read', async () => {
    await graph.read('RETURN 1');
    const before = graph.revision.known;
    await graph.read('RETURN 2');
    expect(graph.revision.known).toBe(before);
    await graph.write((run) => run('CREATE (:RevisionTest)'));
    const own = graph.revision.known;
    expect(own).not.toBe(before);
    await other.executeQuery('CREATE (:RevisionTest)');
    expect(graph.revision.known).toBe(own);
    await graph.read('RETURN 3');
    const theirs = graph.revision.known;
    expect([before, own]).not.toContain(theirs);
    await graph.schema('CREATE INDEX revision_test IF NOT EXISTS FOR (n:RevisionTest) ON (n.v)');
    expect(graph.revision.known).not.toBe(theirs);
    await graph.schema('DROP INDEX revision_test IF EXISTS');
  });

  test('a statement that begins and ends with one revision has read that one, while a large commit is being applied', async () => {
    const width = 50_000;
    // Apart, so that they are far apart in the store too, and applied first and last.
    for (const text of [
      clear,
      'CREATE (:RevisionTest:RevisionFirst {v: 0})',
      'UNWIND range(1, $p.width) AS i CREATE (:RevisionTest {v: 0})',
      'CREATE (:RevisionTest:RevisionLast {v: 0})',
    ])
      await graph.write((run) => run(text, { width }));
    const seen: { readonly revision: string; readonly values: unknown }[] = [];
    const truth = new Map<string, number>();
    let writing = true;
    const read = async () => {
      while (writing) {
        const before = graph.revision.known;
        const { rows, revision } = await graph.read(
          'MATCH (a:RevisionFirst), (b:RevisionLast) RETURN [a.v, b.v]',
        );
        if (before === revision) seen.push({ revision, values: rows[0] });
      }
    };
    const readers = [read(), read(), read(), read()];
    for (let v = 1; v <= 16; v++) {
      const { summary, bookmarks } = await commit(v);
      expect(summary).toBe(width + 2);
      truth.set(bookmarks, v);
    }
    writing = false;
    await Promise.all(readers);
    const checked = seen.filter(({ revision }) => truth.has(revision));
    expect(checked.length).toBeGreaterThan(20);
    for (const { revision, values } of checked)
      expect(values).toEqual([truth.get(revision), truth.get(revision)]);
  });

  async function commit(v: number) {
    const session = other.session();
    const { records } = await session.executeWrite((transaction) =>
      transaction.run('MATCH (n:RevisionTest) SET n.v = $v RETURN count(*) AS all', {
        v: neo4j.int(v),
      }),
    );
    const bookmarks = session.lastBookmarks()[0] as string;
    await session.close();
    return { summary: Number(records[0]?.get('all')), bookmarks };
  }
});
