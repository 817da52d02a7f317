/** Taken when a statement begins: what was known then, and when it was. */
export interface Beginning {
  readonly known: string | undefined;
  readonly epoch: number;
  readonly at: number;
}

/** How many revisions that are over are remembered; one that is forgotten costs a question, never a wrong answer. */
const remembered = 100;

/** How often a question is asked again whose answer was overtaken; then the revision counts as unknown. */
const tries = 4;

/**
 * The graph's revision, as far as it is known here: the bookmark of the last commit seen. Bookmarks can only be compared
 * for equality and answers come in any order, so a revision is believed newer than the known one only where its
 * statement began after that one was known. Where that can't be told, nothing is known until the database is asked.
 *
 * A statement that began under a revision (its session was given the bookmark, so that all of that commit is applied)
 * and ended with the same one has read exactly that revision. Without the bookmark it might not: Neo4j tells a commit's
 * bookmark a moment before the commit's changes can be read.
 */
export class Revision {
  #known: string | undefined;
  /** Counts the changes of what is known. */
  #epoch = 0;
  /** When the known revision was the graph's at the earliest, in milliseconds of `performance.now()`. */
  #at = -Infinity;
  readonly #over = new Set<string>();
  #asking: Promise<void> | undefined;

  /**
   * @param ask a cheap read, which reports here like any other
   * @param within milliseconds within which commits of others are noticed; 0 asks before each answer
   */
  constructor(
    readonly ask: () => Promise<unknown>,
    readonly within: number,
  ) {}

  /** The newest revision seen; undefined where none is known for certain. It may be older than {@link within}. */
  get known(): string | undefined {
    return this.#known;
  }

  /** Another number whenever what is known has changed: what began under another one may not be shared. */
  get epoch(): number {
    return this.#epoch;
  }

  /** The revision, if it was the graph's at most {@link within} milliseconds ago; undefined means: ask {@link current}. */
  get fresh(): string | undefined {
    return this.within && performance.now() - this.#at <= this.within ? this.#known : undefined;
  }

  /**
   * The revision as it was at most {@link within} milliseconds ago, asked for if need be; undefined where no one can tell.
   * @param within fewer milliseconds than are allowed anyway
   */
  async current(within = this.within): Promise<string | undefined> {
    const since = performance.now() - within;
    for (let left = tries; left && !(this.#known && this.#at >= since); left--)
      // Never more than one in flight: who comes while one is out waits for it, and asks anew if it was too early.
      try {
        await (this.#asking ??= this.ask().then(
          () => (this.#asking = undefined),
          (error: unknown) => {
            this.#asking = undefined;
            throw error;
          },
        ));
      } catch {
        return undefined;
      }
    return this.#at >= since ? this.#known : undefined;
  }

  begin(): Beginning {
    return { known: this.#known, epoch: this.#epoch, at: performance.now() };
  }

  /** A statement has ended; this is its bookmark. */
  saw(revision: string, { epoch, at }: Beginning): void {
    if (revision && revision === this.#known) this.#at = Math.max(this.#at, at);
    else if (revision && epoch === this.#epoch) this.#change(revision, at);
    else if (this.#known && !this.#over.has(revision)) this.lost();
  }

  /** A write of this server's own has been committed: what began before it is not to be shared with who comes now. */
  wrote(revision: string, beginning: Beginning): void {
    this.saw(revision, beginning);
    this.#epoch++;
  }

  /** What is known may be wrong: a write whose end is unknown, a database that does not answer. */
  lost(): void {
    this.#known = undefined;
    this.#epoch++;
  }

  #change(revision: string, at: number): void {
    if (this.#known) this.#over.add(this.#known);
    for (const oldest of this.#over) {
      if (this.#over.size <= remembered) break;
      this.#over.delete(oldest);
    }
    this.#known = revision;
    this.#at = Math.max(this.#at, at);
    this.#epoch++;
  }
}
