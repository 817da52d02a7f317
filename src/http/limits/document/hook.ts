import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Limits } from '../table';
import { checkValues } from '../values';
import { DocumentGate } from './gate';

/** Looks at the document and the variables of every request, before anything parses, copies or keeps them. */
export function limitDocuments(app: FastifyInstance, limits: Limits): void {
  const gate = new DocumentGate(limits);
  app.addHook('preHandler', async (request) => {
    const { query, variables } = asked(request);
    checkValues(variables, limits);
    if (typeof query === 'string') gate.check(query);
  });
}

/** What was sent, unchecked; what has another form is told by the server. */
function asked({ method, body, query: params }: FastifyRequest): Record<string, unknown> {
  if (method !== 'GET') return typeof body === 'object' && body !== null ? { ...body } : {};
  const { query, variables } = params as Record<string, unknown>;
  try {
    return { query, variables: typeof variables === 'string' ? JSON.parse(variables) : undefined };
  } catch {
    return { query };
  }
}
