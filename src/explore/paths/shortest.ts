import { direct, type Reach } from './reach';

/** Nodes from one end to the other, and how much the nodes in between weigh. */
export interface Trail {
  readonly nodes: readonly number[];
  readonly weight: number;
}

/** How many hops may be tried for the ways of one length, and how many ways of equal weight are held. */
const mostTries = 300_000;
const mostEqual = 500;

/**
 * The lightest simple ways of exactly so many hops, within what was read. A way repeats no node and no fact.
 * @param count how many; all of the weight of the last are given, so that what stands there can be ordered by key
 * @param hubs whether hubs may stand in between
 * @returns the ways, and whether all were looked at that could be among them
 */
export function lightest(
  reach: Reach,
  length: number,
  count: number,
  hubs: boolean,
): { readonly trails: readonly Trail[]; readonly whole: boolean } {
  const [from, to] = reach.ends as [number, number];
  const least = leastWeights(reach, length, hubs);
  const found: Trail[] = [];
  const trail = [from];
  const sole = new Set<number>(reach.ends);
  let bound = Infinity;
  let tries = 0;
  const keep = (weight: number): void => {
    found.push({ nodes: [...trail], weight });
    found.sort((a, b) => a.weight - b.weight);
    bound = found[count - 1]?.weight ?? Infinity;
    while ((found[found.length - 1] as Trail).weight > bound) found.pop();
  };
  const walk = (id: number, weight: number): void => {
    const left = length - trail.length;
    const ahead = least[left];
    const next = [...(reach.onward.get(id) ?? [])]
      .flatMap(([node, joins]) => {
        const rest = ahead?.get(node);
        if (rest === undefined || trail.includes(node)) return [];
        const own = node === to ? 0 : reach.weight(node);
        return [{ node, joins, weight: weight + own, least: weight + own + rest }];
      })
      .sort((a, b) => a.least - b.least);
    for (const step of next) {
      if (step.least > bound || tries >= mostTries || found.length >= count + mostEqual) return;
      tries++;
      const only = step.joins.length === 1 ? (step.joins[0] as number) : direct;
      if (only !== direct && sole.has(only)) continue;
      trail.push(step.node);
      if (only !== direct) sole.add(only);
      if (left) walk(step.node, step.weight);
      else if (distinct(trail, reach)) keep(step.weight);
      if (only !== direct) sole.delete(only);
      trail.pop();
    }
  };
  if (least[length]?.has(from)) walk(from, 0);
  return {
    trails: found,
    whole: tries < mostTries && found.length < count + mostEqual,
  };
}

/** By hops still to go: what the nodes after a node weigh at the least. */
function leastWeights(
  reach: Reach,
  length: number,
  hubs: boolean,
): readonly ReadonlyMap<number, number>[] {
  const [from, to] = reach.ends as [number, number];
  const least = [new Map([[to, 0]])];
  for (let left = 1; left <= length; left++) {
    const before = least[left - 1] as ReadonlyMap<number, number>;
    const now = new Map<number, number>();
    for (const [id, targets] of reach.onward) {
      if (left === length ? id !== from : id === from || id === to) continue;
      // Distances are those without hubs.
      if (!hubs && (reach.isHub(id) || reach.distance(id) > length - left)) continue;
      let best = Infinity;
      for (const next of targets.keys()) {
        const rest = before.get(next);
        if (rest === undefined) continue;
        const own = next === to ? 0 : reach.weight(next);
        best = Math.min(best, own + rest);
      }
      if (best < Infinity) now.set(id, best);
    }
    least.push(now);
  }
  return least;
}

/** Whether each hop can have a fact of its own, where facts make the hops. */
function distinct(trail: readonly number[], reach: Reach): boolean {
  const used = new Set<number>(reach.ends);
  const place = (at: number): boolean => {
    if (at === trail.length) return true;
    const joins = reach.onward.get(trail[at - 1] as number)?.get(trail[at] as number) ?? [];
    for (const fact of joins) {
      if (fact === direct) return place(at + 1);
      if (used.has(fact)) continue;
      used.add(fact);
      if (place(at + 1)) return true;
      used.delete(fact);
    }
    return false;
  };
  return place(1);
}
