import { Kind, type FieldNode, type GraphQLResolveInfo, type SelectionSetNode } from 'graphql';

/**
 * Whether a field that graphql-js resolves is asked for any of some fields.
 * @param path the fields that lead to where they stand
 */
export function selects(
  { fieldNodes, fragments }: GraphQLResolveInfo,
  path: readonly string[],
  names: readonly string[],
): boolean {
  const fields = (set: SelectionSetNode): FieldNode[] =>
    set.selections.flatMap((each) => {
      if (each.kind === Kind.FIELD) return [each];
      const fragment = each.kind === Kind.INLINE_FRAGMENT ? each : fragments[each.name.value];
      return fragment ? fields(fragment.selectionSet) : [];
    });
  let nodes: readonly FieldNode[] = fieldNodes;
  const below = () =>
    nodes.flatMap(({ selectionSet }) => (selectionSet ? fields(selectionSet) : []));
  for (const step of path) nodes = below().filter(({ name }) => name.value === step);
  return below().some(({ name }) => names.includes(name.value));
}
