import type { RedisClientType } from '@redis/client';
import type { Log } from '../log';
import type { Kept } from './answers';

/** Milliseconds that an answer may wait for the store; a store that was late is left alone for the pause. */
const patience = 50;
const pause = 1_000;
/** Seconds that an answer stays in the store; a newer revision is another name. */
const stay = 3_600;

/** What the store keeps of an answer: a line that describes it, and its bytes. */
type Described = Pick<Kept, 'type' | 'at' | 'operation' | 'cost'>;

/**
 * Answers shared between servers of one graph, in Redis or Valkey, by address: revision, document and all. A store that
 * is down, slow or full costs the answers that it would have given, and never more than {@link patience}.
 */
export class SharedAnswers {
  #client: RedisClientType | undefined;
  #pausedUntil = 0;

  /** @param most bytes of one answer at the most */
  constructor(
    readonly url: string,
    readonly most: number,
    readonly log: Log,
  ) {}

  /** Begins to connect, and goes on trying; nothing waits for it. */
  async open(): Promise<void> {
    // Loaded only where it is used: the client has hundreds of files.
    const { createClient } = await import('@redis/client');
    const client = createClient({
      url: this.url,
      disableOfflineQueue: true,
      commandsQueueMaxLength: 1_000,
      socket: {
        connectTimeout: 2_000,
        reconnectStrategy: (retries) => Math.min(100 * 2 ** retries, 5_000),
      },
    }) as RedisClientType;
    let told = false;
    client.on('error', ({ message }: Error) => {
      // Once for each outage, not for each try.
      if (!told) this.log('shared-cache-lost', { message });
      told = true;
    });
    client.on('ready', () => {
      told = false;
      this.#pausedUntil = 0;
    });
    this.#client = client;
    client.connect().catch(() => {});
  }

  get ready(): boolean {
    return this.#client?.isReady === true && performance.now() >= this.#pausedUntil;
  }

  async get(address: string, revision: string): Promise<Kept | undefined> {
    if (!this.ready) return undefined;
    const { RESP_TYPES } = await import('@redis/client');
    const binary = this.#client?.withTypeMapping({ [RESP_TYPES.BLOB_STRING]: Buffer });
    const found = await this.#inTime(binary?.get(name(address)));
    return found ? opened(found, address, revision) : undefined;
  }

  set({ address, type, at, operation, cost, body }: Kept): void {
    if (!this.ready || body.length > this.most) return;
    const line = `${JSON.stringify({ type, at, operation, cost } satisfies Described)}\n`;
    const value = Buffer.concat([Buffer.from(line), body]);
    void this.#inTime(this.#client?.set(name(address), value, { EX: stay }));
  }

  close(): void {
    this.#client?.destroy();
  }

  async #inTime<T>(reply: Promise<T> | undefined): Promise<T | undefined> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => {
        this.#pausedUntil = performance.now() + pause;
        resolve(undefined);
      }, patience);
    });
    try {
      return await Promise.race([reply, late]);
    } catch {
      return undefined;
    } finally {
      clearTimeout(timer);
    }
  }
}

function name(address: string): string {
  return `yuntu:answer:${address}`;
}

function opened(value: Buffer, address: string, revision: string): Kept | undefined {
  const end = value.indexOf('\n');
  try {
    const described = JSON.parse(value.toString('utf8', 0, end)) as Described;
    return { ...described, revision, address, body: value.subarray(end + 1) };
  } catch {
    return undefined;
  }
}
