import type { Noun, RelationDef } from '../blueprint';
import type { Planning } from './context';
import { conditions, type Filter } from './filter';
import { way, whereText } from './pattern';
import { startOf } from './start';

/** A set of nodes as the beginning of a Cypher query: clauses that bind them, and what is still to be asked of them. */
export interface Source {
  /** Clauses that end in a MATCH or a WITH that can take a WHERE. */
  readonly head: string;
  readonly where: readonly string[];
  readonly node: string;
  readonly noun: Noun;
  /** The variable that the clauses begin at; none at the root. */
  readonly from?: string;
  readonly edge?: { readonly relation: RelationDef; readonly name: string };
  /** Whether a node can be met twice. */
  readonly repeats: boolean;
  /** All nodes of a label: an index can give them in order. */
  readonly scan: boolean;
}

/** The clauses up to and with WHERE, each node once. */
export function matched(source: Source, more: readonly string[] = []): string {
  const { head, where, node, repeats } = source;
  const text = head + whereText([...where, ...more]);
  return repeats ? `${text} WITH DISTINCT ${node}` : text;
}

/** The nodes at the far end of a relation. */
export function relatedSource(
  planning: Planning,
  relation: RelationDef,
  from: string,
  filter: Filter | null,
): Source {
  const node = planning.name('x');
  const path = way(planning, relation, from, node);
  const edge = { relation, name: path.edge };
  const subject = { noun: relation.target, name: node, edge };
  return {
    head: `MATCH ${path.text}`,
    where: [...path.where, ...planning.at('where', () => conditions(planning, subject, filter))],
    node,
    noun: relation.target,
    from,
    edge,
    repeats: path.repeats,
    scan: false,
  };
}

/** All nodes of a noun that a filter lets through. */
export function rootSource(planning: Planning, noun: Noun, filter: Filter | null): Source {
  const node = planning.name('n');
  return planning.at('where', () => ({
    ...startOf(planning, noun, node, filter),
    node,
    noun,
    repeats: false,
  }));
}
