import { getOperationAST, Kind, type DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Result } from '../query/execute';
import { Json } from '../query/json';
import { weightOf } from '../query/weight';

interface Known {
  readonly result: Result;
  /** Bytes. */
  readonly size: number;
}

/** Answers about the schema: it does not change. The whole of it is half a megabyte of text, and ten times that as objects. */
const known = new LRUCache<DocumentNode, Known>({
  maxSize: 16 * 1024 * 1024,
  sizeCalculation: ({ size }, document) => size + weightOf(document),
});

/** Executes a document; one that asks for nothing but the schema, once. */
export async function onceIfIntrospection(
  document: DocumentNode,
  execute: () => Promise<Result>,
): Promise<Result> {
  if (!isIntrospection(document)) return execute();
  const before = known.get(document);
  if (before) return before.result;
  const result = await execute();
  if (result.errors || !result.data) return result;
  const { data } = result;
  const text = data instanceof Json ? data.text : JSON.stringify(data);
  const kept = { ...result, data: new Json(text) };
  known.set(document, { result: kept, size: 2 * text.length });
  return kept;
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
