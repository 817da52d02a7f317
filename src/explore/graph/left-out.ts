import { compare } from '../../support/compare';
import type { Sketch } from './sketch';

/** More of one relation than the picture shows. */
export interface LeftOut {
  /** The element id of the node. */
  readonly element: string;
  readonly relation: string;
  /** How many nodes would come in if the node were unfolded along the relation. */
  readonly count: number;
}

/** What lies beyond each node and was not drawn: walked, or for hubs what they lead to without what is drawn. */
export function leftOut({ outs, hubs, nodes }: Sketch): LeftOut[] {
  const places = new Map(nodes.map(([element], index) => [element, index]));
  const drawn = new Map<string, Set<string>>();
  const join = (from: string, relation: string, to: string): void => {
    const place = `${from} ${relation}`;
    drawn.set(place, (drawn.get(place) ?? new Set()).add(to));
  };
  for (const [here, relation, , lines] of outs)
    for (const [there, back] of lines) {
      join(here, relation, there);
      join(there, back, here);
    }
  const walked = outs.map(([element, relation, count]) => ({ element, relation, count }));
  const counted = hubs.map(({ element, relation, count }) => ({
    element,
    relation,
    count: count - (drawn.get(`${element} ${relation}`)?.size ?? 0),
  }));
  return [...walked, ...counted]
    .filter(({ count }) => count > 0)
    .sort(
      (a, b) =>
        (places.get(a.element) ?? 0) - (places.get(b.element) ?? 0) ||
        b.count - a.count ||
        compare(a.relation, b.relation),
    );
}
