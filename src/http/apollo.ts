import { randomUUID } from 'node:crypto';
import { inspect } from 'node:util';
import { ApolloServer } from '@apollo/server';
import { unwrapResolverError } from '@apollo/server/errors';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { ApolloServerPluginUsageReportingDisabled } from '@apollo/server/plugin/disabled';
import type { GraphQLFormattedError, GraphQLSchema } from 'graphql';
import { codes, Fault, type Code } from '../errors';
import type { Engine } from '../query/engine';
import { execute, type Context } from '../query/execute';
import { stringify } from '../query/json';

/** Where faults that callers may not see are written, with the id that the caller sees. */
export type Log = (event: string, details: Record<string, unknown>) => void;

/** Apollo Server over the engine: it parses, validates and formats; the engine executes. */
export function createApollo(
  schema: GraphQLSchema,
  engine: Engine,
  log: Log,
): ApolloServer<Context> {
  return new ApolloServer<Context>({
    gateway: {
      load: () =>
        Promise.resolve({
          executor: ({ document, operationName, context, request }) =>
            execute(engine, schema, document, operationName, request.variables, context as Context),
        }),
      onSchemaLoadOrUpdate(callback) {
        callback({ apiSchema: schema, coreSupergraphSdl: '' });
        return () => {};
      },
      stop: () => Promise.resolve(),
    },
    formatError: (formatted, error) => tell(formatted, error, log),
    stringifyResult: stringify,
    includeStacktraceInErrorResponses: false,
    introspection: true,
    stopOnTerminationSignals: false,
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
}

/** Codes that Apollo Server and graphql-js use, as ours. */
const ours: Readonly<Record<string, Code>> = {
  BAD_REQUEST: 'BAD_USER_INPUT',
  OPERATION_RESOLUTION_FAILURE: 'BAD_USER_INPUT',
};

/** An error as the caller sees it: a known code and its sentence; anything unknown is masked and logged with an id. */
function tell(formatted: GraphQLFormattedError, error: unknown, log: Log): GraphQLFormattedError {
  const original = unwrapResolverError(error);
  const given =
    original instanceof Fault ? original.code : (formatted.extensions?.code as string | undefined);
  const code = (given && ours[given]) ?? given;
  const known = code !== 'INTERNAL' && codes.includes(code as Code);
  if (known) return { ...formatted, extensions: { ...formatted.extensions, code } };
  const id = randomUUID();
  log('fault', {
    id,
    message: (original as Error).message,
    cause: inspect((original as Error).cause ?? original),
  });
  const message =
    original instanceof Fault ? original.message : 'Something went wrong on our side.';
  return { ...formatted, message, extensions: { code: 'INTERNAL', id } };
}
