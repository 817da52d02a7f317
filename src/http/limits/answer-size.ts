import type { FastifyInstance } from 'fastify';
import { lastStep } from '../step';
import { tooMuch } from './refusal';

/** Refuses an answer that is larger than what is sent: whoever asks for less of it gets it. */
export function limitAnswers(app: FastifyInstance, most: number): void {
  lastStep(app, (_request, reply, payload) => {
    const size = typeof payload === 'string' ? Buffer.byteLength(payload) : 0;
    if (size <= most) return payload;
    const { message, extensions } = tooMuch('Bytes of the answer', size, most);
    const { found, limit } = extensions;
    void reply.code(400).removeHeader('content-length');
    return JSON.stringify({
      errors: [{ message, extensions: { code: 'LIMIT_EXCEEDED', found, limit } }],
    });
  });
}
