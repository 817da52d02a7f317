import type { Counts } from '../tally';

export interface ImportOptions {
  /** The folder that the mapping's files are in. */
  readonly folder: string;
  /** Another name for the dataset than the mapping's. */
  readonly dataset?: string;
  /**
   * Reads and checks all, and leaves the graph as it is; rejected rows are written to their files as ever. References by
   * name into what the import itself would load are not tried.
   */
  readonly dryRun?: boolean;
  /** Goes on with an import of the same mapping and files that was not ended. */
  readonly resume?: boolean;
  /** The first rows of each file only. */
  readonly limit?: number;
  /** Loads nothing at all if one row is bad. */
  readonly strict?: boolean;
  /** Stops when more rows than this are bad. */
  readonly maxErrors?: number;
  /** Where rejected rows are written; nowhere without it. */
  readonly rejects?: string;
  /** Rows of a batch: 5,000. */
  readonly batch?: number;
  readonly progress?: (progress: Progress) => void;
}

export interface Progress {
  readonly file: string;
  readonly row: number;
  /** Rows of all files that are done, and all there are. */
  readonly done: number;
  readonly rows: number;
  /** Rows a second. */
  readonly rate: number;
  /** Seconds that are left at that rate. */
  readonly left: number;
}

/** What an import did. */
export interface ImportReport {
  readonly run: string;
  readonly dataset: string;
  /** REJECTED: strict, and a row was bad; nothing is left of it. STOPPED: too many errors; what was loaded stays. */
  readonly state: 'DONE' | 'STOPPED' | 'REJECTED' | 'DRY';
  readonly resumed: boolean;
  readonly files: readonly FileReport[];
  readonly total: Counts;
  /** By noun and by relationship type. */
  readonly kinds: Readonly<Record<string, Counts>>;
  readonly citations: number;
  readonly rejected: number;
  /** By kind, with the first of each. */
  readonly faults: Readonly<
    Record<string, { readonly count: number; readonly examples: readonly string[] }>
  >;
  /** References by name that a dry run could not try. */
  readonly untried: number;
  readonly rejects: readonly string[];
  readonly seconds: number;
}

export interface FileReport {
  readonly file: string;
  readonly rows: number;
  readonly empty: number;
  readonly skipped: number;
  readonly rejected: number;
  readonly loaded: number;
}
