import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Graph } from '../../src/graph/graph';
import { Victim } from './victim';
import { verdict, Workload } from './workload';

/** How often it is killed and stopped; `YUNTU_KILLS` asks for more. */
const times = Number(process.env.YUNTU_KILLS ?? 1);

let home: string;
let victim: Victim;
let graph: Graph;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'yuntu-victim-'));
  victim = await Victim.open(home);
  graph = new Graph(victim);
  await graph.schema(
    'CREATE CONSTRAINT trial_key IF NOT EXISTS FOR (n:Trial) REQUIRE n.key IS UNIQUE',
  );
}, 180_000);
afterAll(async () => {
  await graph.close();
  await victim.close();
  await rm(home, { recursive: true });
}, 60_000);

const read = () => graph.read('MATCH (n:Trial) RETURN count(n) AS n');

/** Resolves when reads succeed again. */
async function answers(): Promise<void> {
  for (let at = 0; at < 600; at++) {
    if (
      await graph.ping().then(
        () => true,
        () => false,
      )
    )
      return;
    await wait(50);
  }
  throw new Error('The database did not come back.');
}

test('Neo4j is killed while clients read and write: what was acknowledged is there, nothing is twice or half', async () => {
  for (let time = 0; time < times; time++) {
    const work = new Workload(graph, `kill${time}`, read);
    await wait(300 + 400 * Math.random());
    await victim.signal('SIGKILL');
    await wait(300);
    await victim.revive();
    await answers();
    await wait(300);
    await work.stop();
    expect(await verdict(graph, work)).toEqual([]);
    const { calls } = work;
    // Both sides of the kill were lived through: some calls were not well, and the last ones were again.
    expect(calls.some(({ ok }) => !ok)).toBe(true);
    expect(calls.slice(-3).every(({ ok }) => ok)).toBe(true);
    for (const { ok, code } of calls)
      if (!ok) expect(['DATABASE_UNAVAILABLE', 'TIMEOUT']).toContain(code);
  }
}, 600_000);

test('Neo4j is stopped for longer than the deadline: callers are told in time, and it goes on where it was', async () => {
  for (let time = 0; time < times; time++) {
    const work = new Workload(graph, `stop${time}`, read);
    await wait(300);
    await victim.signal('SIGSTOP');
    await wait(5_500);
    await victim.signal('SIGCONT');
    await answers();
    await wait(300);
    await work.stop();
    expect(await verdict(graph, work)).toEqual([]);
    expect(work.calls.some(({ code }) => code === 'TIMEOUT')).toBe(true);
    expect(work.calls.slice(-3).every(({ ok }) => ok)).toBe(true);
  }
}, 600_000);

test("the store passes Neo4j's own consistency check after all that", async () => {
  await victim.close();
  const said = await victim.check();
  expect(said).not.toMatch(/inconsisten(t|cy)|ERROR/i);
  victim = await Victim.open(home);
}, 300_000);
