import { channel } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { Graph } from '../../src/graph/graph';

type Sender = Socket & Record<'_write' | '_writev', (...args: unknown[]) => void>;

test('a long request is sent in one go, not in the pieces that the driver cuts it into', async () => {
  let sent: number[] = [];
  const watch = (message: unknown): void => {
    const socket = (message as { socket: Sender }).socket;
    const { _write, _writev } = socket;
    socket._write = (...args) => {
      sent.push(1);
      _write.apply(socket, args);
    };
    socket._writev = (...args) => {
      sent.push((args[0] as unknown[]).length);
      _writev.apply(socket, args);
    };
  };
  channel('net.client.socket').subscribe(watch);
  const graph = new Graph({ uri: process.env.YUNTU_TEST_NEO4J_URI as string });
  try {
    await graph.ping();
    sent = [];
    const text = 'x'.repeat(20_000);
    expect((await graph.read('RETURN size($p.text) AS size', { text })).rows).toEqual([20_000]);
    const most = Math.max(...sent);
    // Nearly all pieces went together; what is sent beside them is short.
    expect(most).toBeGreaterThan(20_000 / 1_400);
    expect(sent.filter((pieces) => pieces < most).length).toBeLessThanOrEqual(3);
  } finally {
    channel('net.client.socket').unsubscribe(watch);
    await graph.close();
  }
});
