import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { load } from './load';

let server: Server;
let came = 0;
async function serve(answer: RequestListener): Promise<string> {
  came = 0;
  server = createServer((request, response) => {
    came++;
    request.resume();
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

test('what was due while all clients waited for answers was not sent, and is told', async () => {
  const url = await serve(() => {});
  const { sent, unsent, good } = await load({ url, clients: 3, seconds: 1, rate: 40 });
  expect({ came, good }).toEqual({ came: 3, good: 0 });
  expect(unsent).toBeGreaterThan(sent);
  expect(sent + unsent).toBeLessThanOrEqual(40);
});

test('what is sent is what comes, evenly by all clients', async () => {
  const ports = new Map<number | undefined, number>();
  const url = await serve(({ socket: { remotePort } }, response) => {
    ports.set(remotePort, (ports.get(remotePort) ?? 0) + 1);
    response.end('{}');
  });
  const { sent, good, bad } = await load({ url, clients: 4, seconds: 1, rate: 40 });
  expect({ bad, ports: ports.size }).toEqual({ bad: 0, ports: 4 });
  // But for those on their way at the end.
  expect(sent - good).toBeLessThanOrEqual(4);
  // Who is free soonest does not do it all.
  expect(Math.max(...ports.values())).toBeLessThan(came / 2);
});

test('whoever asks again as soon as he is answered leaves nothing unsent', async () => {
  const url = await serve((_request, response) => void response.end('{}'));
  const { sent, unsent, good } = await load({ url, clients: 2, seconds: 1 });
  expect(unsent).toBe(0);
  expect(sent).toBe(good);
  expect(good).toBeGreaterThan(0);
});
