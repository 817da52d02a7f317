/** Something wrong with a row: where it stands, what was received, what was expected. */
export interface RowFault {
  readonly file: string;
  readonly line: number;
  /** The field within the row, such as `citations.0.page`. */
  readonly field: string;
  readonly message: string;
}

export function faultText({ file, line, field, message }: RowFault): string {
  return `${file}:${line}${field ? ` ${field}` : ''}: ${message}`;
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
