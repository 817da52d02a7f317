import { connect as dial, createServer, type Socket } from 'node:net';

/** A relay in front of Neo4j that counts the statements which pass. */
export interface Relay {
  readonly uri: string;
  statements: number;
  close(): void;
}

/** The signature of Bolt's RUN message: one statement. */
const run = 0x10;

/** Opens a relay; it looks at what goes to Neo4j, whoever sends it, so no contestant counts for itself. */
export async function relay(target: string): Promise<Relay> {
  const port = Number(new URL(target).port);
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (client) => {
    const database = dial({ port, host: '127.0.0.1', noDelay: true });
    const messages = new Messages((signature) => {
      if (signature === run) counter.statements++;
    });
    client.on('data', (chunk: Buffer) => messages.take(chunk));
    client.pipe(database).pipe(client);
    for (const socket of [client, database]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const counter: Relay = {
    uri: `bolt://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    statements: 0,
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
  return counter;
}

/**
 * Finds the messages in what a driver sends: after a handshake of 20 bytes, chunks of a length of two bytes and so many
 * bytes; a chunk of length 0 ends a message. A message is a structure: a byte of its size, then its signature.
 */
class Messages {
  #rest: Buffer = Buffer.alloc(0);
  #greeted = false;
  #chosen = false;
  #inside = false;

  constructor(readonly tell: (signature: number) => void) {}

  take(bytes: Buffer): void {
    let all = this.#rest.length ? Buffer.concat([this.#rest, bytes]) : bytes;
    if (!this.#greeted) {
      if (all.length < 20) {
        this.#rest = all;
        return;
      }
      this.#greeted = true;
      all = all.subarray(20);
    }
    // A server that answers with the list of its versions is told the chosen one: four bytes and one of capabilities.
    if (!this.#chosen) {
      if (all.length < 5) {
        this.#rest = all;
        return;
      }
      this.#chosen = true;
      if (all.readUInt16BE(0) === 0) all = all.subarray(5);
    }
    while (all.length >= 2) {
      const length = all.readUInt16BE(0);
      if (length === 0) {
        this.#inside = false;
        all = all.subarray(2);
        continue;
      }
      if (all.length < 2 + length) break;
      if (!this.#inside) this.tell(all[3] ?? -1);
      this.#inside = true;
      all = all.subarray(2 + length);
    }
    this.#rest = Buffer.from(all);
  }
}
