import { compare } from '../../support/compare';
import type { Sketch } from './sketch';

/** More of one relation than the picture shows. */
export interface LeftOut {
  /** The number of the node in the database. */
  readonly id: number;
  readonly relation: string;
  /** How many nodes would come in if the node were unfolded along the relation. */
  readonly count: number;
}

/**
 * What lies beyond each node and was not drawn: walked, or for hubs what they lead to without what is drawn.
 * @param ends whether hops lead to a noun: where facts are folded, one that was asked for is drawn, but no hop ends there
 */
export function leftOut({ outs, hubs, nodes }: Sketch, ends: (noun: string) => boolean): LeftOut[] {
  const places = new Map(nodes.map(([id], index) => [id, index]));
  const ofHubs = new Set(hubs.map(({ id }) => id));
  const counted = new Set(nodes.flatMap(([id, noun]) => (ends(noun) ? id : [])));
  const drawn = new Map<string, Set<number>>();
  const join = (from: number, relation: string, to: number): void => {
    if (!ofHubs.has(from) || !counted.has(to)) return;
    const place = `${from} ${relation}`;
    drawn.set(place, (drawn.get(place) ?? new Set()).add(to));
  };
  for (const [here, relation, , lines] of outs)
    for (const [there, back] of lines) {
      join(here, relation, there);
      join(there, back, here);
    }
  const walked = outs.map(([id, relation, count]) => ({ id, relation, count }));
  const ofAll = hubs.map(({ id, relation, count }) => ({
    id,
    relation,
    count: count - (drawn.get(`${id} ${relation}`)?.size ?? 0),
  }));
  return [...walked, ...ofAll]
    .filter(({ count }) => count > 0)
    .sort(
      (a, b) =>
        (places.get(a.id) ?? 0) - (places.get(b.id) ?? 0) ||
        b.count - a.count ||
        compare(a.relation, b.relation),
    );
}
