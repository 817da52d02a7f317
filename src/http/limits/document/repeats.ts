import { Kind, type FieldNode, type SelectionSetNode } from 'graphql';
import type { Fragments } from './fragments';

/**
 * Pairs of fields that stand at one place under one name, fragments opened: what the rule that compares overlapping
 * fields has to compare, one by one.
 */
export function repeats(sets: readonly SelectionSetNode[], fragments: Fragments): number {
  const fields = new Map<string, FieldNode[]>();
  const seen = new Set<string>();
  for (const set of sets) collect(set);
  let pairs = 0;
  for (const same of fields.values()) {
    pairs += (same.length * (same.length - 1)) / 2;
    const below = same.flatMap((each) => (each.selectionSet ? [each.selectionSet] : []));
    if (below.length) pairs += repeats(below, fragments);
  }
  return pairs;

  function collect(set: SelectionSetNode): void {
    for (const node of set.selections) {
      if (node.kind === Kind.FIELD) {
        const key = (node.alias ?? node.name).value;
        const same = fields.get(key);
        if (same) same.push(node);
        else fields.set(key, [node]);
      } else if (node.kind === Kind.INLINE_FRAGMENT) collect(node.selectionSet);
      else if (!seen.has(node.name.value)) {
        seen.add(node.name.value);
        const fragment = fragments.get(node.name.value);
        if (fragment) collect(fragment.selectionSet);
      }
    }
  }
}
