import type { Name } from '../contestants/contestant';
import type { OpenGraph } from '../data/graphs';
import type { Pace, Round } from '../measure/rounds';
import type { Targets } from '../works/work';

/** How thorough a run is. */
export interface Mode {
  readonly name: 'full' | 'quick' | 'smoke';
  readonly pace: Pace;
  /** Variants of each work that are compared before it is timed. */
  readonly compared: number;
  /** Whether the graph of ten times the size is measured too. */
  readonly large: boolean;
}

/** What a run of a part needs. */
export interface Setting {
  readonly mode: Mode;
  /** The graph of Crunchbase and the report; opened when it is first needed. */
  graph(): Promise<OpenGraph>;
}

/** A work under load, measured. */
export interface Loaded {
  readonly kind: 'load';
  readonly name: string;
  readonly title: string;
  readonly remark?: string;
  readonly targets: Targets;
  /** Bytes of an answer of ours, in the mean. */
  readonly bytes: number;
  readonly compared: number;
  readonly statements: Readonly<Partial<Record<Name, number>>>;
  readonly rounds: Readonly<Partial<Record<Name, readonly Round[]>>>;
}

/** A whole process, measured from its start: an import, or a first answer. */
export interface Timed {
  readonly kind: 'time';
  readonly name: string;
  readonly title: string;
  readonly remark?: string;
  readonly unit: 's' | 'ms';
  readonly times: Readonly<Record<string, readonly number[]>>;
  /** Megabytes at the most, by contestant. */
  readonly memory?: Readonly<Record<string, number>>;
  readonly notes: readonly string[];
  readonly verdicts: readonly Verdict[];
}

/** The same questions on graphs of several sizes, or on pages near and far. */
export interface Curve {
  readonly kind: 'curve';
  readonly name: string;
  readonly title: string;
  readonly remark?: string;
  /** What the columns are: sizes, or pages. */
  readonly steps: readonly string[];
  readonly lines: readonly {
    readonly label: string;
    /** Milliseconds at one client, in the median, by step. */
    readonly values: readonly number[];
  }[];
  readonly verdicts: readonly Verdict[];
}

export interface Verdict {
  readonly what: string;
  readonly target: string;
  readonly measured: string;
  readonly met: boolean;
}

export type Measured = Loaded | Timed | Curve;
