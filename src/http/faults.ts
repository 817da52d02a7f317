import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { HTTPGraphQLHead } from '@apollo/server';
import { Fault, type Code } from '../errors';
import { tooMuch } from './limits/refusal';
import type { Limits } from './limits/table';
import type { Log } from './log';

/** Answers what never reaches Apollo Server in the same form: `errors` with a message and a code. */
export function tellFaults(app: FastifyInstance, limits: Limits, log: Log): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const fault = error instanceof Fault ? error : asFault(error, request, limits, log);
    return tell(request, reply, fault, error.statusCode);
  });
  app.setNotFoundHandler((request, reply) =>
    tell(
      request,
      reply,
      new Fault('BAD_USER_INPUT', `There is nothing at "${request.url.slice(0, 80)}".`),
      404,
    ),
  );
}

/** The media type of errors: which kind of JSON is asked for. */
export function jsonFor({ accept = '' }: IncomingHttpHeaders): string {
  const type = accept.includes('application/graphql-response+json')
    ? 'application/graphql-response+json'
    : 'application/json';
  return `${type}; charset=utf-8`;
}

/** Answers with a fault, in the media type that is asked for. */
export function tell(
  { headers }: FastifyRequest,
  reply: FastifyReply,
  fault: Fault,
  otherwise = 500,
): FastifyReply {
  const { http, ...extensions } = fault.extensions as { http?: HTTPGraphQLHead; code: Code };
  for (const [name, value] of http?.headers ?? []) void reply.header(name, value);
  return reply
    .code(http?.status ?? otherwise)
    .type(jsonFor(headers))
    .send(JSON.stringify({ errors: [{ message: fault.message, extensions }] }));
}

/** What the web server found wrong with a request; anything else is ours, masked and logged. */
function asFault(error: FastifyError, request: FastifyRequest, limits: Limits, log: Log): Fault {
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return tooMuch(
      'Bytes of the request',
      Number(request.headers['content-length'] ?? limits.maxBody + 1),
      limits.maxBody,
      413,
    );
  if (error.code === 'FST_ERR_CTP_INVALID_JSON_BODY')
    return new Fault('BAD_USER_INPUT', 'Invalid JSON: the body cannot be read.');
  if (error.statusCode && error.statusCode < 500)
    return new Fault('BAD_USER_INPUT', `The request cannot be read: ${error.message}.`);
  const { id } = request.account;
  log('fault', { id, message: error.message, cause: error.stack });
  return new Fault('INTERNAL', 'Something went wrong on our side.', { id });
}
