import { LRUCache } from 'lru-cache';

/** An answer as it is sent, right for one revision of the graph. */
export interface Kept {
  readonly revision: string;
  /** Its name among all answers of all revisions: what `ETag` tells. */
  readonly address: string;
  readonly type: string;
  /** Its bytes, which say that they come from the cache. */
  readonly body: Buffer;
  /** When it was worked out, in milliseconds since 1970. */
  readonly at: number;
  /** The name of its operation, where it has one, and what it cost: for the log. */
  readonly operation?: string;
  readonly cost?: number;
}

/** What an entry takes beside its texts, about. */
const overhead = 500;

/** Answers by key, the newest of each; with more bytes than allowed, those that were not asked for longest leave. */
export class Answers {
  readonly #kept: LRUCache<string, Kept>;

  /** @param bytes memory for all of them; one that would take more than an eighth of it is not kept */
  constructor(bytes: number) {
    this.#kept = new LRUCache({
      maxSize: bytes,
      maxEntrySize: Math.max(1, Math.floor(bytes / 8)),
      sizeCalculation: ({ body }, key) => body.length + 2 * key.length + overhead,
    });
  }

  get size(): number {
    return this.#kept.calculatedSize;
  }

  has(key: string): boolean {
    return this.#kept.has(key);
  }

  get(key: string, revision: string): Kept | undefined {
    const kept = this.#kept.get(key);
    return kept?.revision === revision ? kept : undefined;
  }

  set(key: string, kept: Kept): void {
    this.#kept.set(key, kept);
  }
}
