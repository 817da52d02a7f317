import { getOperationAST, Kind, type DocumentNode } from 'graphql';
import type { Result } from '../query/execute';

/** Answers about the schema: it does not change, and the whole of it is half a megabyte. */
const known = new WeakMap<DocumentNode, Result>();

/** Executes a document; one that asks for nothing but the schema, once. */
export async function onceIfIntrospection(
  document: DocumentNode,
  execute: () => Promise<Result>,
): Promise<Result> {
  if (!isIntrospection(document)) return execute();
  const result = known.get(document) ?? (await execute());
  if (!result.errors) known.set(document, result);
  return result;
}

function isIntrospection(document: DocumentNode): boolean {
  const operation = getOperationAST(document);
  return (
    !!operation &&
    !operation.variableDefinitions?.length &&
    operation.selectionSet.selections.every(
      (each) => each.kind === Kind.FIELD && each.name.value.startsWith('__'),
    )
  );
}
