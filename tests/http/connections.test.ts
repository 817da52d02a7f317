import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { raw } from '../support/hostile/sockets';
import { graph, serving } from '../support/serving';

afterAll(() => graph.close());

const livez = 'GET /livez HTTP/1.1\r\nHost: x\r\n\r\n';
const half = 'GET /livez HTTP/1.1\r\nHost: x\r\n';
const never = 600_000;

test('more connections than there may be are closed as they come, and there is room again when one leaves', async () => {
  await serving({ maxConnections: 2 }, async (url) => {
    const { hostname, port } = new URL(url);
    const come = async (): Promise<Socket> => {
      const socket = connect(Number(port), hostname).on('error', () => {});
      await once(socket, 'connect');
      socket.write(livez);
      return socket;
    };
    /** Whether it is answered; else the server hangs up. */
    const answered = (socket: Socket): Promise<boolean> =>
      Promise.race([
        once(socket, 'data').then(() => true),
        once(socket, 'close').then(() => false),
      ]);
    const [first, second] = [await come(), await come()];
    expect(await Promise.all([first, second].map(answered))).toEqual([true, true]);
    expect(await answered(await come())).toBe(false);
    first.destroy();
    let room = false;
    for (let at = 0; at < 100 && !room; at++) {
      const third = await come();
      room = await answered(third);
      third.destroy();
    }
    expect(room).toBe(true);
    second.destroy();
  });
});

test('how long a head may be, how long it may take and how long a connection may stand still can be set', async () => {
  const long = `${half}X-A: ${'a'.repeat(20_000)}\r\n\r\n`;
  const status = (settings: Parameters<typeof serving>[0], sent: string): Promise<number> =>
    serving(settings, async (url) => (await raw(url, sent)).status);
  expect(await status({}, long)).toBe(431);
  expect(await status({ maxHead: 32_000 }, long)).toBe(200);
  // Whichever time is over first tells which one it was: one that stands still is not answered.
  expect(await status({ headDeadline: 500, idleDeadline: never }, half)).toBe(408);
  expect(
    await status({ headDeadline: never, requestDeadline: never, idleDeadline: 500 }, half),
  ).toBe(0);
});
