import type { FastifyReply, FastifyRequest } from 'fastify';
import { Fault } from '../errors';
import { whenOver } from './under-way';

/**
 * Fires when the caller goes away before the answer is out, or the deadline passes, which begins when the request has
 * come in whole. One for each request, however often it is asked for.
 * @param deadline milliseconds
 */
export function signalOf(
  request: FastifyRequest,
  reply: FastifyReply,
  deadline: number,
): AbortSignal {
  const { account } = request;
  if (account.signal) return account.signal;
  const gone = new AbortController();
  const { whole = account.began } = account;
  const timer = setTimeout(
    () => gone.abort(new Fault('TIMEOUT', `The answer took longer than ${deadline} ms.`)),
    Math.max(0, whole + deadline - performance.now()),
  );
  whenOver(request, reply, () => {
    clearTimeout(timer);
    if (!reply.raw.writableFinished) gone.abort(new Fault('TIMEOUT', 'The caller went away.'));
  });
  return (account.signal = gone.signal);
}
