import type { Contestant, Name } from '../contestants/contestant';
import type { OpenGraph } from '../data/graphs';
import { drive, type Shot } from './load';
import { cpuSeconds, memory } from './process';
import { quantile } from './statistics';

/** One contestant in one round. */
export interface Round {
  readonly perSecond: number;
  /** Milliseconds at 16 clients and at one. */
  readonly p50at16: number;
  readonly p99at16: number;
  readonly p50at1: number;
  readonly p99at1: number;
  /** Milliseconds of CPU a request at 16 clients: of the server, and of Neo4j. */
  readonly cpu: number;
  readonly cpuNeo4j: number;
  /** Megabytes of the server at 16 clients. */
  readonly rss: number;
  readonly requests: number;
  readonly bad: number;
}

export interface Pace {
  readonly rounds: number;
  /** Seconds at 16 clients, at one, and of warming up before the first round. */
  readonly at16: number;
  readonly at1: number;
  readonly warm: number;
  /** Seconds of warming up before each turn, after the others have had theirs. */
  readonly again: number;
}

/** What a contestant is asked in that round; -1 is the warming up. */
export type Ammunition = (contestant: Name, round: number) => readonly Shot[];

/** Lets contestants take turns. */
export async function rounds(
  graph: OpenGraph,
  contestants: readonly Contestant[],
  shots: Ammunition,
  { rounds: count, at16, at1, warm, again }: Pace,
  repeat = true,
): Promise<Map<Name, Round[]>> {
  const found = new Map<Name, Round[]>(contestants.map(({ name }) => [name, []]));
  for (const { name, origin } of contestants) {
    // Everything once, so that plans and what is kept in memory are there, then as in the rounds.
    await drive(origin, shots(name, -1), 8, 5 * warm, false);
    await drive(origin, shots(name, -1), 16, warm, repeat);
  }
  for (let round = 0; round < count; round++)
    for (const { name, origin, pid } of turnsOf(contestants, round)) {
      const own = shots(name, round);
      await drive(origin, shots(name, -1), 16, again, repeat);
      const before = [cpuSeconds(pid), cpuSeconds(graph.pid)] as const;
      const many = await drive(origin, own, 16, at16, repeat);
      const after = [cpuSeconds(pid), cpuSeconds(graph.pid)] as const;
      const rss = memory(pid).now;
      const one = await drive(origin, repeat ? own : shots(name, round + 0.5), 1, at1, repeat);
      found.get(name)?.push({
        perSecond: many.requests / many.seconds,
        p50at16: quantile(many.latencies, 0.5),
        p99at16: quantile(many.latencies, 0.99),
        p50at1: quantile(one.latencies, 0.5),
        p99at1: quantile(one.latencies, 0.99),
        cpu: ((after[0] - before[0]) * 1_000) / many.requests,
        cpuNeo4j: ((after[1] - before[1]) * 1_000) / many.requests,
        rss,
        requests: many.requests + one.requests,
        bad: many.bad + one.bad,
      });
    }
  return found;
}

/**
 * Who follows whom in that round. Whoever comes after one that keeps Neo4j busy finds it warmer than after one that
 * does not ask it, so the predecessors change from round to round.
 */
function turnsOf<T>(all: readonly T[], round: number): readonly T[] {
  const { length } = all;
  const steps = Array.from({ length: length - 1 }, (_, at) => at + 1).filter(
    (step) => divisor(step, length) === 1,
  );
  const step = steps[round % steps.length] ?? 1;
  return all.map((_, turn) => all[(round + turn * step) % length] as T);
}

const divisor = (one: number, other: number): number => (other ? divisor(other, one % other) : one);
