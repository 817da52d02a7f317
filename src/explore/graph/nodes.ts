import { constant } from '../../derive/names';
import { NodeRef } from '../../query/reference';
import type { Placed } from './layout';
import type { NodeRow } from './sketch';

/** A node as it is drawn. */
export function nodeOf(
  [, noun, key, label, labelZh, degree]: NodeRow,
  id: string,
  placed: Placed | undefined,
  colours: ReadonlyMap<string, string>,
) {
  return {
    id,
    key,
    label,
    labelZh,
    degree,
    ...placed,
    type: constant(noun),
    color: colours.get(noun),
    size: 1 + Math.log2(1 + degree),
    node: new NodeRef(noun, key),
  };
}
