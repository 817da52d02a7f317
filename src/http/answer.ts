import type { DocumentNode, GraphQLSchema } from 'graphql';
import type { Profile } from '../config';
import type { Engine } from '../query/engine';
import { execute, type Result } from '../query/execute';
import type { WebContext } from './apollo';
import { onceIfIntrospection } from './introspection';
import { spanOf } from './operation-span';
import type { Queue } from './limits/queue';
import { withoutNearKeys } from './without-guesses';

/** Answers an operation of a valid document in its turn, and tells its cost. */
export type Answer = (
  document: DocumentNode,
  operationName: string | null | undefined,
  variables: Readonly<Record<string, unknown>> | undefined,
  context: WebContext,
) => Promise<Result>;

export function answerer(
  engine: Engine,
  schema: GraphQLSchema,
  queue: Queue,
  profile: Profile,
): Answer {
  return async (document, operationName, variables, context) => {
    const { tracer } = engine.graph;
    const work = () =>
      queue.run(context.request.signal, () =>
        onceIfIntrospection(document, () =>
          execute(engine, schema, document, operationName, variables, context),
        ),
      );
    const found = await (tracer ? spanOf(tracer, context.account, work) : work());
    const result = profile === 'locked' ? withoutNearKeys(found) : found;
    return { ...result, extensions: { ...result.extensions, cost: context.account.cost } };
  };
}
