import type { FastifyInstance } from 'fastify';
import { jsonFor } from '../faults';
import { lastStep } from '../step';
import { tooMuch } from './refusal';

/** Refuses an answer that is larger than what is sent: whoever asks for less of it gets it. */
export function limitAnswers(app: FastifyInstance, most: number): void {
  lastStep(app, ({ headers }, reply, payload) => {
    const size =
      typeof payload === 'string' || Buffer.isBuffer(payload) ? Buffer.byteLength(payload) : 0;
    if (size <= most) return payload;
    const { message, extensions } = tooMuch('Bytes of the answer', size, most);
    const { found, limit } = extensions;
    // What is told in its place is neither a table nor a file.
    void reply
      .code(400)
      .removeHeader('content-length')
      .removeHeader('content-disposition')
      .header('content-type', jsonFor(headers));
    return JSON.stringify({
      errors: [{ message, extensions: { code: 'LIMIT_EXCEEDED', found, limit } }],
    });
  });
}
