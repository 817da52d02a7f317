import { subscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';

let done = false;

/**
 * Sends what is written to a socket at once. The driver writes a request in chunks of 1,400 bytes and never asks for
 * this, so that each longer request would wait some 40 ms for an acknowledgement (Nagle's algorithm).
 */
export function sendAtOnce(): void {
  if (done) return;
  done = true;
  subscribe('net.client.socket', (message) => {
    (message as { socket: Socket }).socket.setNoDelay(true);
  });
}
