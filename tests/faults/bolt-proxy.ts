import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** Messages of the Bolt protocol by the tag that follows their structure's marker. */
export const tags = {
  HELLO: 0x01,
  LOGON: 0x6a,
  RESET: 0x0f,
  RUN: 0x10,
  BEGIN: 0x11,
  COMMIT: 0x12,
  ROLLBACK: 0x13,
  PULL: 0x3f,
  SUCCESS: 0x70,
  RECORD: 0x71,
  IGNORED: 0x7e,
  FAILURE: 0x7f,
  GOODBYE: 0x02,
} as const;
export type Tag = keyof typeof tags;
const names = new Map<number, Tag>(
  Object.entries(tags).map(([name, tag]) => [tag, name as Tag] as const),
);

/** A message on its way: who sent it, what it is, and what the last request before it was. */
export interface Passing {
  readonly from: 'client' | 'server';
  readonly tag: Tag | 'OTHER';
  /** The client's request that a server's message answers: requests are sent without waiting. */
  readonly answers: Tag | 'OTHER';
  /** How many messages have passed over all connections, this one included. */
  readonly count: number;
}

/** What is done to a message: `pass` it, `cut` the connection before it, `hold` it for ever, or send other bytes. */
export type Verdict = 'pass' | 'cut' | 'hold' | Buffer;

/**
 * Splits a direction of a Bolt connection into messages. A message is chunks of two bytes of length and that many bytes,
 * ended by an empty chunk (Bolt protocol, "Chunking"); empty chunks alone keep a connection alive.
 * @param preamble bytes of the handshake, which are no messages
 */
class Splitter {
  #waiting: Buffer = Buffer.alloc(0);
  #preamble: number;

  constructor(preamble: number) {
    this.#preamble = preamble;
  }

  /** The whole messages (and the handshake) that `data` completes, each as it was sent. */
  push(data: Buffer): { readonly bytes: Buffer; readonly tag: Tag | 'OTHER' | null }[] {
    this.#waiting = Buffer.concat([this.#waiting, data]);
    const whole: { bytes: Buffer; tag: Tag | 'OTHER' | null }[] = [];
    if (this.#preamble) {
      if (this.#waiting.length < this.#preamble) return [];
      whole.push({ bytes: this.#take(this.#preamble), tag: null });
      this.#preamble = 0;
    }
    for (let end = this.#end(); end; end = this.#end()) {
      const bytes = this.#take(end);
      whole.push({
        bytes,
        tag: bytes.length > 3 ? (names.get(bytes[3] as number) ?? 'OTHER') : null,
      });
    }
    return whole;
  }

  #take(length: number): Buffer {
    const taken = this.#waiting.subarray(0, length);
    this.#waiting = this.#waiting.subarray(length);
    return taken;
  }

  /** Where the first message ends; 0 where it is not whole yet. */
  #end(): number {
    for (let at = 0; at + 2 <= this.#waiting.length;) {
      const length = this.#waiting.readUInt16BE(at);
      at += 2 + length;
      if (length === 0) return at;
    }
    return 0;
  }
}

/**
 * The handshake without the offer to negotiate by a manifest (Bolt 5.7), so that it always is 20 bytes there and 4 back.
 */
function withoutManifest(bytes: Buffer): Buffer {
  const at = bytes.length === 20 ? bytes.indexOf(Buffer.from([0x00, 0x00, 0x01, 0xff])) : -1;
  if (at < 0) return bytes;
  return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 4), Buffer.alloc(4)]);
}

/** A proxy that stands between the driver and Neo4j, and does to each message what it is told to. */
export class BoltProxy {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #count = 0;
  /** Decides on each message; all pass until it is set. */
  verdict: (message: Passing) => Verdict | Promise<Verdict> = () => 'pass';
  /** Milliseconds by which each message of the server is late. */
  delay = 0;

  private constructor(
    server: Server,
    readonly port: number,
  ) {
    this.#server = server;
  }

  /** @param to where Neo4j listens: `bolt://127.0.0.1:7687` */
  static async open(to: string): Promise<BoltProxy> {
    const { hostname, port } = new URL(to);
    const server = createServer({ noDelay: true });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const proxy = new BoltProxy(server, (server.address() as AddressInfo).port);
    server.on('connection', (client) => proxy.#join(client, hostname, Number(port)));
    return proxy;
  }

  get uri(): string {
    return `bolt://127.0.0.1:${this.port}`;
  }

  #join(client: Socket, host: string, port: number): void {
    const server = connect({ host, port, noDelay: true });
    const asked: (Tag | 'OTHER')[] = [];
    const end = (): void => {
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) {
      this.#sockets.add(socket);
      socket.on('error', end).on('close', () => {
        this.#sockets.delete(socket);
        end();
      });
    }
    const pipe = (
      from: 'client' | 'server',
      source: Socket,
      sink: Socket,
      preamble: number,
    ): void => {
      const splitter = new Splitter(preamble);
      let order = Promise.resolve();
      let held = false;
      source.on('data', (data: Buffer) => {
        const came = performance.now();
        for (const { bytes, tag } of splitter.push(data))
          order = order.then(async () => {
            if (held) return;
            if (tag === null) return void sink.write(withoutManifest(bytes));
            if (from === 'client' && tag !== 'GOODBYE') asked.push(tag);
            const answers = asked[0] ?? 'OTHER';
            if (from === 'server' && tag !== 'RECORD') asked.shift();
            if (from === 'server' && this.delay) await wait(came + this.delay - performance.now());
            const message = { from, tag, answers, count: ++this.#count };
            const verdict = await this.verdict(message);
            if (verdict === 'cut') end();
            else if (verdict === 'hold') held = true;
            else if (!sink.destroyed) sink.write(verdict === 'pass' ? bytes : verdict);
          });
      });
    };
    pipe('client', client, server, 20);
    pipe('server', server, client, 4);
  }

  /** Ends all connections; new ones are taken. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Lets everything pass again. */
  mend(): void {
    this.verdict = () => 'pass';
    this.delay = 0;
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
