import type { Noun, PropertyDef } from '../../blueprint';
import type { Stored, Value } from '../../blueprint/storage';

/** A node as it leaves the graph: what is known of it, in the order of its noun's properties. */
export interface NodeItem {
  readonly kind: 'node';
  readonly noun: Noun;
  readonly key: string;
  /** The key among them; what is unknown is absent. */
  readonly values: ReadonlyMap<string, Value>;
  /** Labels beside those that every node of the noun has: the roles that it plays. */
  readonly roles: readonly string[];
  /** What is stored beside its properties: what each of several datasets says of it. */
  readonly stored: Readonly<Record<string, Stored>>;
}

/** A relationship as it leaves the graph. */
export interface EdgeItem {
  readonly kind: 'edge';
  readonly type: string;
  readonly from: { readonly noun: Noun; readonly key: string };
  readonly to: { readonly noun: Noun; readonly key: string };
  /** What is known of it, its citations (their keys) and datasets among it. */
  readonly values: ReadonlyMap<string, Value>;
  readonly stored: Readonly<Record<string, Stored>>;
}

export type Item = NodeItem | EdgeItem;

/** A dataset; they come in the order in which they are believed. */
export interface DatasetRecord {
  readonly name: string;
  readonly title: string | null;
  readonly since: string | null;
}

/**
 * What stands beside the graph of nouns: a key that was merged away and where it leads now, two that a person found not to
 * be one, what was retracted and why, what a curator did.
 */
export const recordLabels = ['FormerKey', 'ToldApart', 'Retraction', 'Operation'] as const;

/** One of them, as it is stored; `id` names it. */
export interface RecordItem {
  readonly label: (typeof recordLabels)[number];
  readonly stored: Readonly<Record<string, Stored>> & { readonly id: string };
}

/** A graph as it is written down. */
export interface Content {
  readonly datasets: readonly DatasetRecord[];
  readonly records: AsyncIterable<RecordItem>;
  /** What is shown: first nodes, then relationships, both in a settled order. */
  readonly items: AsyncIterable<Item>;
  /** The same with what was retracted and what stands aside, under the names by which it is stored. */
  readonly everything: AsyncIterable<Item>;
}

/** What every relationship may carry beside the properties of its kind: lists that are stored as they are, unfolded. */
export const edgeLists: readonly PropertyDef[] = [
  { name: 'citations', kind: 'enums', description: 'Keys of the citations that it rests on.' },
  { name: 'datasets', kind: 'enums', description: 'The datasets that speak of it.' },
];

/** `Company:moonshot-ai`: how a node is named in what leaves the graph. */
export const nameOf = ({ noun, key }: { readonly noun: Noun; readonly key: string }): string =>
  `${noun.name}:${key}`;
