import type { CursorValue } from './cursor';

/** One group as it came back, or as it was put into a gap. */
export interface Group {
  /** The value of each item of `by`, and what else tells the group apart. */
  readonly keys: readonly CursorValue[];
  readonly order: readonly CursorValue[];
  readonly count: number;
  readonly values: readonly unknown[] | null;
  /** What changes are worked out from, where it is not among the earlier values. */
  readonly changes?: readonly unknown[];
  /** Whether it is one of those that were asked for; the others only tell that there is no gap. */
  readonly kept: boolean;
  /** A group that shares the keys that are no dates: where a gap's nodes are taken from. */
  readonly like?: Group;
  readonly of: Whole;
}

/** All groups as they came back: the page, how many there are, how many members without a having, and earlier values. */
export interface Whole {
  page: readonly Group[];
  more: boolean;
  total: number;
  readonly members: number;
  readonly earlier: ReadonlyMap<string, readonly unknown[]> | null;
}
