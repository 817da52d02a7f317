import autocannon from 'autocannon';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Pace } from './pace';
import { questions } from './questions';

export interface Load {
  /** Requests that were sent, a second; and those that were due, a second, where all clients still waited for answers. */
  readonly sent: number;
  readonly unsent: number;
  /** Answers with 200, a second. */
  readonly good: number;
  /** Milliseconds of the good answers. */
  readonly p50: number;
  readonly p99: number;
  /** Refusals with 503, a second; how many of them did not say when to come again; their 99th percentile in ms. */
  readonly refused: number;
  readonly mute: number;
  readonly refusal: number;
  /** Whatever else became of a request: other statuses, connections lost, no answer in ten seconds. */
  readonly bad: number;
  /** What that was. */
  readonly why: string;
}

export interface LoadOptions {
  readonly url: string;
  readonly clients: number;
  readonly seconds: number;
  /** Requests a second of all clients together, evenly; where it is left out, each asks again once he is answered. */
  readonly rate?: number;
}

/** Seconds in which clients are made and connect, which keeps the generator busy: they do not count. */
const settling = 1;

/** Sends a server mixed questions from many clients, and tells what came of them. */
export async function load({ url, clients, seconds, rate }: LoadOptions): Promise<Load> {
  const good: number[] = [];
  const refused: number[] = [];
  let mute = 0;
  const bad = new Map<string, number>();
  const note = (what: string, count = 1) => bad.set(what, (bad.get(what) ?? 0) + count);
  const requests = questions(600).map((body) => ({
    method: 'POST' as const,
    path: '/graphql',
    headers: { 'content-type': 'application/json' },
    body,
    onResponse: (status: number, _body: string, _context: object, headers?: object) => {
      if (status === 503 && !(headers && 'retry-after' in lower(headers))) mute++;
    },
  }));
  type Question = (typeof requests)[number];
  const pace = new Pace();
  let settled = Infinity;
  let answered = 0;
  const options: autocannon.Options = {
    url,
    connections: clients,
    duration: settling + seconds,
    requests: requests.slice(0, 1),
    // Each client asks some of them, so that not all ask the same at the same time; all of them for each of 500 clients
    // would keep the generator busy for seconds before it sends anything.
    setupClient: (client) => {
      const from = Math.floor(Math.random() * requests.length);
      client.setRequests(
        Array.from({ length: 24 }, (_, at) => requests[(from + at) % requests.length] as Question),
      );
      if (rate !== undefined) pace.add(client);
    },
  };
  const { errors, timeouts } = await new Promise<autocannon.Result>((resolve, reject) => {
    const running = autocannon(options, (error: unknown, result) =>
      error ? reject(new Error('The load could not be sent.', { cause: error })) : resolve(result),
    );
    setTimeout(() => {
      settled = performance.now();
      if (rate !== undefined) pace.begin(rate);
    }, 1_000 * settling);
    running.on('response', (_client, status, _bytes, milliseconds) => {
      if (settled === Infinity) return;
      answered++;
      if (status === 200) good.push(milliseconds);
      else if (status === 503) refused.push(milliseconds);
      else note(`status ${status}`);
    });
  });
  pace.end();
  // Autocannon ends when a second of its own is over.
  const took = (performance.now() - settled) / 1_000;
  if (timeouts) note('no answer', timeouts);
  if (errors > timeouts) note('connection lost', errors - timeouts);
  return {
    // Who asks again as soon as he is answered has sent what was answered.
    sent: (rate === undefined ? answered : pace.sent) / took,
    unsent: pace.unsent / took,
    good: good.length / took,
    p50: percentile(good, 0.5),
    p99: percentile(good, 0.99),
    refused: refused.length / took,
    mute,
    refusal: percentile(refused, 0.99),
    bad: [...bad.values()].reduce((sum, count) => sum + count, 0),
    why: [...bad].map(([what, count]) => `${count} x ${what}`).join(', '),
  };
}

/**
 * Has one caller more ask for so many seconds, in a process of his own: those who send the load wait for their own
 * process too.
 * @returns the 99th percentile of the milliseconds in which he was refused, and how often he was
 */
export async function caller(
  url: string,
  seconds: number,
): Promise<() => Promise<{ readonly refusal: number; readonly times: number }>> {
  const child = fork(join(__dirname, 'caller.ts'), [url, String(seconds)], {
    execArgv: ['-r', '@swc-node/register'],
  });
  await once(child, 'message');
  return async () => {
    child.send('begin');
    const [refused] = (await once(child, 'message')) as [number[]];
    return { refusal: percentile(refused, 0.99), times: refused.length };
  };
}

const lower = (headers: object): object =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value as unknown]),
  );

function percentile(values: number[], share: number): number {
  values.sort((one, other) => one - other);
  return values[Math.min(values.length - 1, Math.floor(share * values.length))] ?? 0;
}
