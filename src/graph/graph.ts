import neo4j, { type Result, type Session } from 'neo4j-driver';
import { setTimeout as wait } from 'node:timers/promises';
import { Fault } from '../errors';
import { Breaker } from './breaker';
import { Connections } from './connections';
import { asFault, isPassing } from './faults';
import { sendAtOnce } from './no-delay';
import { readRecordsAtOnce } from './records';
import { traced, type Tracer } from '../trace/tracer';
import { untraced } from './untraced';
import { Revision } from './revision';

export interface GraphAddress {
  readonly uri: string;
  readonly user?: string;
  readonly password?: string;
  readonly database?: string;
}

export interface CallOptions {
  /** What the statement is called in traces, such as the field that it answers. */
  readonly name?: string;
  /** Milliseconds that the database may take; default 4,000. */
  readonly deadline?: number;
  /** Ends the statement in the database when it fires. */
  readonly signal?: AbortSignal;
}

/** The first column of each row. */
export type Rows = readonly unknown[];

export interface Answer {
  readonly rows: Rows;
  /** The graph's revision after the statement; compare for equality only. */
  readonly revision: string;
}

export interface GraphOptions {
  /** Is told of every statement. */
  readonly tracer?: Tracer;
  /** Connections at the most; default 50. */
  readonly poolSize?: number;
  /** Milliseconds that a statement may take unless told otherwise; default 4,000. */
  readonly deadline?: number;
  /** Milliseconds within which commits of others are noticed; default 1,000; 0 asks before each answer. */
  readonly noticeWithin?: number;
}

/**
 * The graph: the one door to Neo4j. Every call has a deadline, whatever the database does; reads cannot write.
 * Errors are {@link Fault}s: `TIMEOUT`, `DATABASE_UNAVAILABLE`, or `INTERNAL` with the cause kept for the log.
 */
export class Graph {
  /** Where spans go, if anywhere. */
  readonly tracer: Tracer | undefined;
  /** For statements: each call takes a connection or waits for one. */
  readonly pool: Connections;
  /** For asking whether the database is there: that must not wait until a statement leaves it a connection. */
  readonly #aside: Connections;
  readonly #database: string;
  /** What is known of the graph's revision. */
  readonly revision: Revision;
  /** Milliseconds that a statement may take unless told otherwise. */
  readonly #deadline: number;
  /** Statements sent so far. */
  statements = 0;
  /** Stands before every call but `ping`. */
  readonly breaker = new Breaker(() => this.ping(1_000));

  constructor(address: GraphAddress, options: GraphOptions = {}) {
    this.#deadline = options.deadline ?? DEADLINE;
    this.tracer = options.tracer;
    sendAtOnce();
    readRecordsAtOnce();
    const auth = address.user ? neo4j.auth.basic(address.user, address.password ?? '') : undefined;
    this.#database = address.database ?? 'neo4j';
    // Who waits in vain for a connection hears so before the deadline.
    const connectWithin = Math.ceil(0.75 * this.#deadline);
    const open = (size: number) =>
      neo4j.driver(address.uri, auth, {
        disableLosslessIntegers: true,
        maxConnectionPoolSize: size,
        connectionAcquisitionTimeout: connectWithin,
        connectionTimeout: connectWithin,
        maxTransactionRetryTime: 4_000,
        userAgent: 'yuntu',
        telemetryDisabled: true,
      });
    this.pool = new Connections(open, options.poolSize ?? 50);
    this.#aside = new Connections(open, 4);
    this.revision = new Revision(() => this.ping(), options.noticeWithin ?? 1_000);
  }

  /**
   * Runs a statement that only reads, and sees at the least the revision known when it begins. Parameters stand in one
   * map, `$p`, which keeps plans apart from sizes.
   */
  async read(text: string, p: object = {}, options: CallOptions = {}): Promise<Answer> {
    return this.#spanned(text, options.name, () =>
      this.breaker.run(() => this.#again(options, (left) => this.#read(text, p, left))),
    );
  }

  async #read(text: string, p: object, options: CallOptions, from = this.pool): Promise<Answer> {
    const begun = this.revision.begin();
    const kind = { mode: neo4j.session.READ, bookmarks: begun.known };
    return this.#within(from, kind, options, async (session) => {
      this.statements++;
      const timeout = options.deadline ?? this.#deadline;
      const rows = await rowsOf(untraced(() => session.run(text, { p }, { timeout })));
      const revision = session.lastBookmarks()[0] ?? '';
      this.revision.saw(revision, begun);
      return { rows, revision };
    });
  }

  /** Sends a statement within a span. */
  #spanned<T>(text: string, name = 'statement', work: () => Promise<T>): Promise<T> {
    if (!this.tracer) return work();
    const attributes = {
      'db.system.name': 'neo4j',
      'db.operation.name': name,
      'db.query.text': text.slice(0, 2_000),
    };
    return traced(this.tracer, name, { kind: 'client', attributes }, work);
  }

  /** Tries a read again whose connection was lost, within what is left of its time: reading twice changes nothing. */
  async #again<T>(options: CallOptions, work: (options: CallOptions) => Promise<T>): Promise<T> {
    const { deadline = this.#deadline, signal } = options;
    const until = performance.now() + deadline;
    for (let pause = 25; ; pause *= 4)
      try {
        return await work({ signal, deadline: Math.max(1, Math.round(until - performance.now())) });
      } catch (error) {
        const lost = isPassing(error) && !signal?.aborted;
        if (!lost || performance.now() + pause >= until || pause > 400) throw error;
        await wait(pause);
      }
  }

  /**
   * Runs statements that write, all or nothing, in one transaction. They must be idempotent: the driver repeats them
   * when the answer to the commit is lost.
   */
  async write<T>(
    work: (run: (text: string, p?: object) => Promise<Rows>) => Promise<T>,
    options: CallOptions = {},
  ): Promise<T> {
    return this.#commit({ deadline: 60_000, ...options }, async (session, timeout) => {
      let own: unknown;
      const kept = (error: unknown): never => {
        throw (own = error);
      };
      return session
        .executeWrite(
          (transaction) =>
            work(async (text, p = {}) => {
              this.statements++;
              return this.#spanned(text, options.name, () => rowsOf(transaction.run(text, { p })));
            }).catch(kept),
          { timeout },
        )
        .catch((error: unknown) => {
          // What the work itself threw is its caller's; the rest came with the answers to BEGIN and COMMIT.
          throw error === own ? error : readable(error);
        });
    });
  }

  /** Runs a statement that cannot stand in a transaction with others: constraints and indexes. */
  async schema(text: string): Promise<void> {
    await this.#commit({ deadline: 60_000 }, (session) => session.run(text));
  }

  /** Resolves when the database answers; a {@link Fault} otherwise. */
  async ping(deadline = 2_000): Promise<void> {
    await this.#again({ deadline }, (left) => this.#read('RETURN 1 AS one', {}, left, this.#aside));
    this.breaker.close();
  }

  async close(): Promise<void> {
    this.breaker.end();
    await Promise.all([this.pool.close(), this.#aside.close()]);
  }

  /** Changes the graph; the revision has changed with it before the caller hears of it. */
  async #commit<T>(
    options: CallOptions & { readonly deadline: number },
    work: (session: Session, deadline: number) => Promise<T>,
  ): Promise<T> {
    const begun = this.revision.begin();
    try {
      return await this.breaker.run(() =>
        this.#within(this.pool, {}, options, async (session) => {
          const result = await work(session, options.deadline);
          this.revision.wrote(session.lastBookmarks()[0] ?? '', begun);
          return result;
        }),
      );
    } catch (error) {
      // It may be done all the same.
      this.revision.lost();
      throw error;
    }
  }

  /** Works in a session of its own until the deadline passes or the signal fires. */
  async #within<T>(
    from: Connections,
    kind: Omit<Parameters<Connections['session']>[0], 'database'>,
    options: CallOptions,
    work: (session: Session) => Promise<T>,
  ): Promise<T> {
    const session = from.session({ ...kind, database: this.#database });
    const { deadline = this.#deadline, signal } = options;
    let end: (fault: Fault) => void = () => {};
    const ended = new Promise<never>((_, reject) => (end = reject));
    const late = () => end(new Fault('TIMEOUT', `The database took longer than ${deadline} ms.`));
    const timer = setTimeout(late, deadline);
    const leave = () =>
      end(
        signal?.reason instanceof Fault
          ? signal.reason
          : new Fault('TIMEOUT', 'The call was ended.'),
      );
    if (signal?.aborted) leave();
    signal?.addEventListener('abort', leave, { once: true });
    from.calls++;
    let whole = false;
    try {
      const result = await Promise.race([work(session), ended]);
      whole = true;
      return result;
    } catch (error) {
      // The bookmark may be one that the database waits for in vain: it was restored from a copy, say.
      if (!signal?.aborted) this.revision.lost();
      throw asFault(error, deadline, from.full);
    } finally {
      from.calls--;
      clearTimeout(timer);
      signal?.removeEventListener('abort', leave);
      from.leave(session, whole);
    }
  }
}

/**
 * The rows of a result. They are taken out of it: the driver's dead objects point at each other from request to
 * request, so that what hangs on them outlives the collection of young objects, which took a third of the CPU where
 * answers are large.
 */
async function rowsOf(result: Result): Promise<unknown[]> {
  const { records } = await result.catch((error: unknown) => {
    throw readable(error);
  });
  const rows = records.map((record) => record.get(0) as unknown);
  records.length = 0;
  // What is no list of values reads as one without any.
  if (rows.includes(undefined)) throw unread(new Error('A record holds no value.'));
  return rows;
}

/** The error, where the database or the driver says by a code what went wrong; {@link unread} otherwise. */
const readable = (error: unknown): unknown =>
  typeof (error as { code?: unknown }).code === 'string' ? error : unread(error);

/** That what the database sent made no sense: the driver stumbles over it, as over a fault of its own. */
const unread = (cause: unknown): Error =>
  Object.assign(new Error('What was sent cannot be read.', { cause }), { code: 'ProtocolError' });

const DEADLINE = 4_000;
