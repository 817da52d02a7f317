import type { Socket } from 'node:net';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Fault, type Code } from '../errors';
import { openAccount } from './account';
import { tell } from './faults';
import { refusal } from './limits/refusal';
import type { Log } from './log';
import { securityHeaders } from './security-headers';
import { step } from './step';
import type { Token } from './token';

/**
 * Refuses a request whose address is none together with the host that it names: one without a host, as HTTP/1.0 allows,
 * has none. Whoever reads the parameters of the address would stumble over it.
 */
export function refuseMisaddressed(app: FastifyInstance): void {
  step(app, 'onRequest', ({ url, protocol, hostname }) => {
    if (!URL.canParse(url, `${protocol}://${hostname}/`))
      throw refusal('BAD_USER_INPUT', 400, 'The request names no host, or none that can be one.');
  });
}

/** Answers an address that cannot be decoded, which reaches no hook, like any other fault. */
export function undecodable(tokens: readonly Token[], log: Log) {
  return (_error: FastifyError, request: FastifyRequest, reply: FastifyReply): void => {
    openAccount(request, reply, tokens, log);
    void reply.headers(securityHeaders);
    tell(request, reply, new Fault('BAD_USER_INPUT', 'The address cannot be decoded.'), 400);
  };
}

/** What Node finds wrong with the bytes of a request, as it is told; anything else is no HTTP. */
const told: Readonly<Record<string, readonly [status: string, code: Code, message: string]>> = {
  HPE_HEADER_OVERFLOW: [
    '431 Request Header Fields Too Large',
    'LIMIT_EXCEEDED',
    'The head of the request is longer than it may be.',
  ],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [
    '413 Payload Too Large',
    'LIMIT_EXCEEDED',
    'What is written beside the chunks of the body is longer than it may be.',
  ],
  ERR_HTTP_REQUEST_TIMEOUT: [
    '408 Request Timeout',
    'TIMEOUT',
    'The request took too long to come in.',
  ],
};

/** Answers bytes that are no request, and hangs up. */
export function answerUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const [status, code, message] = told[error.code ?? ''] ?? [
    '400 Bad Request',
    'BAD_USER_INPUT',
    'This is no request of HTTP.',
  ];
  const body = JSON.stringify({ errors: [{ message, extensions: { code } }] });
  if (socket.writable)
    socket.write(
      `HTTP/1.1 ${status}\r\nContent-Length: ${body.length}\r\nContent-Type: application/json; charset=utf-8\r\nConnection: close\r\n\r\n${body}`,
    );
  socket.destroySoon();
}
