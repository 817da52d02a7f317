import type { FastifyInstance } from 'fastify';
import { step } from '../../step';
import type { Limits } from '../table';
import { checkValues } from '../values';
import { DocumentGate } from './gate';

/** Looks at the document and the variables of every request, before anything parses, copies or keeps them. */
export function limitDocuments(app: FastifyInstance, limits: Limits): void {
  const gate = new DocumentGate(limits);
  step(app, 'preHandler', (request) => {
    const { asked, document } = request;
    checkValues(asked.variables, limits);
    if (document !== undefined) gate.check(document);
  });
}
