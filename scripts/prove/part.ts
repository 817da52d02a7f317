/** One line of the table: what was tried, what was found, and whether that is as it should be. */
export interface Row {
  readonly what: string;
  readonly found: string;
  readonly wanted: string;
  /** Undefined where it could not be tried here, which shows nothing. */
  readonly holds: boolean | undefined;
}

/** What the parts of the proof share. */
export interface Bench {
  /** GraphQL of a server in a process of its own. */
  readonly url: string;
  /** Runs something and gives the milliseconds for which the server's event loop stood still at the most. */
  readonly blocked: (work: () => Promise<unknown>) => Promise<number>;
  readonly long: boolean;
}

export interface Part {
  readonly name: string;
  readonly run: (bench: Bench) => Promise<readonly Row[]>;
}

export const row = (what: string, found: number, wanted: number, unit = ''): Row => ({
  what,
  found: `${found}${unit}`,
  wanted: `${wanted}${unit}`,
  holds: found === wanted,
});
