import { setTimeout as wait } from 'node:timers/promises';
import { caller, load, type Load, type LoadOptions } from '../../tests/load/load';
import { Running } from '../../tests/process/running';
import { memoryOver } from './memory';
import type { Part, Row } from './part';
import { shareOf } from './processor';

const whole = (value: number): string => Math.round(value).toLocaleString('en');
const told = ({ why }: { readonly why: string }): string => (why ? ` (${why})` : '');
/** What was sent of what was asked for: callers who all wait for answers send no more. */
const sentOf = ({ sent, unsent }: Load, capacity: number): string =>
  `${whole(sent)} requests a second, x ${(sent / capacity).toFixed(2)} of it; ${whole(unsent)} a second not sent`;
const megabytes = (value: number): string => `${Math.round(value / 1024 / 1024)} MB`;

/**
 * Load: what a server answers at the most, what it answers at 80 % of that, and what becomes of it at five times as much.
 * The generator, the server and Neo4j share the machine: shapes are judged, not speeds.
 */
export const loadHeld: Part = {
  name: 'load',
  run: async ({ long }) => {
    const minutes = Number(process.env.LOAD_MINUTES ?? 5);
    const [clients, seconds] = long ? [500, 60 * minutes] : [100, 20];
    // Without the cache, so that every question goes the whole way.
    const server = await Running.start({ YUNTU_CACHE_SIZE: '0' });
    const { url } = server;
    const rows: Row[] = [];
    const judge = (what: string, found: string, wanted: string, holds: boolean): void =>
      void rows.push({ what, found, wanted, holds });
    try {
      // Neo4j compiles what is asked of it for a minute or so, on as many processors as there are.
      await load({ url, clients: 20, seconds: long ? 90 : 5 });
      const { capacity, peak, bad } = await climb({ url, clients, seconds: long ? 60 : 3 });
      judge(
        'capacity, and the most answers a second',
        `${whole(capacity)} requests a second, ${whole(peak)}`,
        '',
        bad === 0,
      );

      const pid = server.child.pid as number;
      const share = shareOf(pid);
      const [held, memory] = await Promise.all([
        load({ url, clients, seconds, rate: 0.8 * capacity }),
        memoryOver(server, seconds),
      ]);
      const shareAfter = shareOf(pid);
      judge(
        `${clients} clients for ${seconds} s at 80 % of it: errors and refusals`,
        `${whole(held.bad)}${told(held)} and ${whole(held.refused * seconds)}`,
        '0 and 0',
        held.bad === 0 && held.refused === 0,
      );
      judge(
        'sent meanwhile',
        sentOf(held, capacity),
        long ? 'at least x 0.78' : 'at least x 0.78 on a quiet machine',
        !long || held.sent >= 0.78 * capacity,
      );
      judge(
        'its 50th and 99th percentile',
        `${whole(held.p50)} and ${whole(held.p99)} ms (x ${(held.p99 / Math.max(1, held.p50)).toFixed(1)})`,
        long ? 'under x 5' : 'under x 5 on a quiet machine',
        !long || held.p99 < 5 * Math.max(1, held.p50),
      );
      // Three share the machine, and whatever else runs on it: what the server waits for a processor is no fault of its own.
      if (share && shareAfter)
        judge(
          'the server meanwhile',
          `ran for ${whole(shareAfter.ran - share.ran)} s, waited for a processor for ${whole(shareAfter.waited - share.waited)} s`,
          '',
          true,
        );
      judge(
        `memory, its first sixth left out: medians of the first and the last third of ${memory.samples} samples`,
        `${megabytes(memory.first)}, ${megabytes(memory.last)}`,
        // In seconds it does not come to rest.
        long ? 'at most a tenth more' : 'at most a fifth and 32 MB more',
        memory.last <= (long ? 1.1 * memory.first : 1.2 * memory.first + 32 * 1024 * 1024),
      );

      const calls = await refusals(url);
      const overFor = long ? 30 : 10;
      const bystander = await caller(url, overFor);
      const [over, seen] = await Promise.all([
        load({ url, clients: 500, seconds: overFor, rate: 5 * capacity }),
        bystander(),
      ]);
      judge(
        'sent at five times the capacity',
        sentOf(over, capacity),
        long ? 'at least x 4.5' : 'at least x 4.5 on a quiet machine',
        !long || over.sent >= 4.5 * capacity,
      );
      const part = over.good / peak;
      judge(
        'its good answers',
        `${whole(over.good)} a second, ${Math.round(100 * part)} %; ${whole(over.bad)} errors${told(over)}`,
        long ? 'at least 90 %; 0' : 'at least 90 % on a quiet machine; 0',
        part >= (long ? 0.9 : 0.5) && over.bad === 0,
      );
      judge(
        'its refusals: 99th percentile; without Retry-After',
        `${whole(over.refused)} a second; ${whole(over.refusal)} ms; ${over.mute}`,
        '0 without it',
        over.mute === 0,
      );
      // Those who send the load wait for their own process as well.
      judge(
        'as one caller more sees them, from a process of his own',
        `${whole(seen.refusal)} ms (${whole(seen.times)} times)`,
        long ? 'under 50 ms' : 'under 50 ms on a quiet machine',
        seen.times > 0 && (!long || seen.refusal < 50),
      );
      const within = slowest(calls, await refusals(url));
      judge(
        "of them 99 %, by the server's own clock",
        `within ${whole(within)} ms`,
        long ? '50 ms' : '50 ms on a quiet machine',
        within <= 50 || !long,
      );
      const calm = await normalWithin(url, held.p50);
      judge('normal again within', `${whole(calm)} ms`, '5,000 ms', calm < 5_000);
      return rows;
    } finally {
      server.child.kill('SIGKILL');
    }
  },
};

/**
 * Looks for the highest rate at which all that is sent is answered, up to a tenth.
 * @returns it, the most answers a second beyond it too, and how many requests ended in another way
 */
async function climb(
  options: LoadOptions,
): Promise<{ readonly capacity: number; readonly peak: number; readonly bad: number }> {
  // Who asks again once he is answered finds about where to begin.
  const closed = await load({ ...options, clients: 40 });
  let [peak, bad] = [0, closed.bad];
  const holds = async (rate: number): Promise<boolean> => {
    const found = await load({ ...options, rate });
    peak = Math.max(peak, found.good);
    bad += found.bad;
    return found.refused === 0 && found.good > 0.98 * rate;
  };
  let [low, high] = [0, Infinity];
  // Below one request a second nothing is held: a server that is gone would be asked for ever.
  for (let rate = closed.good; high > Math.max(1, 1.1 * low);) {
    // Once more where it fails: something else on the machine may have held it up.
    if ((await holds(rate)) || (await holds(rate))) low = rate;
    else high = rate;
    if (high === Infinity) rate = 1.5 * low;
    else rate = low ? (low + high) / 2 : high / 1.5;
  }
  return { capacity: low, peak, bad };
}

/** Milliseconds until a light load is answered as it was before: ten answers in a row, none refused. */
async function normalWithin(url: string, median: number): Promise<number> {
  const began = performance.now();
  for (let row = 0, since = began; performance.now() - began < 30_000;) {
    const from = performance.now();
    const { status } = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ companies(first: 5) { nodes { key } } }' }),
    });
    const fine = status === 200 && performance.now() - from < Math.max(100, 5 * median);
    if (!fine) [row, since] = [0, performance.now()];
    else if (++row === 10) return since - began;
    await wait(10);
  }
  return 30_000;
}

/** How many requests were refused with 503 so far, by the milliseconds within which they were. */
async function refusals(url: string): Promise<ReadonlyMap<number, number>> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const line =
    /^yuntu_request_seconds_bucket\{le="([\d.]+|\+Inf)",path="\/graphql",status="503"\} (\d+)/gm;
  return new Map(
    [...text.matchAll(line)].map(([, bound = '', count]) => [
      bound === '+Inf' ? Infinity : 1_000 * Number(bound),
      Number(count),
    ]),
  );
}

/** Milliseconds within which 99 % of those were refused that came in between. */
function slowest(before: ReadonlyMap<number, number>, after: ReadonlyMap<number, number>): number {
  const between = [...after].map(
    ([bound, count]) => [bound, count - (before.get(bound) ?? 0)] as const,
  );
  const all = Math.max(0, ...between.map(([, count]) => count));
  return Math.min(...between.flatMap(([bound, count]) => (count >= 0.99 * all ? [bound] : [])));
}
