/** What a load did, by noun and by relationship type. */
export interface Counts {
  created: number;
  changed: number;
  unchanged: number;
}

/** Counts what is written while it is. */
export class Tally {
  readonly kinds = new Map<string, Counts>();
  /** Ties between facts and citations that were new. */
  support = 0;

  /** Counts one node or relationship; what was left as it was found counts as unchanged. */
  add(kind: string, outcome: keyof Counts | 'kept', times = 1): void {
    const counts = this.kinds.get(kind) ?? { created: 0, changed: 0, unchanged: 0 };
    this.kinds.set(kind, counts);
    counts[outcome === 'kept' ? 'unchanged' : outcome] += times;
  }

  /** Adds what another counted. */
  plus({ kinds, support }: { kinds: Iterable<readonly [string, Counts]>; support: number }): void {
    for (const [kind, counts] of kinds)
      for (const outcome of ['created', 'changed', 'unchanged'] as const)
        this.add(kind, outcome, counts[outcome]);
    this.support += support;
  }

  get total(): Counts {
    const total = { created: 0, changed: 0, unchanged: 0 };
    for (const { created, changed, unchanged } of this.kinds.values()) {
      total.created += created;
      total.changed += changed;
      total.unchanged += unchanged;
    }
    return total;
  }
}
