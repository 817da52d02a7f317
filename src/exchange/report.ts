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

  count(kind: string, stored: unknown, set: unknown): void {
    const counts = this.kinds.get(kind) ?? { created: 0, changed: 0, unchanged: 0 };
    this.kinds.set(kind, counts);
    if (!stored) counts.created++;
    else if (set) counts.changed++;
    else counts.unchanged++;
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
