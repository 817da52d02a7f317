import type { Result } from '../query/execute';
import type { Tracer } from '../trace/tracer';
import type { Account } from './account';

/** Executes an operation within a span, which is part of the caller's trace where the request bears one. */
export function spanOf(
  tracer: Tracer,
  { id, operation, cost, headers }: Account,
  work: () => Promise<Result>,
): Promise<Result> {
  const attributes = {
    'graphql.operation.name': operation,
    'yuntu.request.id': id,
    'yuntu.cost': cost,
  };
  const options = { kind: 'server', attributes, headers } as const;
  return tracer.span(operation ?? 'operation', options, async (span) => {
    const result = await work();
    const [error] = result.errors ?? [];
    if (error) span?.fail((error.extensions.code as string | undefined) ?? 'INTERNAL');
    return result;
  });
}
