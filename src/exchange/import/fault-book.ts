import { faultText, type FaultKind, type RowFault } from '../fault';

/** Faults of an import: counted by kind, the first of each kept word for word. */
export class FaultBook {
  readonly #kinds = new Map<FaultKind, { count: number; examples: string[] }>();
  /** Rows that were rejected. */
  rows = 0;

  note(fault: RowFault): void {
    const kind = fault.kind ?? 'sense';
    const entry = this.#kinds.get(kind) ?? { count: 0, examples: [] };
    this.#kinds.set(kind, entry);
    entry.count++;
    if (entry.examples.length < 20) entry.examples.push(faultText(fault));
  }

  /** By kind, the most frequent first. */
  summary(): Record<string, { readonly count: number; readonly examples: readonly string[] }> {
    return Object.fromEntries([...this.#kinds].sort(([, a], [, b]) => b.count - a.count));
  }

  count(kind: FaultKind): number {
    return this.#kinds.get(kind)?.count ?? 0;
  }
}
