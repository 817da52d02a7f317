import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import fastify, { type FastifyInstance } from 'fastify';
import { defaults } from '../../src/config';
import { tellFaults } from '../../src/http/faults';
import { letIn } from '../../src/http/limits/newcomers';

const ask = 'GET / HTTP/1.1\r\nHost: here\r\n\r\n';

/** Requests that may wait. */
const most = 250;
const sockets: Socket[] = [];
let app: FastifyInstance;
beforeEach(() => {
  app = fastify();
  tellFaults(app, defaults, () => {});
  letIn(app, most);
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await app.close();
});

const come = async (): Promise<Socket> => {
  const { port } = app.server.address() as AddressInfo;
  const socket = connect(port, '127.0.0.1');
  sockets.push(socket);
  await once(socket, 'connect');
  return socket;
};

test('who comes while hundreds ask without end is let in before they have asked many times more', async () => {
  let answered = 0;
  app.get('/', () => `${++answered}`);
  await app.listen({ host: '127.0.0.1', port: 0 });
  const regulars = await Promise.all(Array.from({ length: 200 }, come));
  for (const regular of regulars) {
    regular.on('data', () => regular.write(ask));
    regular.write(ask);
  }
  while (answered < 1_000) await once(regulars[0] as Socket, 'data');
  const before = answered;
  await Promise.all(
    Array.from({ length: 20 }, async () => {
      const newcomer = await come();
      newcomer.write(ask);
      await once(newcomer, 'data');
    }),
  );
  // One in a turn that answers all 200 would see 2,000 answers and more.
  expect(answered - before).toBeLessThan(1_000);
  expect(answered - before).toBeGreaterThanOrEqual(20);
});

test('who goes before his turn is not taken up', async () => {
  const taken: boolean[] = [];
  app.addHook('onRequest', (_request, { raw }, done) => {
    taken.push(raw.closed || Boolean(raw.socket?.destroyed));
    done();
  });
  app.get('/', () => 'well');
  await app.listen({ host: '127.0.0.1', port: 0 });
  // All come at once, ask, and every other one goes at once.
  const all = await Promise.all(Array.from({ length: 100 }, come));
  for (const socket of all) socket.write(ask);
  for (const [at, socket] of all.entries()) if (at % 2) socket.resetAndDestroy();
  await Promise.all(all.filter((_, at) => at % 2 === 0).map((socket) => once(socket, 'data')));
  expect(taken.length).toBeGreaterThanOrEqual(50);
  expect(taken.filter(Boolean)).toEqual([]);
});

test('who sends requests without end while others come is told to come again, once many wait', async () => {
  app.get('/', () => 'well');
  await app.listen({ host: '127.0.0.1', port: 0 });
  const sent = 2 * most;
  let text = '';
  const greedy = await come();
  greedy.on('data', (part: Buffer) => (text += part.toString()));
  // These are let in one in a turn, which takes up few requests meanwhile.
  await Promise.all(Array.from({ length: 100 }, come));
  greedy.write(ask.repeat(sent));
  const statuses = () => [...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status);
  while (statuses().length < sent) await once(greedy, 'data');
  const refused = statuses().filter((status) => status === '503');
  expect(refused.length).toBeGreaterThan(0);
  expect(text.match(/retry-after: 1/g)).toHaveLength(refused.length);
  expect(statuses().filter((status) => status === '200')).toHaveLength(sent - refused.length);
  expect(sent - refused.length).toBeGreaterThanOrEqual(most);
});
