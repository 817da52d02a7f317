import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** A request that has come and is not over. */
interface UnderWay {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** What is done when it is over. */
  readonly ends: (() => void)[];
}

const bySocket = new WeakMap<Socket, Map<ServerResponse, UnderWay>>();

/**
 * Does something once a request is over: its answer is out, or its connection is gone; at once where it is gone already.
 * Of several requests that came over one connection without waiting for each other, Node tells only the one whose answer
 * is being written that the connection is gone: the others would count as under way for ever.
 */
export function whenOver(
  { raw: request }: FastifyRequest,
  { raw: response }: FastifyReply,
  end: () => void,
): void {
  const { socket } = request;
  if (response.closed || socket.destroyed) return end();
  const here = requestsOn(socket);
  const known = here.get(response);
  if (known) {
    known.ends.push(end);
    return;
  }
  here.set(response, { request, response, ends: [end] });
  response.once('close', () => endOf(here, response));
}

/** The requests of a connection that are under way, in the order in which they came. */
export function underWayOn(socket: Socket): readonly UnderWay[] {
  return [...(bySocket.get(socket)?.values() ?? [])];
}

function requestsOn(socket: Socket): Map<ServerResponse, UnderWay> {
  const known = bySocket.get(socket);
  if (known) return known;
  const here = new Map<ServerResponse, UnderWay>();
  bySocket.set(socket, here);
  socket.once('close', () => {
    for (const response of here.keys()) endOf(here, response);
  });
  return here;
}

function endOf(here: Map<ServerResponse, UnderWay>, response: ServerResponse): void {
  const one = here.get(response);
  here.delete(response);
  for (const end of one?.ends ?? []) end();
}
