import {
  execute as executeByResolvers,
  getOperationAST,
  GraphQLError,
  isNonNullType,
  locatedError,
  type DocumentNode,
  type FieldNode,
  type FormattedExecutionResult,
  type GraphQLSchema,
} from 'graphql';
import { getVariableValues } from 'graphql/execution/values';
import { Fault } from '../errors';
import type { Engine, Request } from './engine';

/** What an execution gives: as graphql-js would give it, errors still unformatted. */
export interface Result {
  readonly data?: Record<string, unknown> | null;
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

/** One root field's outcome. */
export type RootOutcome = { readonly value: unknown } | { readonly error: unknown };

interface RootField {
  readonly key: string;
  readonly nodes: readonly FieldNode[];
}

/** Puts root fields together as graphql-js does: a fault makes its field null, or all of `data` where it may not be. */
export function assemble(
  schema: GraphQLSchema,
  fields: readonly RootField[],
  outcomes: readonly RootOutcome[],
  faults: number,
): Result {
  const errors: GraphQLError[] = [];
  let data: Record<string, unknown> | null = {};
  const types = schema.getQueryType()?.getFields() ?? {};
  for (const [index, { key, nodes }] of fields.entries()) {
    const outcome = outcomes[index] as RootOutcome;
    if ('value' in outcome) {
      if (data) data[key] = outcome.value;
      continue;
    }
    errors.push(locatedError(outcome.error, nodes, [key]));
    if (isNonNullType(types[nodes[0]?.name.value ?? '']?.type)) data = null;
    else if (data) data[key] = null;
  }
  if (faults && data) takeFaults(data, [], errors, fields);
  return errors.length ? { errors, data } : { data };
}

/** Faults stand in place of the values that they spoil: each becomes null there and an error with its path. */
function takeFaults(
  holder: Record<string | number, unknown>,
  path: readonly (string | number)[],
  errors: GraphQLError[],
  fields: readonly RootField[],
): void {
  for (const [name, value] of Object.entries(holder)) {
    const here = [...path, Array.isArray(holder) ? Number(name) : name];
    if (value instanceof Error) {
      const nodes = fields.find(({ key }) => key === here[0])?.nodes;
      errors.push(locatedError(value, nodes, here));
      holder[name] = null;
    } else if (typeof value === 'object' && value !== null) {
      takeFaults(value as Record<string, unknown>, here, errors, fields);
    }
  }
}
