import { setTimeout as wait } from 'node:timers/promises';
import type { Running } from '../../tests/process/running';

/** Bytes of memory that a server had in the middle of two spans of a load; each is a median. */
export interface Memory {
  readonly first: number;
  readonly last: number;
  readonly samples: number;
}

/**
 * Reads a server's memory for so many seconds, each minute or thirty times. The first sixth, in which it warms up, does
 * not count; of the rest the first third is held against the last.
 */
export async function memoryOver(server: Running, seconds: number): Promise<Memory> {
  const every = Math.min(60, seconds / 30);
  const samples: number[] = [];
  for (let left = Math.floor(seconds / every); left; left--) {
    await wait(1_000 * every);
    samples.push(await server.memory());
  }
  const warm = samples.slice(Math.ceil(samples.length / 6));
  const third = Math.floor(warm.length / 3);
  return {
    first: median(warm.slice(0, third)),
    last: median(warm.slice(-third)),
    samples: samples.length,
  };
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN;
}
