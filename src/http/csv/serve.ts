import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Fault } from '../../errors';
import { csvOf } from '../../exchange/export/answer/table';
import { lastStep, step } from '../step';

/** Whether the answer to this request becomes CSV as it leaves. */
export function becomesCsv(request: FastifyRequest): boolean {
  return request.account.csv ?? false;
}

/** Whether CSV is asked for, and JSON not rather: by weight (`q`), then by which comes first. */
function wantsCsv(accept = ''): boolean {
  const [first] = accept
    .toLowerCase()
    .split(',')
    .map((each) => {
      const [type = '', ...parameters] = each.split(';').map((part) => part.trim());
      const weight = parameters.find((one) => one.startsWith('q='))?.slice(2);
      return { type, weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ type, weight }) => weight > 0 && /^text\/csv$|json$/.test(type))
    .sort((one, other) => other.weight - one.weight);
  return first?.type === 'text/csv';
}

/**
 * Answers lists as CSV where `Accept: text/csv` asks for it. The answer is made as JSON, and turned as it leaves: so it
 * is the same answer, whoever made it. Errors stay JSON.
 */
export function serveCsv(app: FastifyInstance): void {
  step(app, 'onRequest', (request) => {
    if (request.routeOptions.url !== '/graphql' || !wantsCsv(request.headers.accept)) return;
    request.account.csv = true;
    request.raw.headers.accept = 'application/graphql-response+json';
  });
  lastStep(app, (request, reply, payload) => {
    if (!becomesCsv(request) || reply.statusCode >= 300) return payload;
    // What comes from the cache was turned before it was kept.
    if (request.standing?.status === 'hit') return payload;
    if (typeof payload !== 'string' && !Buffer.isBuffer(payload)) return payload;
    const { data, errors } = JSON.parse(payload.toString()) as {
      data?: Record<string, unknown> | null;
      errors?: unknown;
    };
    // A file does not show that something is missing from it: an answer with errors stays what it is.
    if (errors || !data) return payload;
    const text = csvOf(data);
    if (text === null) {
      const { message, extensions } = new Fault(
        'BAD_USER_INPUT',
        `CSV is of one list, but ${Object.keys(data)
          .map((name) => `"${name}"`)
          .join(', ')} were asked for: ask for one of them, or for JSON.`,
      );
      void reply.code(406);
      return JSON.stringify({ errors: [{ message, extensions }] });
    }
    void reply.header('content-type', 'text/csv; charset=utf-8; header=present');
    void reply.removeHeader('content-length');
    return text;
  });
}
