import {
  execute as executeByResolvers,
  getOperationAST,
  GraphQLError,
  locatedError,
  OperationTypeNode,
  Kind,
  print,
  type DocumentNode,
  type FieldNode,
  type FormattedExecutionResult,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { getVariableValues } from 'graphql/execution/values';
import { Fault, mostFaults } from '../errors';
import type { Engine } from './engine';
import { newRequest, type Request } from './request';
import type { Misplaced } from './form';
import { Json, quoted } from './json';
import type { Variables } from './leaf';

/** What an execution gives: as graphql-js would give it, errors still unformatted. */
export interface Result {
  readonly data?: Record<string, unknown> | Json | null;
  readonly errors?: readonly GraphQLError[];
  readonly extensions?: FormattedExecutionResult['extensions'];
}

/** What resolvers find as their context. */
export interface Context {
  readonly request: Request;
  readonly engine: Engine;
  /** The name of the curator who asks; nobody else may change the graph. */
  readonly curator?: string;
}

/** An operation of a validated document, its variables coerced. */
interface Asked {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly given: Readonly<Record<string, unknown>> | undefined;
  readonly variables: Variables;
  readonly mode: Mode;
}

/** 'planned' plans an operation whole where no field of it needs a resolver; 'resolvers' never does. */
export type Mode = 'planned' | 'resolvers';

/**
 * Executes an operation of a validated document. The same query of callers who see the same is executed once for all who
 * ask while it is under way, unless the graph is known to have changed in between.
 */
export async function execute(
  engine: Engine,
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
  given: Readonly<Record<string, unknown>> | undefined,
  context: Context,
  mode: Mode = 'planned',
): Promise<Result> {
  const operation = getOperationAST(document, operationName);
  if (!operation)
    return { errors: [new Fault('BAD_USER_INPUT', 'The document has no operation of that name.')] };
  const { coerced, errors } = getVariableValues(
    schema,
    operation.variableDefinitions ?? [],
    given ?? {},
    { maxErrors: mostFaults },
  );
  if (errors) return { errors: errors.map(asInputFault) };
  const asked = { schema, document, operation, given, variables: coerced, mode };
  const { request } = context;
  if (operation.operation !== OperationTypeNode.QUERY) return answer(engine, asked, context);
  const { depth, caller, signal } = request;
  const { epoch, within } = engine.graph.revision;
  // A text that is new to the server is parsed anew for each who asks, so it is the text that counts.
  const text = document.loc?.source.body ?? print(document);
  const same = JSON.stringify([text, operation.name?.value, coerced, caller, epoch, mode, depth]);
  try {
    const { result, own } = await engine.flights.join(same, within, signal, async (ends) => {
      const shared = newRequest({ depth, caller, signal: ends });
      return { result: await answer(engine, asked, { ...context, request: shared }), own: shared };
    });
    request.statements += own.statements;
    own.revisions.forEach((each) => request.revisions.add(each));
    return result;
  } catch (error) {
    return { errors: [asCallers(asError(error))], data: null };
  }
}

/** Planned whole, or by graphql-js, whose resolvers then read from the same plans. Both give the same answer. */
async function answer(
  engine: Engine,
  { schema, document, operation, given, variables, mode }: Asked,
  context: Context,
): Promise<Result> {
  const { request } = context;
  const planned =
    mode === 'planned' ? await engine.run(document, operation, variables, request) : null;
  const result =
    planned ??
    (await executeByResolvers({
      schema,
      document,
      operationName: operation.name?.value,
      variableValues: given,
      contextValue: context,
    }));
  const { errors, extensions } = result;
  return {
    ...result,
    ...(errors && { errors: errors.map(asCallers) }),
    ...(request.notes.length && { extensions: { ...extensions, notes: request.notes } }),
  };
}

function asError(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error;
  const { message } = error as Error;
  return new GraphQLError(message, { originalError: error as Error });
}

/**
 * What is found wrong with an argument only when its field is executed is the caller's: a variable with a default may
 * stand where null may not, and be given null. Such an error lies at the argument's value, any other at a field.
 */
function asCallers(error: GraphQLError): GraphQLError {
  const { originalError = error, path, extensions } = error;
  const { nodes } = originalError as GraphQLError;
  if (extensions.code !== undefined || !nodes?.[0] || nodes[0].kind === Kind.FIELD) return error;
  const fault = new Fault('BAD_USER_INPUT', error.message);
  return new GraphQLError(fault.message, { nodes, path, originalError: fault });
}

function asInputFault(error: GraphQLError): GraphQLError {
  if (error.originalError instanceof Fault) return error.originalError;
  return new GraphQLError(error.message, {
    nodes: error.nodes,
    extensions: { ...error.extensions, code: 'BAD_USER_INPUT' },
  });
}

/** A root field of an operation. */
export interface RootField {
  readonly key: string;
  readonly nodes: readonly FieldNode[];
  /** Whether it may not be null. */
  readonly required: boolean;
}

/** One root field's outcome: its text with what is wrong inside it, or why there is none. */
export type RootOutcome =
  | { readonly text: string | null; readonly faults?: readonly Misplaced[] }
  | { readonly error: unknown };

/** Puts root fields together as graphql-js does: a fault makes its field null, or all of `data` where it may not be. */
export function assemble(fields: readonly RootField[], outcomes: readonly RootOutcome[]): Result {
  const errors: GraphQLError[] = [];
  let whole = true;
  const parts = fields.map(({ key, nodes, required }, index) => {
    const outcome = outcomes[index] as RootOutcome;
    if ('error' in outcome) errors.push(locatedError(outcome.error, nodes, [key]));
    else
      for (const { error, nodes: at, path } of outcome.faults ?? [])
        errors.push(locatedError(error, at, [...path, key].reverse()));
    const text = 'error' in outcome ? null : outcome.text;
    if (text === null && required) whole = false;
    return `${quoted(key)}:${text ?? 'null'}`;
  });
  const data = whole ? new Json(`{${parts.join(',')}}`) : null;
  return errors.length ? { errors, data } : { data };
}
