import {
  execute as executeByResolvers,
  getOperationAST,
  GraphQLError,
  locatedError,
  type DocumentNode,
  type FieldNode,
  type FormattedExecutionResult,
  type GraphQLSchema,
} from 'graphql';
import { getVariableValues } from 'graphql/execution/values';
import { Fault } from '../errors';
import type { Engine, Request } from './engine';
import type { Misplaced } from './form';
import { Json, quoted } from './json';

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
}

/**
 * Executes a validated operation: planned whole where no field of it needs a resolver, else by graphql-js, whose
 * resolvers then read from the same plans. Both give the same answer.
 */
export async function execute(
  engine: Engine,
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
  given: Readonly<Record<string, unknown>> | undefined,
  context: Context,
  mode: 'planned' | 'resolvers' = 'planned',
): Promise<Result> {
  const operation = getOperationAST(document, operationName);
  if (!operation)
    return { errors: [new Fault('BAD_USER_INPUT', 'The document has no operation of that name.')] };
  const { coerced, errors } = getVariableValues(
    schema,
    operation.variableDefinitions ?? [],
    given ?? {},
    {
      maxErrors: 20,
    },
  );
  if (errors) return { errors: errors.map(asInputFault) };
  const { request } = context;
  const planned =
    mode === 'planned' ? await engine.run(document, operation, coerced, request) : null;
  const result =
    planned ??
    (await executeByResolvers({
      schema,
      document,
      operationName,
      variableValues: given,
      contextValue: context,
    }));
  return request.notes.length
    ? { ...result, extensions: { ...result.extensions, notes: request.notes } }
    : result;
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
