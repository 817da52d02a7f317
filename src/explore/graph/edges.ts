import type { Blueprint } from '../../blueprint';
import { constant } from '../../derive/names';
import { NodeRef } from '../../query/reference';
import { compare } from '../../support/compare';
import type { FactRow, Sketch } from './sketch';
import { thinned } from './thin';
import type { Wordings } from './wording';

/** A line of the picture. */
export interface Edge {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  readonly type: string;
  readonly label: string;
  readonly labelZh: string;
  readonly certainty: string | null;
  readonly count: number;
  readonly facts: readonly NodeRef[];
}

/** Facts that a line names at the most; `count` says how many there are. */
const mostFacts = 20;
/** The surest first. */
const certainties = ['STATED', 'DERIVED', 'INFERRED', 'UNNAMED', 'UNLABELLED', 'MISSING'];

interface Draft {
  readonly source: string;
  readonly target: string;
  readonly type: string;
  readonly certainties: Set<string>;
  readonly facts: Map<string, FactRow>;
  /** Where it is a relationship: the noun that it starts at. */
  readonly from: string;
}

/**
 * The lines of a picture, each once: a relationship, or all facts of one kind that join the same two things.
 * @param idOf the id of a node by its number in the database
 * @returns those that are drawn, and how many there are
 */
export function edgesOf(
  sketch: Sketch,
  blueprint: Blueprint,
  wordings: Wordings,
  idOf: (id: number) => string,
): { readonly edges: Edge[]; readonly lines: number } {
  const drafts = new Map<string, Draft>();
  const nounsOf = new Map(sketch.nodes.map(([id, noun]) => [id, noun]));
  for (const [here, relation, , lines] of sketch.outs)
    for (const [there, , away, certainty, fact] of lines) {
      const ends = away ? [here, there] : [there, here];
      const [source, target] = (fact ? [here, there].sort(byId) : ends) as [number, number];
      const kind = fact ? fact[0] : relation;
      const id = `${idOf(source)} ${kind} ${idOf(target)}`;
      const draft = drafts.get(id) ?? {
        source: idOf(source),
        target: idOf(target),
        type: kind,
        certainties: new Set(),
        facts: new Map(),
        from: nounsOf.get(source) ?? '',
      };
      drafts.set(id, draft);
      if (certainty) draft.certainties.add(certainty);
      if (fact) draft.facts.set(fact[1], fact);
    }
  const lines = [...drafts].map(([id, draft]) => {
    const doubt = certainties.findIndex((each) => draft.certainties.has(each));
    const certainty = certainties[doubt] ?? null;
    return { ...draft, id, doubt, certainty, count: Math.max(1, draft.facts.size) };
  });
  const places = new Map(sketch.nodes.map(([id], at) => [idOf(id), at]));
  const edges = thinned(lines, places)
    .sort((a, b) => compare(a.id, b.id))
    .map(({ id, source, target, type, from, facts, certainty, count }) => {
      const rows = [...facts.values()].sort((a, b) => compare(a[1], b[1]));
      const [only] = rows;
      const [label, labelZh] = !only
        ? wordings.relation(from, type)
        : rows.length === 1
          ? [only[2], only[3] ?? only[2]]
          : wordings.facts(blueprint.get(type), rows.length);
      return {
        id,
        source,
        target,
        type: only ? constant(type) : type,
        label,
        labelZh,
        certainty,
        count,
        facts: rows.slice(0, mostFacts).map(([, key]) => new NodeRef(type, key)),
      };
    });
  return { edges, lines: lines.length };
  function byId(a: number, b: number): number {
    return compare(idOf(a), idOf(b));
  }
}
