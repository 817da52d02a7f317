import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { faultsOfStore } from './consistency';
import { copyStore, overwrite } from './damage';
import { neo4jAnswers, Stage, type Told } from './stage';
import { Victim } from './victim';
import { verdict, type Workload } from './workload';

/** How often it is killed and stopped; `YUNTU_KILLS` asks for more. */
const times = Number(process.env.YUNTU_KILLS ?? 1);

let home: string;
let victim: Victim;
let stage: Stage;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'yuntu-victim-'));
  victim = await Victim.open(home);
  stage = await Stage.open(victim);
}, 180_000);
afterAll(async () => {
  await stage.close();
  await victim.close();
  await rm(home, { recursive: true });
}, 60_000);

const kinds = ['read', 'write', 'change'] as const;

/** Ends the clients once they are well again. */
async function end(work: Workload): Promise<void> {
  await neo4jAnswers(victim);
  expect(await work.recovers()).toBe(true);
  await work.stop();
  expect(work.again).toBeGreaterThan(0);
}

test('Neo4j is killed while clients read, write and change: what was acknowledged is there, nothing is twice or half', async () => {
  for (let time = 0; time < times; time++) {
    const work = await stage.work(`kill${time}`);
    await wait(300 + 400 * Math.random());
    await victim.signal('SIGKILL');
    await wait(300);
    await victim.revive();
    await end(work);
    expect(await verdict(stage.graph, work)).toEqual([]);
    const { calls } = work;
    // Both sides of the kill were lived through: some calls of each kind were not well, and others later.
    for (const kind of kinds)
      expect(calls.some((call) => call.kind === kind && !call.ok)).toBe(true);
    for (const { ok, code } of calls)
      if (!ok) expect(['DATABASE_UNAVAILABLE', 'TIMEOUT']).toContain(code);
  }
}, 600_000);

test('Neo4j is stopped for longer than the deadline: callers are told in time, and it goes on where it was', async () => {
  for (let time = 0; time < times; time++) {
    const work = await stage.work(`stop${time}`);
    await wait(300);
    await victim.signal('SIGSTOP');
    await wait(5_500);
    await victim.signal('SIGCONT');
    await end(work);
    expect(await verdict(stage.graph, work)).toEqual([]);
    for (const kind of kinds)
      expect(work.calls.some((call) => call.kind === kind && call.code === 'TIMEOUT')).toBe(true);
  }
}, 600_000);

test('Neo4j is stopped below answers that are kept: whoever asks for one is told at the deadline, not when it goes on', async () => {
  const keeping = await Stage.open(victim, { cacheSize: 8, noticeWithin: 0, deadline: 1_000 });
  try {
    while ((await keeping.askAgain().catch(() => 'late')) !== 'hit') await wait(50);
    await victim.signal('SIGSTOP');
    const asked = Array.from({ length: 3 }, () =>
      keeping.askAgain().catch(({ code }: Told) => code),
    );
    // Who waits until the database cannot say that the answer is right, and then as long for another, waits for 3 s.
    const told = await Promise.race([Promise.all(asked), wait(2_750, 'nothing')]);
    expect(told).toEqual(Array(3).fill(expect.stringMatching(/^(DATABASE_UNAVAILABLE|TIMEOUT)$/)));
  } finally {
    await victim.signal('SIGCONT');
    await neo4jAnswers(victim);
    await keeping.close();
  }
}, 120_000);

test("the store passes Neo4j's own consistency check after all that; a copy of it that is damaged does not", async () => {
  await stage.graph.write((run) =>
    run("MERGE (:Trial {key: 'kept'})-[:TRIED]->(:Trial {key: 'kept/other'})"),
  );
  await victim.close();
  expect(await victim.check()).toEqual([]);
  const copy = await copyStore(home);
  try {
    await overwrite(copy, 'neostore.relationshipstore.db');
    expect(await faultsOfStore(copy)).toContainEqual(expect.stringMatching(/inconsistencies/i));
  } finally {
    await rm(copy, { recursive: true });
  }
  victim = await Victim.open(home);
}, 300_000);
