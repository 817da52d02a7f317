import {
  getNamedType,
  getOperationAST,
  GraphQLError,
  isObjectType,
  Kind,
  OperationTypeNode,
  parse,
  Source,
  validate,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { getVariableValues } from 'graphql/execution/values';
import { Fault, quote, type Code } from '../../../errors';
import { didYouMean } from '../../../support/did-you-mean';

/** What is asked: a file's text, the variables, and which of its operations. */
export interface Asked {
  /** How the file is called where something is wrong with it. */
  readonly name: string;
  readonly text: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly operation?: string;
}

/** A question that can be exported: a valid query of one root field. */
export interface Question {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly root: FieldNode;
  readonly field: GraphQLField<unknown, unknown>;
  /** The name under which the root field's answer comes. */
  readonly key: string;
}

/**
 * Reads a question.
 * @throws Fault for a bad one: each fault with the file, line and column
 */
export function readQuestion(schema: GraphQLSchema, asked: Asked): Question {
  const document = parsed(asked);
  const errors = validate(schema, document);
  if (errors.length) throw faultOf('GRAPHQL_VALIDATION_FAILED', asked.name, errors);
  const operation = operationOf(document, asked);
  const given = asked.variables ?? {};
  const known = (operation.variableDefinitions ?? []).map(({ variable }) => variable.name.value);
  for (const name of Object.keys(given))
    if (!known.includes(name))
      throw new Fault(
        'BAD_USER_INPUT',
        `${quote(name)} is no variable of the query.${didYouMean(name, known)}`,
      );
  const coerced = getVariableValues(schema, operation.variableDefinitions ?? [], given);
  if (coerced.errors) throw faultOf('BAD_USER_INPUT', asked.name, coerced.errors);
  const roots = rootsOf(document, operation.selectionSet);
  const [root] = roots;
  if (!root || roots.length > 1)
    throw new Fault(
      'BAD_USER_INPUT',
      `${asked.name}: one list makes one file, but ${roots.length ? roots.map((each) => quote(keyOf(each))).join(', ') : 'nothing'} was asked for. Ask for one root field.`,
    );
  const field = schema.getQueryType()?.getFields()[root.name.value];
  if (!field)
    throw new Fault('BAD_USER_INPUT', `${asked.name}: ${root.name.value} is nothing to export.`);
  return { document, operation, variables: given, root, field, key: keyOf(root) };
}

/** The name of the object that a root field gives, a connection perhaps; null where it gives none. */
export function objectOf({ field }: Question) {
  const type = getNamedType(field.type);
  return isObjectType(type) ? type : null;
}

function parsed({ name, text }: Asked): DocumentNode {
  try {
    return parse(new Source(text, name), { maxTokens: 20_000 });
  } catch (error) {
    if (error instanceof GraphQLError) throw faultOf('GRAPHQL_PARSE_FAILED', name, [error]);
    throw error;
  }
}

function operationOf(document: DocumentNode, { name, operation }: Asked): OperationDefinitionNode {
  const names = document.definitions.flatMap((each) =>
    each.kind === Kind.OPERATION_DEFINITION ? [each.name?.value ?? ''] : [],
  );
  const found = getOperationAST(document, operation);
  if (!found)
    throw new Fault(
      'BAD_USER_INPUT',
      operation === undefined
        ? `${name} holds ${names.length} operations: say which, --operation ${names.join(' or ')}.`
        : `${name} holds no operation ${quote(operation)}.${didYouMean(operation, names)}`,
    );
  if (found.operation !== OperationTypeNode.QUERY)
    throw new Fault('BAD_USER_INPUT', `${name}: an export asks; a ${found.operation} does not.`);
  return found;
}

const keyOf = (field: FieldNode): string => field.alias?.value ?? field.name.value;

/** The fields of the root, those of fragments among them. */
function rootsOf(document: DocumentNode, { selections }: SelectionSetNode): FieldNode[] {
  return selections.flatMap((each) => {
    if (each.kind === Kind.FIELD) return [each];
    if (each.kind === Kind.INLINE_FRAGMENT) return rootsOf(document, each.selectionSet);
    const fragment = document.definitions.find(
      (definition): definition is FragmentDefinitionNode =>
        definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === each.name.value,
    );
    return fragment ? rootsOf(document, fragment.selectionSet) : [];
  });
}

function faultOf(code: Code, name: string, errors: readonly GraphQLError[]): Fault {
  const lines = errors.map(({ message, locations }) => {
    const [at] = locations ?? [];
    return `${name}${at ? `:${at.line}:${at.column}` : ''}: ${message}`;
  });
  return new Fault(code, lines.join('\n'));
}
