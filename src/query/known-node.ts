import type { FieldNode, GraphQLResolveInfo } from 'graphql';
import { toGlobalId } from '../support/global-id';
import { reference } from '../support/reference';
import { below, type Planning } from './context';
import type { NodeRef } from './reference';

type Selection = readonly (readonly [key: string, field: string])[];

/** What is selected of nodes of a noun, by the place in the document: looked up once, not for each node. */
const selections = new WeakMap<readonly FieldNode[], Map<string, Selection>>();

/**
 * A named node from what its verb knows of it.
 * @returns undefined where more is selected than that
 */
export function fromKnown(
  { type, key, known }: NodeRef,
  { fieldNodes }: GraphQLResolveInfo,
  planning: () => Planning,
): Record<string, unknown> | undefined {
  const byType = selections.get(fieldNodes) ?? new Map<string, Selection>();
  selections.set(fieldNodes, byType);
  let selection = byType.get(type);
  if (!selection) {
    const fields = planning().select(below(fieldNodes), type);
    selection = [...fields].map(([name, [node]]) => [name, node?.name.value ?? ''] as const);
    byType.set(type, selection);
  }
  const own: Record<string, unknown> = {
    ...known,
    key,
    id: toGlobalId(type, key),
    __typename: type,
  };
  if (!selection.every(([, field]) => field in own)) return undefined;
  // Without a prototype, for a caller may call a field what he likes.
  const made = Object.create(null) as Record<string | symbol, unknown>;
  for (const [name, field] of selection) made[name] = own[field];
  return Object.assign(made, { [reference]: { type, key } });
}
