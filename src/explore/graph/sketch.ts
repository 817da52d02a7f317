/** Rows of the statements in `derive/picture`. */
export type NodeRow = readonly [
  element: string,
  labels: readonly string[],
  key: string,
  label: string,
  labelZh: string | null,
  degree: number,
];
export type FactRow = readonly [
  labels: readonly string[],
  key: string,
  label: string,
  labelZh: string | null,
];
type LineRow = readonly [
  to: string,
  there: string,
  away: boolean,
  certainty: string | null,
  fact: FactRow | null,
];
export type OutRow = readonly [
  element: string,
  relation: string,
  beyond: number,
  lines: readonly LineRow[],
];

/** How far a relation of a hub reaches. */
export interface Hub {
  /** Its element id. */
  readonly element: string;
  readonly relation: string;
  /** To how many nodes it leads, drawn or not. */
  readonly count: number;
  /** Whether facts were counted, there being too many to see where they lead. */
  readonly facts: boolean;
}

/** A picture as the graph gives it, before it is laid out. */
export interface Sketch {
  /** In the order in which they came in. */
  readonly nodes: readonly NodeRow[];
  /** How many came in at each hop, the seeds first. */
  readonly sizes: readonly number[];
  /** Lines, and what lies beyond; not of hubs. */
  readonly outs: readonly OutRow[];
  readonly hubs: readonly Hub[];
}
