import { connect } from 'node:net';
import { getIntrospectionQuery } from 'graphql';
import { times, type Hostile, type Refused } from './hostile';

/** Writes bytes to the server as they are; gives the status of what comes back, 0 where it only hangs up. */
export function raw(url: string, bytes: string | readonly string[], every = 0): Promise<Refused> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    let answer = '';
    const parts = typeof bytes === 'string' ? [bytes] : [...bytes];
    const timer = setInterval(() => {
      const part = parts.shift();
      if (part !== undefined && socket.writable) socket.write(part, 'latin1');
    }, every || 1);
    socket.on('data', (data) => {
      answer += data.toString();
      socket.end();
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      clearInterval(timer);
      resolve({
        status: Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0),
        code: /"code":"(\w+)"/.exec(answer)?.[1],
      });
    });
  });
}

/** Milliseconds between two sips of a reader who takes his time. */
const pause = 1_000;

/** Reads answers a little at a time; gives status 0 where the server hangs up before they are read, else 200. */
function sip(url: string, sent: string): Promise<Refused> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    socket.write(sent);
    socket.on('data', () => {
      socket.pause();
      setTimeout(() => socket.resume(), pause);
    });
    socket.on('error', () => {});
    socket.on('close', (cut) => resolve({ status: cut ? 0 : 200 }));
  });
}

const head = (...lines: readonly string[]): string =>
  ['POST /graphql HTTP/1.1', 'Host: x', 'Content-Type: application/json', ...lines, '', ''].join(
    '\r\n',
  );

const bytes = (name: string, sent: string, status: number, code?: string): Hostile => ({
  name,
  status,
  code,
  send: (url) => raw(url, sent),
});

const input = 'BAD_USER_INPUT';
const address = `/graphql?query=${encodeURIComponent('{ companies { totalCount } }')}`;

/** Requests that no client would write. */
export const sockets: readonly Hostile[] = [
  bytes(
    'two lengths of one body',
    `${head('Content-Length: 2', 'Content-Length: 20')}{}`,
    400,
    input,
  ),
  bytes(
    'a length and chunks',
    `${head('Content-Length: 4', 'Transfer-Encoding: chunked')}0\r\n\r\n`,
    400,
    input,
  ),
  bytes(
    'chunks that are not the last encoding',
    `${head('Transfer-Encoding: chunked, identity')}0\r\n\r\n`,
    400,
    input,
  ),
  bytes('a length below nothing', head('Content-Length: -1'), 400, input),
  bytes('a length in letters', head('Content-Length: 0x10'), 400, input),
  bytes(
    'a head of lines folded',
    head('X-A: a', ' b').replace('X-A: a\r\n b', 'X-A\r\n: b'),
    400,
    input,
  ),
  bytes('NUL in the head', head('X-A: a\0b'), 400, input),
  bytes('5,000 lines in the head', head(...times(5_000, (i) => `x${i}: 1`)), 431, 'LIMIT_EXCEEDED'),
  bytes('20 KB in one line of the head', head(`X-A: ${'a'.repeat(20_000)}`), 431, 'LIMIT_EXCEEDED'),
  bytes('no HTTP', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n', 400, input),
  bytes('no host', 'GET /graphql HTTP/1.1\r\n\r\n', 400),
  bytes('no host in HTTP/1.0', `GET ${address} HTTP/1.0\r\n\r\n`, 400, input),
  bytes('a host that can be none', `GET ${address} HTTP/1.1\r\nHost: a b\r\n\r\n`, 400, input),
  bytes(
    'a host that can be none, in the address',
    'GET http://:99999/graphql HTTP/1.1\r\nHost: x\r\n\r\n',
    400,
    input,
  ),
  bytes(
    'an address that cannot be decoded',
    'GET /graphql%ff HTTP/1.1\r\nHost: x\r\n\r\n',
    400,
    input,
  ),
  bytes(
    '50 KB beside a chunk',
    `${head('Transfer-Encoding: chunked')}1;${'a'.repeat(50_000)}\r\n{\r\n0\r\n\r\n`,
    413,
    'LIMIT_EXCEEDED',
  ),
  bytes(
    'a chunk longer than numbers go',
    `${head('Transfer-Encoding: chunked')}ffffffffffffffffff\r\n{\r\n0\r\n\r\n`,
    400,
    input,
  ),
  bytes('a space before the colon', `${head('Transfer-Encoding : chunked')}0\r\n\r\n`, 400, input),
  bytes('the beginning of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400, input),
  bytes('a line feed for the end of a line', 'GET /livez HTTP/1.1\nHost: x\n\n', 400, input),
  bytes(
    '200 KB in chunks',
    `${head('Transfer-Encoding: chunked')}${'7d00\r\n'.concat('x'.repeat(32_000), '\r\n').repeat(7)}0\r\n\r\n`,
    413,
    'LIMIT_EXCEEDED',
  ),
];

/** Twenty megabytes of answers. */
const schemas = times(40, (index) => {
  const query = getIntrospectionQuery({ descriptions: false });
  const body = JSON.stringify({ query });
  const last = index === 39 ? ['Connection: close'] : [];
  return `${head(`Content-Length: ${body.length}`, ...last)}${body}`;
}).join('');

/** Requests that take their time, or whose answers are not taken; they are told so, or cut off, after seconds. */
export const slow: readonly Hostile[] = [
  {
    name: 'a head that comes letter by letter',
    status: 408,
    code: 'TIMEOUT',
    send: (url) => raw(url, [...head('X-A: b').slice(0, 60)], 250),
  },
  {
    name: 'a body that comes letter by letter',
    status: 408,
    code: 'TIMEOUT',
    send: (url) => raw(url, [head('Content-Length: 100'), ...times(99, () => ' ')], 250),
  },
  { name: 'answers that are read sip by sip', status: 0, send: (url) => sip(url, schemas) },
];
