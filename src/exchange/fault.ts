/** What sort of thing is wrong, for sums by kind. */
export type FaultKind =
  | 'row' // the row itself: cells too many, no JSON, no text
  | 'key' // no key can be made
  | 'value' // a value that cannot be read
  | 'missing' // a required field without a value
  | 'sense' // values that contradict each other
  | 'reference' // names what is not there
  | 'ambiguous' // names several
  | 'one' // a second where there can be one
  | 'cycle' // leads back to itself
  | 'role' // a key that plays a role already
  | 'column' // a note: the mapping names a column that no row has
  | 'retracted' // a curator has hidden it
  | 'repeat' // a note: the row repeats a key of the file
  | 'collision' // a note: different texts make the same key
  | 'unreadable' // a note: a value went to `extra`
  | 'unlinked'; // a note: an optional reference leads nowhere

/** Something wrong with a row: where it stands, what was received, what was expected. */
export interface RowFault {
  readonly file: string;
  readonly line: number;
  /** The field within the row, such as `citations.0.page`. */
  readonly field: string;
  readonly message: string;
  readonly kind?: FaultKind;
  /** The column of the file, and what stands there. */
  readonly column?: string;
  readonly value?: string;
}

/** A fault on one line, as it is told: `companies.csv:5 foundedOn (founded): "long ago" is not a date.` */
export function faultText({ file, line, field, column, message }: RowFault): string {
  const where = column && column !== field ? `${field ? `${field} ` : ''}(${column})` : field;
  return `${file}:${line}${where ? ` ${where}` : ''}: ${message}`;
}

/** Every fault of what was to be loaded; nothing of it was written. */
export class LoadFaults extends Error {
  constructor(readonly faults: readonly RowFault[]) {
    super(
      `${faults.length} ${faults.length === 1 ? 'fault' : 'faults'}; nothing was written.\n${faults
        .slice(0, 50)
        .map((fault) => `  ${faultText(fault)}`)
        .join('\n')}${faults.length > 50 ? `\n  ... and ${faults.length - 50} more` : ''}`,
    );
    this.name = 'LoadFaults';
  }
}
