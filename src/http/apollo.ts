import { randomUUID } from 'node:crypto';
import { inspect } from 'node:util';
import { ApolloServer, type ApolloServerPlugin, type BaseContext } from '@apollo/server';
import { unwrapResolverError } from '@apollo/server/errors';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { ApolloServerPluginUsageReportingDisabled } from '@apollo/server/plugin/disabled';
import { GraphQLError, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import type { Profile } from '../config';
import { codes, Fault, mostFaults, type Code } from '../errors';
import type { Engine } from '../query/engine';
import type { Context, Result } from '../query/execute';
import { stringify } from '../query/json';
import type { Account } from './account';
import type { Answer } from './answer';
import { tellStanding } from './cache/plugin';
import type { Standing } from './cache/standing';
import { csvOnlyReads } from './csv/only-reads';
import type { DocumentParts } from './documents/hook';
import { ParsedDocuments } from './documents/parsed';
import { persistedFaults } from './documents/persisted';
import { costPlugin } from './limits/cost/plugin';
import type { Scale } from './limits/cost/scale';
import type { Log } from './log';
import { statusByMediaType } from './media-type';
import { knownKinds } from './operation-kind';
import { rememberPassed } from './passed';
import { curatorsChange } from './role';
import type { Token } from './token';
import { withoutGuesses } from './without-guesses';

/** What a request to the web server carries through Apollo Server. */
export interface WebContext extends Context {
  readonly account: Account;
  readonly standing: Standing | undefined;
}

export interface ApolloParts {
  readonly schema: GraphQLSchema;
  readonly engine: Engine;
  readonly profile: Profile;
  readonly scale: Scale;
  readonly answer: Answer;
  readonly documents: DocumentParts;
  readonly tokens: readonly Token[];
  readonly log: Log;
}

/** Apollo Server over the engine: it parses, validates and formats; the engine executes. */
export function createApollo(parts: ApolloParts): ApolloServer<WebContext> {
  const { schema, engine, profile, answer, documents, log } = parts;
  const open = profile === 'public';
  return new ApolloServer<WebContext>({
    gateway: {
      load: () =>
        Promise.resolve({
          executor: async ({ document, context, request }) => {
            const { account } = context as WebContext;
            // The name as it was sent: where no operation bears it, none was weighed and none may be executed.
            const { operationName, variables } = request;
            return withOwnErrors(
              account.result ??
                (await answer(document, operationName, variables, context as WebContext)),
            );
          },
        }),
      onSchemaLoadOrUpdate(callback) {
        callback({ apiSchema: schema, coreSupergraphSdl: '' });
        return () => {};
      },
      stop: () => Promise.resolve(),
    },
    formatError: (formatted, error) => {
      const told = tell(formatted, error, log);
      return open ? told : withoutGuesses(told);
    },
    stringifyResult: stringify,
    documentStore: new ParsedDocuments(),
    persistedQueries: documents.onlyTrusted ? false : { cache: documents.persisted },
    includeStacktraceInErrorResponses: false,
    introspection: open,
    // Each is worded and looked up in the text: a hundred of them would hold everybody else up.
    validationOptions: { maxErrors: mostFaults },
    hideSchemaDetailsFromClientErrors: !open,
    // Pages of other sites are kept out before.
    csrfPrevention: false,
    stopOnTerminationSignals: false,
    plugins: [
      curatorsChange(parts.tokens),
      csvOnlyReads(),
      ...plugins(parts.scale),
      rememberErrors,
      rememberPassed,
      tellStanding(engine.graph.revision),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
}

/** What every Apollo Server behind the web server needs, whatever its schema. */
export function plugins(scale: Scale): ApolloServerPlugin<BaseContext>[] {
  return [knownKinds(), costPlugin(scale), statusByMediaType()];
}

/** Which request an error belongs to: formatting is not told. */
const requests = new WeakMap<object, string>();

const rememberErrors: ApolloServerPlugin<WebContext> = {
  async requestDidStart() {
    return {
      async didEncounterErrors({ errors, contextValue: { account } }) {
        for (const each of errors) requests.set(each, account.id);
      },
    };
  },
};

/** A result whose errors are this request's alone: an execution may be shared, and the id of a request is not. */
function withOwnErrors(result: Result): Result {
  if (!result.errors) return result;
  const errors = result.errors.map((each) =>
    // One without a path is not located: its class tells what it is.
    each.path ? new GraphQLError(each.message, each) : each,
  );
  return { ...result, errors };
}

/** Codes that Apollo Server and graphql-js use, as ours. */
const ours: Readonly<Record<string, Code>> = {
  BAD_REQUEST: 'BAD_USER_INPUT',
  OPERATION_RESOLUTION_FAILURE: 'BAD_USER_INPUT',
};

/** Whether Apollo Server gave an error without a code a status that blames the caller. */
function isCallers(error: unknown): boolean {
  const { extensions } = error as Partial<GraphQLError>;
  const { status = 500 } = (extensions?.http ?? {}) as { status?: number };
  return extensions?.code === undefined && status < 500;
}

/** An error as the caller sees it: a known code and its sentence; anything unknown is masked and logged with an id. */
function tell(formatted: GraphQLFormattedError, error: unknown, log: Log): GraphQLFormattedError {
  const original = unwrapResolverError(error);
  const given =
    original instanceof Fault ? original.code : (formatted.extensions?.code as string | undefined);
  const code = (given && ours[given]) ?? (isCallers(original) ? 'BAD_USER_INPUT' : given);
  const persisted = persistedFaults[formatted.message];
  if (persisted)
    return { ...formatted, message: persisted, extensions: { code: 'BAD_USER_INPUT' } };
  const known = code !== 'INTERNAL' && codes.includes(code as Code);
  if (known) return { ...formatted, extensions: { ...formatted.extensions, code } };
  const id = requests.get(error as object) ?? randomUUID();
  log('fault', {
    id,
    message: (original as Error).message,
    cause: inspect((original as Error).cause ?? original),
  });
  const message =
    original instanceof Fault ? original.message : 'Something went wrong on our side.';
  return { ...formatted, message, extensions: { code: 'INTERNAL', id } };
}
