/** A GraphQL request as it is sent. */
export interface Asked {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** A node of an answer, as far as a work looks into it. */
export type Json = any; // eslint-disable-line @typescript-eslint/no-explicit-any

/** How many times the other's requests a second are wanted, at least. */
export interface Targets {
  readonly offPeer?: number;
  readonly offFloor?: number;
  readonly onPeer?: number;
  readonly onLimit?: number;
}

/** One contestant's form of the question, and how its answer reads as all others' do. */
export interface Form<V> {
  readonly ask: (variant: V) => object;
  readonly canonical: (data: Json) => unknown;
}

/** A kind of question, asked in many variants so that no two requests in flight are the same. */
export interface Work<V = Json> {
  readonly name: string;
  readonly title: string;
  /** The statement in `cypher/picks` that says what is asked about, or the variants themselves. */
  readonly variants: string | readonly V[];
  readonly ours: Form<V>;
  /** Absent where the peer has no such question. */
  readonly peer?: Form<V>;
  readonly floor: Form<V>;
  readonly targets: Targets;
  /** What a reader should know about how it was made comparable. */
  readonly remark?: string;
}

export const work = <V>(one: Work<V>): Work<V> => one;
export const byKey = (a: { key: string }, b: { key: string }): number => (a.key < b.key ? -1 : 1);
