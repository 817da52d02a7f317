import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config';
import { Fault, type Code } from '../errors';
import { openAccount } from './account';
import { tell } from './faults';
import { refusal } from './limits/refusal';
import { hurry } from './limits/slow-readers';
import type { Log } from './log';
import { securityHeaders } from './security-headers';
import { step } from './step';
import { underWayOn } from './under-way';

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
export function undecodable({ tokens, sendDeadline }: Config, log: Log) {
  return (_error: FastifyError, request: FastifyRequest, reply: FastifyReply): void => {
    openAccount(request, reply, tokens, log);
    hurry(request, reply, sendDeadline);
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

/**
 * Answers bytes that are no request, and hangs up. Where they stand behind requests that are under way, whatever is
 * written would be taken for the answer to one of those, or stand in the midst of it: then it only hangs up.
 */
export function answerUnreadable(log: Log) {
  return (error: NodeJS.ErrnoException, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || !socket.writable) return;
    const [first, ...others] = underWayOn(socket);
    const coming = [first, ...others].find((each) => each?.request.complete === false);
    const alone = !first || (first === coming && !others.length && !first.response.headersSent);
    const [status, code, message] = told[error.code ?? ''] ?? [
      '400 Bad Request',
      'BAD_USER_INPUT',
      'This is no request of HTTP.',
    ];
    const id = randomUUID();
    const number = alone ? parseInt(status) : undefined;
    // A request whose head could be read has a line in the log when it is over.
    if (!coming) log('request', { id, status: number, why: error.code });
    else if (number) coming.response.statusCode = number;
    if (alone) {
      const body = JSON.stringify({ errors: [{ message, extensions: { code } }] });
      const headers = {
        'content-length': body.length,
        'content-type': 'application/json; charset=utf-8',
        connection: 'close',
        ...(coming ? {} : { 'x-request-id': id }),
        ...securityHeaders,
      };
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
      socket.write(`HTTP/1.1 ${[status, ...lines].join('\r\n')}\r\n\r\n${body}`);
    }
    socket.destroySoon();
  };
}
