import { subscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';

let done = false;

/** Marks a socket that has been seen to: this module may be loaded more than once in a process. */
const seenTo = Symbol.for('yuntu.sendsAtOnce');

/**
 * Sends what is written to a socket at once and in one go. The driver writes a request in chunks of 1,400 bytes and
 * never asks for this, so that each longer request would wait some 40 ms for an acknowledgement (Nagle's algorithm), and
 * then be sent, and read, piece by piece.
 */
export function sendAtOnce(): void {
  if (done) return;
  done = true;
  subscribe('net.client.socket', (message) => {
    const { socket } = message as { socket: Socket & { [seenTo]?: true } };
    if (socket[seenTo]) return;
    socket[seenTo] = true;
    socket.setNoDelay(true);
    // As it connects, a socket takes back a write that is not its own.
    socket.once('connect', () => gather(socket));
  });
}

/** Holds what is written to a socket back until the work at hand is done. */
function gather(socket: Socket): void {
  const write = socket.write.bind(socket);
  let held = false;
  const release = (): void => {
    held = false;
    socket.uncork();
  };
  socket.write = ((...args: Parameters<typeof write>) => {
    if (!held) {
      held = true;
      socket.cork();
      process.nextTick(release);
    }
    return write(...args);
  }) as typeof socket.write;
}
