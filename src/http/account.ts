import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Request } from '../query/request';
import type { Result } from '../query/execute';
import type { Code } from '../errors';
import { callerOf, type Caller } from './limits/caller';
import type { Log } from './log';
import type { Passed } from './passed';
import { step } from './step';
import { noteCodes } from './told-codes';
import type { Token } from './token';
import { whenOver } from './under-way';

/** What is known of a request while it is answered, and logged when it has been. */
export interface Account {
  readonly id: string;
  readonly caller: Caller;
  readonly began: number;
  readonly headers: IncomingHttpHeaders;
  /** When the request had come in whole, on the clock of `began`. */
  whole?: number;
  /** Fires when the caller goes away or the deadline passes; made when something is first waited for. */
  signal?: AbortSignal;
  /** Its name, where the document gives one. */
  operation?: string;
  cost?: number;
  /** The codes of the errors that the answer tells. */
  codes?: readonly Code[];
  /** Whether the cost was taken from what the caller has left. */
  paid?: boolean;
  /** Whether it is to be answered as CSV. */
  csv?: boolean;
  /** What its statements shared. */
  request?: Request;
  /** What Apollo Server let through, once it has been answered without a fault. */
  passed?: Passed;
  /** What was found without Apollo Server, which is left to tell what is wrong with it. */
  result?: Result;
}

declare module 'fastify' {
  interface FastifyRequest {
    account: Account;
  }
}

/** Opens an account for every request, tells its id in `X-Request-Id`, and logs one line when the answer is out. */
export function keepAccounts(app: FastifyInstance, tokens: readonly Token[], log: Log): void {
  app.decorateRequest('account', null as unknown as Account);
  step(app, 'onRequest', (request, reply) => openAccount(request, reply, tokens, log));
  noteCodes(app);
}

/** Opens the account of one request: of one that no hook sees, too. */
export function openAccount(
  request: FastifyRequest,
  reply: FastifyReply,
  tokens: readonly Token[],
  log: Log,
): void {
  request.account = {
    id: randomUUID(),
    caller: callerOf(request, tokens),
    began: performance.now(),
    headers: request.headers,
  };
  void reply.header('x-request-id', request.account.id);
  whenOver(request, reply, () => log('request', line(request, reply.raw)));
}

function line(
  request: FastifyRequest,
  { statusCode, writableFinished }: { statusCode: number; writableFinished: boolean },
): Record<string, unknown> {
  const { standing } = request;
  const { id, caller, began, operation, cost, codes, request: read } = request.account;
  const hit = standing?.status === 'hit';
  return {
    id,
    method: request.method,
    path: request.url.split('?', 1)[0],
    status: statusCode,
    ...(writableFinished ? {} : { left: true }),
    ...(typeof caller.bearer === 'string' ? {} : { token: caller.bearer.name }),
    operation,
    cost,
    statements: hit ? 0 : read?.statements,
    revision: hit ? standing.revision : read && [...read.revisions].at(-1),
    codes: codes && [...new Set(codes)],
    ms: Math.round(performance.now() - began),
  };
}
