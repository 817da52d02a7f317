import { Client, type Dispatcher } from 'undici';

/** Where a request goes, and with which body. */
export interface Shot {
  readonly path: string;
  readonly body: string;
}

export interface Load {
  readonly requests: number;
  readonly seconds: number;
  /** Milliseconds of each request, sorted. */
  readonly latencies: Float64Array;
  /** Answers that were no 200, or did not begin as an answer with data does. */
  readonly bad: number;
}

/**
 * Sends requests from so many clients, each of which waits for its answer before it asks again. Shots are taken in
 * turn by whoever is free, so that no two in flight are the same as long as there are more of them than clients.
 *
 * It is a loop of our own over undici's lowest layer, which takes 14 microseconds of CPU a request here, as autocannon
 * does (12): but autocannon keeps whole milliseconds only, so that an answer from a cache has a median of 0, and it
 * cannot take each request of a mix from a list and look at each answer.
 * @param again whether the shots begin again when they are all sent
 */
export async function drive(
  origin: string,
  shots: readonly Shot[],
  clients: number,
  seconds: number,
  again = true,
): Promise<Load> {
  const latencies: number[] = [];
  let next = 0;
  let bad = 0;
  const start = performance.now();
  const until = start + seconds * 1_000;
  const connections = Array.from(
    { length: clients },
    () => new Client(origin, { pipelining: 1, headersTimeout: 30_000, bodyTimeout: 30_000 }),
  );
  await Promise.all(
    connections.map(async (client) => {
      while (performance.now() < until) {
        if (!again && next >= shots.length) break;
        const shot = shots[next++ % shots.length] as Shot;
        const from = performance.now();
        const fine = await send(client, shot);
        latencies.push(performance.now() - from);
        if (!fine) bad++;
      }
    }),
  );
  const end = performance.now();
  await Promise.all(connections.map((client) => client.destroy()));
  return {
    requests: latencies.length,
    seconds: (end - start) / 1_000,
    latencies: Float64Array.from(latencies).sort(),
    bad,
  };
}

const headers = { 'content-type': 'application/json' };
const begins = Buffer.from('{"data":');

/** Whether the answer is a 200 whose body begins with data. */
function send(client: Dispatcher, { path, body }: Shot): Promise<boolean> {
  return new Promise((resolve) => {
    let fine = false;
    let looked = false;
    const handler: Dispatcher.DispatchHandler = {
      onRequestStart() {},
      onResponseStart(_controller, status) {
        fine = status === 200;
      },
      onResponseData(_controller, chunk) {
        if (looked) return;
        looked = true;
        fine = fine && chunk.subarray(0, begins.length).equals(begins);
      },
      onResponseEnd() {
        resolve(fine && looked);
      },
      onResponseError() {
        resolve(false);
      },
    };
    client.dispatch({ method: 'POST', path, headers, body }, handler);
  });
}

/** One request, for its answer. */
export async function ask(
  origin: string,
  { path, body }: Shot,
): Promise<{ status: number; text: string }> {
  const response = await fetch(origin + path, { method: 'POST', headers, body });
  return { status: response.status, text: await response.text() };
}
