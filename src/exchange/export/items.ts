import type { Noun, PropertyDef } from '../../blueprint';
import type { Value } from '../../blueprint/storage';

/** A node as it leaves the graph: what is known of it, in the order of its noun's properties. */
export interface NodeItem {
  readonly kind: 'node';
  readonly noun: Noun;
  readonly key: string;
  /** The key among them; what is unknown is absent. */
  readonly values: ReadonlyMap<string, Value>;
}

/** A relationship as it leaves the graph. */
export interface EdgeItem {
  readonly kind: 'edge';
  readonly type: string;
  readonly from: { readonly noun: Noun; readonly key: string };
  readonly to: { readonly noun: Noun; readonly key: string };
  /** What is known of it, its citations (their keys) and datasets among it. */
  readonly values: ReadonlyMap<string, Value>;
}

export type Item = NodeItem | EdgeItem;

/** What every relationship may carry beside the properties of its kind: lists that are stored as they are, unfolded. */
export const edgeLists: readonly PropertyDef[] = [
  { name: 'citations', kind: 'enums', description: 'Keys of the citations that it rests on.' },
  { name: 'datasets', kind: 'enums', description: 'The datasets that speak of it.' },
];

/** `Company:moonshot-ai`: how a node is named in what leaves the graph. */
export const nameOf = ({ noun, key }: { readonly noun: Noun; readonly key: string }): string =>
  `${noun.name}:${key}`;
