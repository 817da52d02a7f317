import neo4j from 'neo4j-driver';
import { hopStatement, type Way } from '../../derive/hops';
import { Fault } from '../../errors';
import type { Name } from '../refer';

/** A node of so many relationships is a hub: through it everything is near everything. */
export const hub = 1_000;

/** Hops that one question may read, and milliseconds that reading may take. */
export const mostHops = 150_000;
const patience = 3_000;

/** Stands for a relationship where else the number of the fact stands that joins two nodes. */
export const direct = -1;

/** From a node to the next, and to what joins the two. */
export type Hops = ReadonlyMap<number, ReadonlyMap<number, readonly number[]>>;
type Grown = Map<number, Map<number, number[]>>;

export interface Asked {
  readonly ends: readonly [Name, Name];
  readonly relations: readonly string[];
  readonly symmetric: readonly string[];
  readonly avoid: readonly Name[];
}

export type Read = (text: string, p: object, deadline?: number) => Promise<readonly unknown[]>;

type Row = readonly [
  side: number | null,
  id: number,
  degree: number,
  found: readonly (readonly [id: number, degree: number, fact: number, isPlace: boolean])[],
];

/** What is known from one end. */
interface Side {
  readonly end: number;
  readonly direction: Way['direction'];
  readonly along: Hops;
  readonly distance: Map<number, number>;
  frontier: readonly number[];
  /** The hops of all nodes nearer than this have been read. */
  depth: number;
}

/** The part of the graph between two ends that has been read so far: level by level, from whichever side has less. */
export class Reach {
  readonly #onward: Grown = new Map();
  readonly #back: Grown = new Map();
  readonly #degrees = new Map<number, number>();
  readonly #places = new Set<number>();
  /** Whether the budget ended the reading. */
  cut = false;
  #sides: readonly Side[] = [];
  #count = 0;
  readonly #expanded = { both: new Set<number>(), out: new Set<number>(), in: new Set<number>() };
  readonly #until = performance.now() + patience;

  constructor(
    readonly read: Read,
    readonly asked: Asked,
    readonly way: Omit<Way, 'direction'>,
    readonly directed: boolean,
  ) {}

  get onward(): Hops {
    return this.#onward;
  }

  get ends(): readonly number[] {
    return this.#sides.map(({ end }) => end);
  }

  /** Every way of so many hops and fewer that goes through no hub lies in what was read. */
  get whole(): number {
    return this.#sides.reduce((sum, { depth }) => sum + depth, 0);
  }

  /** Whether hubs were met, through which nothing is followed. */
  get hubs(): boolean {
    return [...this.#degrees.keys()].some((id) => this.isHub(id));
  }

  isHub(id: number): boolean {
    return (this.#degrees.get(id) ?? 0) >= hub && !this.ends.includes(id);
  }

  /**
   * What a node weighs that stands in between: the logarithm to the base 2 of its relationships and one; a place a
   * hundred more, since all that is in a country is not thereby near. In millionths, so that sums are exact.
   */
  weight(id: number): number {
    const degree = this.#degrees.get(id) ?? 0;
    return Math.round(1e6 * (Math.log2(1 + degree) + (this.#places.has(id) ? 100 : 0)));
  }

  /** How many hops a node is from the start at the least. */
  distance(id: number): number {
    const { distance, depth } = this.#sides[0] as Side;
    return distance.get(id) ?? depth + 1;
  }

  /** Finds both ends, and their hops; false where one is not there. */
  async open(): Promise<boolean> {
    const ways = this.directed ? (['out', 'in'] as const) : (['both'] as const);
    const found = await Promise.all(ways.map((direction) => this.#hops(direction, null)));
    const ends = [0, 1].flatMap((at) => found[0]?.find(([side]) => side === at)?.[1] ?? []);
    if (ends.length < 2) return false;
    this.#sides = ends.map((end, index) => ({
      end,
      direction: this.directed ? (index ? 'in' : 'out') : 'both',
      along: index ? this.#back : this.#onward,
      distance: new Map([[end, 0]]),
      frontier: [end],
      depth: 0,
    }));
    found.forEach((rows, index) => this.#take(rows, ways[index] as Way['direction']));
    return true;
  }

  /** Reads until every way of `length` hops and fewer is known; false where the budget ends it before. */
  async deepen(length: number): Promise<boolean> {
    while (this.whole < length && !this.cut) {
      const [a, b] = this.#sides as [Side, Side];
      await this.#expand(this.#size(a) <= this.#size(b) ? a : b);
    }
    return this.whole >= length;
  }

  async #expand(side: Side): Promise<void> {
    const ids = this.#unread(side);
    if (ids.length) this.#take(await this.#hops(side.direction, ids), side.direction);
    if (!this.cut) this.#step(side);
  }

  /** Those of a side's frontier whose hops are still to be read. */
  #unread({ frontier, direction }: Side): number[] {
    return frontier.filter((id) => !this.isHub(id) && !this.#expanded[direction].has(id));
  }

  #size(side: Side): number {
    return this.#unread(side).reduce((sum, id) => sum + (this.#degrees.get(id) ?? 0), 0);
  }

  /** Moves a side's frontier on, now that its hops are known. */
  #step(side: Side): void {
    const next: number[] = [];
    for (const id of side.frontier)
      if (!this.isHub(id))
        for (const to of side.along.get(id)?.keys() ?? [])
          if (!side.distance.has(to)) {
            side.distance.set(to, side.depth + 1);
            next.push(to);
          }
    side.frontier = next;
    side.depth = next.length ? side.depth + 1 : Infinity;
  }

  /** The hops of some nodes, or of the ends; what the budget cuts is told by `cut`. */
  async #hops(direction: Way['direction'], ids: readonly number[] | null): Promise<readonly Row[]> {
    const time = this.#until - performance.now();
    const most = mostHops - this.#count;
    if (time <= 0 || most <= 0) {
      this.cut = true;
      return [];
    }
    const text = hopStatement({ ...this.way, direction }, !ids);
    const p = { ...this.asked, ids: ids?.map((id) => neo4j.int(id)), most: neo4j.int(most + 1) };
    try {
      return (await this.read(text, p, time)) as readonly Row[];
    } catch (error) {
      // The patience of this search has an end of its own, which is no fault.
      if (!(error instanceof Fault && error.extensions.code === 'TIMEOUT')) throw error;
      this.cut = true;
      return [];
    }
  }

  #take(rows: readonly Row[], direction: Way['direction']): void {
    for (const [, id, degree, found] of rows) {
      this.#degrees.set(id, degree);
      this.#expanded[direction].add(id);
      this.#count += found.length;
      for (const [to, size, fact, isPlace] of found) {
        if (isPlace) this.#places.add(to);
        this.#degrees.set(to, size);
        if (direction !== 'in') this.#join(id, to, fact);
        if (direction !== 'out') this.#join(to, id, fact);
      }
    }
    if (this.#count > mostHops) this.cut = true;
  }

  #join(from: number, to: number, fact: number): void {
    grow(this.#onward, from, to, fact);
    grow(this.#back, to, from, fact);
  }
}

function grow(hops: Grown, from: number, to: number, fact: number): void {
  let targets = hops.get(from);
  if (!targets) hops.set(from, (targets = new Map<number, number[]>()));
  const joins = targets.get(to);
  if (!joins) targets.set(to, [fact]);
  else if (!joins.includes(fact)) joins.push(fact);
}
