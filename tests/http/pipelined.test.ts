import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { times } from '../support/hostile/hostile';
import { ask, graph, holding, serving, untilHeld } from '../support/serving';

afterAll(() => graph.close());

type Line = Readonly<Record<string, unknown>>;

async function come(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  return socket;
}

/** All that the server writes until it hangs up. */
async function answers(socket: Socket): Promise<string> {
  let text = '';
  socket.on('data', (part: Buffer) => (text += part.toString()));
  await once(socket, 'close');
  return text;
}

/** A question as it goes over the wire, each another one. */
function question(index: number, from: string): string {
  const body = JSON.stringify({ query: `{ trends { totalCount } a${index}: __typename }` });
  const head = [
    'POST /graphql HTTP/1.1',
    'Host: x',
    'Content-Type: application/json',
    `Content-Length: ${body.length}`,
    `X-Forwarded-For: ${from}`,
  ];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}

test('who sends as many requests as he may in one go and hangs up may send as many again', async () => {
  const from = '203.0.113.20';
  const lines: Line[] = [];
  await serving(
    { maxInFlight: 4, deadline: 30_000 },
    async (url) => {
      const socket = await come(url);
      socket.write(times(4, (index) => question(index, from)).join(''));
      expect(await untilHeld(4)).toBe(4);
      expect((await ask(url, { 'x-forwarded-for': from })).status).toBe(429);
      socket.resetAndDestroy();
      // Nobody waits for any of the answers.
      expect(await untilHeld(0)).toBe(0);
      const left = lines.filter((line) => line.left === true);
      expect(left).toHaveLength(4);
      expect(new Set(left.map(({ id }) => id)).size).toBe(4);

      const again = await come(url);
      again.write(times(4, (index) => question(index, from)).join(''));
      expect(await untilHeld(4)).toBe(4);
      again.resetAndDestroy();
      expect(await untilHeld(0)).toBe(0);
    },
    holding,
    (_event, line) => lines.push(line),
  );
});

test('what is no request behind one that is being answered is not answered in its place', async () => {
  await serving(
    { deadline: 30_000 },
    async (url) => {
      const socket = await come(url);
      const all = answers(socket);
      socket.write(question(0, '203.0.113.21'));
      expect(await untilHeld(1)).toBe(1);
      socket.write('this is no request\r\n\r\n');
      expect(await all).toBe('');
      expect(await untilHeld(0)).toBe(0);
    },
    holding,
  );
});

test('what is no request is answered with the headers of every answer, and has a line in the log', async () => {
  const lines: Line[] = [];
  await serving(
    {},
    async (url) => {
      const socket = await come(url);
      const all = answers(socket);
      socket.write('this is no request\r\n\r\n');
      const [head = '', body = ''] = (await all).split('\r\n\r\n');
      expect(head).toMatch(/^HTTP\/1\.1 400 /);
      expect(head).toMatch(/^content-security-policy: default-src 'none'/m);
      expect(head).toMatch(/^x-content-type-options: nosniff$/m);
      const id = /^x-request-id: (\S+)$/m.exec(head)?.[1];
      expect(JSON.parse(body)).toMatchObject({
        errors: [{ extensions: { code: 'BAD_USER_INPUT' } }],
      });
      expect(lines).toEqual([{ id, status: 400, why: expect.stringMatching(/^HPE_/) as string }]);
    },
    graph,
    (_event, line) => lines.push(line),
  );
});
