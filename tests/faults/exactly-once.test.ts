import { Graph } from '../../src/graph/graph';
import { restoreReport } from '../support/restored-report';
import { BoltProxy } from './bolt-proxy';
import type { Intent } from './curators';
import { Stage } from './stage';
import { verdict, type Workload } from './workload';

/** Curators who ask again where answers were lost, and whether the check of the trail tells when that does harm. */
const uri = process.env.YUNTU_TEST_NEO4J_URI as string;
const direct = new Graph({ uri });
let proxy: BoltProxy;
let stage: Stage;
beforeAll(async () => {
  proxy = await BoltProxy.open(uri);
  stage = await Stage.open({ uri: proxy.uri });
});
afterEach(() => {
  proxy.mend();
  stage.graph.breaker.close();
});
afterAll(async () => {
  await stage.close();
  await proxy.close();
  await direct.schema('DROP CONSTRAINT trial_key IF EXISTS');
  await direct.close();
  await restoreReport();
});

/** Where calls are made one by one. */
const calm = (name: string) => stage.work(name, { readers: 0, writers: 0 });

/** Sends a change of which the answer is lost, whichever way and however often the driver asks for it. */
async function sendInVain(work: Workload, intent: Intent): Promise<void> {
  proxy.verdict = ({ from, answers }) =>
    from === 'server' && answers === 'COMMIT' ? 'cut' : 'pass';
  expect(await work.change(intent)).toMatchObject({
    ok: false,
    code: expect.stringMatching(/^(DATABASE_UNAVAILABLE|TIMEOUT)$/) as string,
  });
  proxy.mend();
  stage.graph.breaker.close();
}

const run = (text: string, p: object) => direct.write((send) => send(text, p));

test('sent again under the same id, a change whose answer was lost is done once, and is told as it was done', async () => {
  const work = await calm('same-id');
  const intent = work.intend('1', 'tally', 1);
  await sendInVain(work, intent);
  // It is done, whatever its curator was told.
  expect(await verdict(direct, work)).toEqual([]);
  expect(
    await direct.read('MATCH (o:Operation {id: $p.id}) RETURN o.by', { id: 'same-id-1' }),
  ).toMatchObject({ rows: ['mei'] });
  expect(await work.change(intent)).toMatchObject({ ok: true });
  expect(intent.outcomes).toEqual(['CREATED', 'CREATED']);
  expect(work.again).toBe(1);
  const next = work.intend('2', 'tally', 2);
  expect(await work.change(next)).toMatchObject({ ok: true });
  expect(next.outcomes).toEqual(['CREATED', 'CHANGED']);
  // The first one comes in once more, late: it is answered, and does not undo the second.
  expect(await work.change(intent)).toMatchObject({ ok: true });
  expect(await verdict(direct, work)).toEqual([]);
});

test('sent again under another id, it is done twice, and the check says so', async () => {
  const work = await calm('other-id');
  const intent = work.intend('1', 'tally', 1);
  await sendInVain(work, intent);
  expect(await work.change(intent, 'other-id-anew')).toMatchObject({ ok: true });
  expect(await verdict(direct, work)).toContain('other-id-1 was done 2 times');
});

test('where the server forgets what an operation came to, it does it again, and the check says so', async () => {
  const work = await calm('forgotten');
  const intent = work.intend('1', 'tally', 1);
  await sendInVain(work, intent);
  await run('MATCH (o:Operation {id: $p.id}) REMOVE o.answer', { id: 'forgotten-1' });
  expect(await work.change(intent)).toMatchObject({ ok: true });
  expect(await verdict(direct, work)).toEqual([
    'forgotten-1 was done again: it is now UNCHANGED,UNCHANGED',
  ]);
});

const harm: readonly (readonly [what: string, statement: string, told: string])[] = [
  [
    'a change is gone',
    "MATCH (n:Company {key: $p.name + '-2'}), (o:Operation {id: $p.name + '-2'}) DETACH DELETE n, o",
    '-2 was acknowledged and is not in the trail',
  ],
  [
    'half of a change is gone',
    "MATCH (n:Company {key: $p.name + '-1'}) DETACH DELETE n",
    '-1 is there, but not wholly',
  ],
  [
    'a change was done again after a later one',
    "MATCH (n:Company {key: $p.name + '-tally'}) SET n.city = '1'",
    '-tally is 1, and was last made 2',
  ],
  [
    'half of a write is gone',
    "MATCH (n:Trial {key: $p.name + '-3/other'}) DETACH DELETE n",
    '-3 is there, but not wholly',
  ],
  [
    'a write is gone',
    "MATCH (n:Trial {key: $p.name + '-3'}) DETACH DELETE n",
    '-3 was acknowledged and is not there',
  ],
];

test.each(harm.map((each, at) => [...each, `harm-${at}`] as const))(
  'the check tells where %s',
  async (_, statement, told, name) => {
    const work = await calm(name);
    for (const at of [1, 2])
      expect(await work.change(work.intend(`${at}`, 'tally', at))).toMatchObject({ ok: true });
    expect(await work.once('write', `${name}-3`)).toMatchObject({ ok: true });
    expect(await verdict(direct, work)).toEqual([]);
    await run(statement, { name });
    expect(await verdict(direct, work)).toContain(`${name}${told}`);
  },
);
