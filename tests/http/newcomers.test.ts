import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import fastify from 'fastify';
import { letIn } from '../../src/http/limits/newcomers';

const ask = 'GET / HTTP/1.1\r\nHost: here\r\n\r\n';

test('who comes while hundreds ask without end is let in before they have asked many times more', async () => {
  const app = fastify();
  letIn(app);
  let answered = 0;
  app.get('/', () => `${++answered}`);
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const sockets: Socket[] = [];
  const come = async (): Promise<Socket> => {
    const socket = connect(port, '127.0.0.1');
    sockets.push(socket);
    await once(socket, 'connect');
    return socket;
  };
  try {
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
  } finally {
    for (const socket of sockets) socket.destroy();
    await app.close();
  }
});
