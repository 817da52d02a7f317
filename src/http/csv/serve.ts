import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Fault } from '../../errors';
import { csvOf } from '../../exchange/export/answer/table';
import { lastStep, step } from '../step';

/** Whether the answer to this request becomes CSV as it leaves. */
export function becomesCsv(request: FastifyRequest): boolean {
  return request.account.csv ?? false;
}

/** Whether CSV is asked for, and JSON is not asked for before it. */
function wantsCsv(accept: string | undefined): boolean {
  const media = (accept ?? '').split(',').map((each) => each.split(';')[0]?.trim().toLowerCase());
  const csv = media.indexOf('text/csv');
  const json = media.findIndex((each) => each?.endsWith('json'));
  return csv >= 0 && (json < 0 || csv < json);
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
