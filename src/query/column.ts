/** What a decoder may look at besides its value. */
export interface Run {
  /** The parameters as they were sent. */
  readonly p: Readonly<Record<string, unknown>>;
  /** How many faults were put in place of values. */
  faults: number;
}

/** One value of an answer: the Cypher expression that reads it, and how the answer is made from what comes back. */
export interface Column {
  /** Null where nothing has to be read. */
  readonly text: string | null;
  decode(value: unknown, run: Run): unknown;
}

/** Columns of one row, each expression once. */
export class Row {
  readonly texts: string[] = [];

  add(text: string): number {
    const at = this.texts.indexOf(text);
    return at < 0 ? this.texts.push(text) - 1 : at;
  }

  get text(): string {
    return `[${this.texts.join(', ')}]`;
  }
}

type Entry = readonly [key: string, column: Column];

/** An object whose fields come from one row; the fields stand in the order in which they were asked for. */
export function objectOf(
  row: Row,
  entries: readonly Entry[],
): (values: readonly unknown[], run: Run) => Record<string, unknown> {
  const keys = entries.map(([key]) => key);
  const decoders = entries.map(([, column]) => column);
  const places = entries.map(([, { text }]) => (text === null ? -1 : row.add(text)));
  return (values, run) => {
    const object: Record<string, unknown> = {};
    for (let i = 0; i < keys.length; i++) {
      const place = places[i] as number;
      object[keys[i] as string] = (decoders[i] as Column).decode(
        place < 0 ? undefined : values[place],
        run,
      );
    }
    return object;
  };
}

export const constantColumn = (value: unknown): Column => ({ text: null, decode: () => value });
