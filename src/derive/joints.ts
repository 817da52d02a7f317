import type { Blueprint, Noun } from '../blueprint';

/** What a relationship type joins. */
export interface Joint {
  readonly type: string;
  readonly from: readonly Noun[];
  readonly to: readonly Noun[];
}

/** All relationship types of the blueprint with what they join, those to where a fact comes from left out. */
export function jointsOf(blueprint: Blueprint): Joint[] {
  const joints: Joint[] = [];
  for (const noun of blueprint.nouns)
    for (const relation of noun.relations.values())
      if (relation.writes && !relation.provenance)
        joints.push({ type: relation.writes, from: [noun], to: relation.among });
  return joints;
}

const isFact = (noun: Noun): boolean => noun.interfaces.includes('Fact');

/** Types that join a thing to a thing, and those that have a fact at an end; one can be both. */
export function sortJoints(joints: readonly Joint[]): { things: string[]; facts: string[] } {
  const named = (which: (joint: Joint) => boolean) =>
    [...new Set(joints.filter(which).map(({ type }) => type))].sort();
  return {
    things: named(({ from, to }) => !from.every(isFact) && !to.every(isFact)),
    facts: named(({ from, to }) => from.some(isFact) || to.some(isFact)),
  };
}
