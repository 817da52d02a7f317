import type { Driver, Session, SessionMode } from 'neo4j-driver';

/**
 * Connections to the database, so many at the most. One whose other end is gone without a word is never given back: where
 * as many as there may be are missing, others are made.
 */
export class Connections {
  #driver: Driver;
  /** Calls that were given up and whose connections the database has not given back. */
  #silent = 0;
  /** Calls under way. */
  calls = 0;

  /**
   * @param open makes a driver of `size` connections
   * @param size connections at the most
   */
  constructor(
    readonly open: (size: number) => Driver,
    readonly size: number,
  ) {
    this.#driver = open(size);
  }

  /** Whether more calls are under way than there may be connections. */
  get full(): boolean {
    return this.calls > this.size;
  }

  session(options: {
    readonly database: string;
    readonly mode?: SessionMode;
    readonly bookmarks?: string;
  }): Session {
    const { database, mode: defaultAccessMode, bookmarks } = options;
    return this.#driver.session({ database, defaultAccessMode, bookmarks });
  }

  /**
   * Takes a session back. Closing ends a statement that still runs; a database that hangs must not make the caller wait
   * for it.
   * @param ended whether the call came to its end by itself
   */
  leave(session: Session, ended: boolean): void {
    const closed = session.close().catch(() => {});
    if (ended) return;
    const driver = this.#driver;
    const missing = setTimeout(() => {
      if (driver !== this.#driver) return;
      if (++this.#silent < this.size)
        return void closed.then(() => driver === this.#driver && this.#silent--);
      this.#silent = 0;
      this.#driver = this.open(this.size);
      driver.close().catch(() => {});
    }, 1_000);
    missing.unref();
    void closed.then(() => clearTimeout(missing));
  }

  async close(): Promise<void> {
    await this.#driver.close();
  }
}
