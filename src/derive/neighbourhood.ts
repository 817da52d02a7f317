import type { Blueprint } from '../blueprint';

/** The relationship types that lead from one thing to another: all but those that lead to where a fact comes from. */
export function relationTypes(blueprint: Blueprint): string[] {
  const types = new Set<string>();
  for (const noun of blueprint.all.values())
    for (const relation of noun.relations.values())
      if (relation.writes && !relation.provenance) types.add(relation.writes);
  return [...types].sort();
}
