/** Rows of the statements in `derive/picture`, in which nodes bear the numbers of the database. */
export type NodeRow = readonly [
  id: number,
  noun: string,
  key: string,
  label: string,
  labelZh: string | null,
  degree: number,
];
export type FactRow = readonly [noun: string, key: string, label: string, labelZh: string | null];
type LineRow = readonly [
  to: number,
  there: string,
  away: boolean,
  certainty: string | null,
  fact: FactRow | null,
];
export type OutRow = readonly [
  id: number,
  relation: string,
  beyond: number,
  lines: readonly LineRow[],
];

/** How far a relation of a hub reaches. */
export interface Hub {
  readonly id: number;
  readonly relation: string;
  /** To how many nodes it leads, drawn or not. */
  readonly count: number;
  /** Whether facts were counted, there being too many to see where they lead. */
  readonly facts: boolean;
}

/** A picture as the graph gives it, before it is laid out. */
export interface Sketch {
  /** How many of the seeds there are. */
  readonly seeds: number;
  /** In the order in which they came in. */
  readonly nodes: readonly NodeRow[];
  /** How many came in at each hop, the seeds first. */
  readonly sizes: readonly number[];
  /** Lines, and what lies beyond if that was asked for; not of hubs. */
  readonly outs: readonly OutRow[];
  readonly hubs: readonly Hub[];
}
