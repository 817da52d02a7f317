import type { CursorValue } from './cursor';

/** One group as it came back, or as it was put into a gap. */
export interface Group {
  readonly keys: readonly CursorValue[];
  readonly order: readonly CursorValue[];
  readonly count: number;
  readonly values: readonly unknown[] | null;
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
