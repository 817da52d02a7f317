import 'reflect-metadata';
import { setTimeout as wait } from 'node:timers/promises';
import { befall, type Outcome } from './outcome';
import { ShiftedClock } from './shifted-clock';
import { Stage } from './stage';

export interface ClockOutcome extends Outcome {
  /** Milliseconds by which the time of day was off at the most, as this process saw it. */
  readonly off: number;
  /** Seconds until the caller's hour ends, as told while the clock was off. */
  readonly hour: readonly number[];
  /** Age of an answer from the cache, in seconds, told while the clock was off. */
  readonly age: readonly number[];
}

/** A server whose time of day is a day off, then behind, then right again; its parent is told what came of it. */
async function main(): Promise<void> {
  const clock = ShiftedClock.own();
  const { TRIAL_URI: uri = '', TRIAL_PASSWORD: password } = process.env;
  const address = { uri, user: 'neo4j', password };
  const stage = await Stage.open(address, { cacheSize: 8, trustProxy: ['loopback'] });
  const ask = () =>
    fetch(`${stage.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': '203.0.113.9' },
      body: '{"query":"{ sectors(first: 1) { totalCount } }"}',
    });
  const hour: number[] = [];
  const age: number[] = [];
  let off = 0;
  const began = { wall: Date.now(), steady: performance.now() };
  // While nobody writes, for a write makes every kept answer an old one.
  await ask();
  for (const by of ['+1d', '-1d']) {
    clock.set(by);
    const told = (await ask()).headers.get('age');
    if (told !== null) age.push(Number(told));
  }
  clock.set('+0');
  const outcome = await befall(stage, {
    name: 'clock',
    address: () => address,
    begin: async () => {
      for (const by of ['+1d', '-1d']) {
        clock.set(by);
        await wait(700);
        off = Math.max(off, Math.abs(Date.now() - began.wall - (performance.now() - began.steady)));
        const { headers } = await ask();
        hour.push(Number(/t=(\d+)/.exec(headers.get('ratelimit') ?? '')?.[1]));
      }
    },
    end: () => Promise.resolve(clock.set('+0')),
  });
  process.send?.({ ...outcome, off, hour, age } satisfies ClockOutcome);
  await stage.close();
  process.disconnect();
}

void main();
