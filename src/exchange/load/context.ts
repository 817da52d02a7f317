import type { Blueprint } from '../../blueprint';
import type { Rows } from '../../graph/graph';
import type { WriteLog } from './log';
import type { Tally } from '../tally';

export type Run = (text: string, p?: object) => Promise<Rows>;

/** What every write of a load needs to know. */
export interface Writing {
  readonly run: Run;
  readonly blueprint: Blueprint;
  readonly dataset: string;
  /** Datasets, the most trusted first. */
  readonly preference: readonly string[];
  readonly tally: Tally;
  readonly log: WriteLog;
  /** Whether curators may have hidden something. */
  readonly curated: boolean;
}

/** Rows of one statement at the most. */
export const batchSize = 5_000;

/** Items in their order, so many at once; nothing at all where there are none. */
export function* batches<T>(items: readonly T[], size = batchSize): Generator<T[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size);
}

/** Items by what they have in common; groups and their items in the order in which they came, no group empty. */
export function grouped<T, K>(items: Iterable<T>, by: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = by(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
