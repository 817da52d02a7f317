import type { Noun, RelationDef } from '../blueprint';
import { labelText, way, whereText } from './pattern';
import type { Planning } from './context';
import { foundByName } from './found';
import { condition, conditions, type Filter } from './filter';

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

/**
 * All nodes of a noun that a filter lets through. Where the filter names something selective about a neighbour, the
 * way starts there: what the neighbour's index finds is walked back from, instead of asking every node.
 */
export function rootSource(planning: Planning, noun: Noun, filter: Filter | null): Source {
  const node = planning.name('n');
  return planning.at('where', () => {
    const start = fromFarEnd(planning, noun, node, filter);
    if (start) return { ...start, node, noun, repeats: false, scan: false };
    const either = fromEither(planning, noun, node, filter);
    if (either) return { ...either, node, noun, repeats: false, scan: false };
    const found = fromNames(planning, noun, node, filter);
    if (found) return { ...found, node, noun, repeats: false, scan: false };
    return {
      ...fromLabel(planning, noun, node, filter),
      node,
      noun,
      repeats: false,
      scan: true,
    };
  });
}

interface Start {
  readonly head: string;
  readonly where: readonly string[];
}

/** Every node of a noun. */
function fromLabel(planning: Planning, noun: Noun, node: string, filter: Filter | null): Start {
  return {
    head: `MATCH (${node}${labelText([noun.name])})`,
    where: conditions(planning, { noun, name: node }, filter),
  };
}

/** What the full-text index finds, unless the filter names something better. */
function fromNames(
  planning: Planning,
  noun: Noun,
  node: string,
  filter: Filter | null,
): Start | null {
  const part = parts(filter).find(([, name]) => name === 'search');
  if (!part || own(noun, filter) > 2) return null;
  const [path, name, text] = part;
  const set = planning.at([...path, name].join('.'), () => foundByName(planning, noun, text));
  const rest = without(filter as Filter, path, name, true);
  return {
    head: `UNWIND ${set} AS ${node} WITH ${node}`,
    where: [`${node}:${noun.name}`, ...conditions(planning, { noun, name: node }, rest)],
  };
}

/** What of a filter holds for sure: its fields, and those of its `and`. */
type Part = readonly [path: readonly string[], name: string, value: Filter];

function parts(filter: Filter | null, path: readonly string[] = []): Part[] {
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
  const has = (...names: string[]) => names.some((each) => filter[each] != null);
  if (name === 'key') return has('eq', 'in') ? 3 : 0;
  if (property.kind === 'string') return has('eq', 'in') ? 2 : 0;
  if (property.kind === 'date') return has('eq', 'in') ? 2 : has('lt', 'lte', 'gt', 'gte') ? 1 : 0;
  return 0;
}

/** The best that a filter offers on the noun itself. */
function own(noun: Noun, filter: Filter | null): number {
  return Math.max(0, ...parts(filter).map(([, name, value]) => selectivity(noun, name, value)));
}

/** The filter of a relation's far end, where one must exist. */
function needed(relation: RelationDef, value: Filter): Filter | null {
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

/** How well a filter narrows down by a chain of relations. */
function reach(noun: Noun, filter: Filter | null, depth = 0): { score: number; part: Part } | null {
  let best: { score: number; part: Part } | null = null;
  for (const part of parts(filter)) {
    const relation = noun.relations.get(part[1]);
    const inner = relation && needed(relation, part[2]);
    // An interface that every node bears has no label to find it by.
    if (!relation || !inner || relation.target.name === 'Node' || depth > 3 || nestsEdge(inner))
      continue;
    const score = Math.max(
      own(relation.target, inner),
      reach(relation.target, inner, depth + 1)?.score ?? 0,
    );
    if (score > (best?.score ?? 0)) best = { score, part };
  }
  return best;
}

function fromFarEnd(
  planning: Planning,
  noun: Noun,
  node: string,
  filter: Filter | null,
): Start | null {
  const best = reach(noun, filter);
  if (!best || best.score <= own(noun, filter)) return null;
  const [path, name, value] = best.part;
  const relation = noun.relations.get(name) as RelationDef;
  const inner = needed(relation, value);
  const { edge, ...rest } = inner as Record<string, Filter | undefined>;
  const back = planning.name('x');
  const steps = [...path, name, ...(relation.one ? [] : ['some'])];
  const start = planning.at(steps.join('.'), () => {
    const deeper = fromFarEnd(planning, relation.target, back, rest);
    return (
      deeper ??
      fromNames(planning, relation.target, back, rest) ??
      fromLabel(planning, relation.target, back, rest)
    );
  });
  const along = way(planning, relation, node, back);
  const said = edge
    ? [
        condition(
          planning,
          { noun: relation.target, name: back, edge: { relation, name: along.edge } },
          { edge },
        ),
      ]
    : [];
  const others = without(filter as Filter, path, name, relation.one);
  return {
    head:
      start.head +
      whereText(start.where) +
      ` MATCH ${along.text.replace(new RegExp(`\\(${back}[^)]*\\)`), `(${back})`)}` +
      whereText([...along.where, ...said]) +
      ` WITH DISTINCT ${node}`,
    where: [`${node}:${noun.name}`, ...conditions(planning, { noun, name: node }, others)],
  };
}

/** The filter without the part that was walked from. */
function without(filter: Filter, path: readonly string[], name: string, whole: boolean): Filter {
  const [step, index, ...rest] = path;
  if (step === 'and')
    return {
      ...filter,
      and: (filter.and as Filter[]).map((each, at) =>
        String(at) === index ? without(each, rest, name, whole) : each,
      ),
    };
  const { [name]: taken, ...others } = filter;
  if (whole) return others;
  const { some: _, ...left } = taken as Record<string, unknown>;
  return { ...others, [name]: left };
}

/** `or` of which every branch is selective: each found by its own way, together without repeats. */
function fromEither(
  planning: Planning,
  noun: Noun,
  node: string,
  filter: Filter | null,
): Start | null {
  const branches = filter?.or as (Filter | null)[] | null | undefined;
  if (!branches || branches.length < 2 || own(noun, filter) > 1) return null;
  const far = branches.some((branch) => (reach(noun, branch)?.score ?? 0) > 0);
  if (
    !far ||
    !branches.every((branch) => own(noun, branch) > 0 || (reach(noun, branch)?.score ?? 0) > 0)
  )
    return null;
  const { or: _, ...rest } = filter as Record<string, unknown>;
  const texts = branches.map((branch, index) =>
    planning.at(`or.${index}`, () => {
      const start =
        fromFarEnd(planning, noun, node, branch) ??
        fromNames(planning, noun, node, branch) ??
        fromLabel(planning, noun, node, branch);
      return `${start.head}${whereText(start.where)} RETURN ${node}`;
    }),
  );
  return {
    head: `CALL () { ${texts.join(' UNION ')} } WITH ${node}`,
    where: conditions(planning, { noun, name: node }, rest),
  };
}
