import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import neo4j, { type Driver, type QueryResult } from 'neo4j-driver';
import { subscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { bench } from './product';

/** The hand-written statement of that place: `floor/W1` is `cypher/floor/W1.cypher`. Remarks at its head are left out. */
export function statement(name: string): string {
  const text = readFileSync(join(bench, 'cypher', `${name}.cypher`), 'utf8');
  return text.replace(/^\/\/.*\n/gm, '').trim();
}

/**
 * The driver writes chunks of 1,400 bytes and leaves Nagle's algorithm on, which costs 40 ms for each longer
 * statement. The product mends it; so that a ratio is not about that alone, all contestants mend it in the same way.
 */
export function sendAtOnce(): void {
  subscribe('net.client.socket', (message) => {
    (message as { socket: Socket }).socket.setNoDelay(true);
  });
}

/** A driver set up as the product sets up its own. */
export function connect(uri: string): Driver {
  sendAtOnce();
  return neo4j.driver(uri, undefined, {
    disableLosslessIntegers: true,
    maxConnectionPoolSize: 50,
    telemetryDisabled: true,
  });
}

/** Reads with one auto-commit statement, which is the cheapest way of the driver; the first column of each row. */
export async function read<T>(driver: Driver, text: string, p: object = {}): Promise<T[]> {
  const session = driver.session({ database: 'neo4j', defaultAccessMode: neo4j.session.READ });
  try {
    const { records } = await session.run(text, { p });
    return records.map((record) => record.get(0) as T);
  } finally {
    void session.close();
  }
}

/** Runs a statement that writes, or a command. */
export async function write(driver: Driver, text: string, p: object = {}): Promise<QueryResult> {
  const session = driver.session({ database: 'neo4j' });
  try {
    return await session.run(text, { p });
  } finally {
    await session.close();
  }
}
