import type { Noun, PropertyDef, RelationDef } from '../blueprint';
import type { Filter } from './filter';
import { Leaf } from './leaf';

/** What of a filter holds for sure: its fields, and those of its `and`. */
export type Part = readonly [path: readonly string[], name: string, value: Filter];

/** The parts of a filter that all must hold, each with its path from the root; a field that is null says nothing. */
export function parts(filter: Filter | null, path: readonly string[] = []): Part[] {
  return Object.entries(filter ?? {}).flatMap(([name, value]): Part[] => {
    if (value == null) return [];
    if (name === 'and')
      return (value as (Filter | null)[]).flatMap((each, index) =>
        parts(each, [...path, 'and', String(index)]),
      );
    return [[path, name, value as Filter]];
  });
}

/** How well an index narrows a noun down by one part of a filter: 3 a key, 2 a value, 1 a range, 0 not at all. */
function selectivity(noun: Noun, name: string, filter: Filter): number {
  if (name === 'search') return 2;
  const property = noun.properties.get(name);
  if (!property) return 0;
  if (name === 'key') return has(filter, equal) ? 3 : has(filter, ['startsWith']) ? 1 : 0;
  return valued(property, filter);
}

function valued({ kind }: PropertyDef, filter: Filter): number {
  switch (kind) {
    case 'string':
      return has(filter, equal) ? 2 : has(filter, pieces) ? 1 : 0;
    case 'date':
      return has(filter, equal) ? 2 : has(filter, ranges) ? 1 : 0;
    case 'int':
    case 'float':
      return has(filter, [...equal, ...ranges]) ? 1 : 0;
    case 'money':
      return filter.amount != null && has(filter.amount as Filter, [...equal, ...ranges]) ? 1 : 0;
    default:
      return 0;
  }
}

const equal = ['eq', 'in'];
const ranges = ['lt', 'lte', 'gt', 'gte'];
const pieces = ['contains', 'startsWith', 'endsWith'];

const has = (filter: Filter, names: readonly string[]): boolean =>
  names.some((each) => filter[each] != null);

/** The best that a filter offers on the noun itself. */
export function own(noun: Noun, filter: Filter | null): number {
  return Math.max(0, ...parts(filter).map(([, name, value]) => selectivity(noun, name, value)));
}

/** A filter of nothing but what an index of the noun answers. */
export function ownOnly(noun: Noun, filter: Filter | null): Filter {
  const among = parts(filter).filter(([, name, value]) => selectivity(noun, name, value) > 0);
  return { and: among.map(([, name, value]) => ({ [name]: value })) };
}

/** The filter of a relation's far end, where one must exist. */
export function needed(relation: RelationDef, value: Filter): Filter | null {
  return relation.one ? value : ((value.some ?? null) as Filter | null);
}

/** Whether the relationship is spoken of below and, or, not: then it cannot be told apart from the node. */
function nestsEdge(filter: Filter, deep = false): boolean {
  return Object.entries(filter).some(([name, value]) => {
    if (name === 'edge') return deep;
    if (name === 'not') return value != null && nestsEdge(value as Filter, true);
    return (
      (name === 'and' || name === 'or') &&
      ((value ?? []) as (Filter | null)[]).some((each) => each && nestsEdge(each, true))
    );
  });
}

/** A way to what an index narrows down: through some relations, or through none. */
export interface WayIn {
  readonly score: number;
  readonly along: readonly Part[];
}

/** The most relations that a way in goes along. */
const longest = 4;

/** All ways into what a filter lets through, the most selective first; among equals the shorter, then the earlier. */
export function waysIn(noun: Noun, filter: Filter | null): WayIn[] {
  return found(noun, filter, longest).sort((a, b) => b.score - a.score);
}

function found(noun: Noun, filter: Filter | null, left: number): WayIn[] {
  const score = own(noun, filter);
  const here = score ? [{ score, along: [] }] : [];
  const further = parts(filter).flatMap((part): WayIn[] => {
    const relation = noun.relations.get(part[1]);
    const inner = relation && needed(relation, part[2]);
    // An interface that every node bears has no label to find it by.
    if (!relation || !inner || relation.target.name === 'Node' || !left || nestsEdge(inner))
      return [];
    return found(relation.target, inner, left - 1).map((each) => ({
      score: each.score,
      along: [part, ...each.along],
    }));
  });
  return [...here, ...further];
}

/** How many objects a filter is made of. */
export function weigh(filter: unknown): number {
  if (typeof filter !== 'object' || filter === null || filter instanceof Leaf) return 0;
  const own = Array.isArray(filter) ? 0 : 1;
  return Object.values(filter).reduce<number>((sum, each) => sum + weigh(each), own);
}
