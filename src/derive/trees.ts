import type { Noun, RelationDef } from '../blueprint';

/** Whether a relation leads from one of a noun to the one of the same noun above it: together such links make a tree. */
export function isTree(noun: Noun, { one, writes, target }: RelationDef): boolean {
  return one && writes !== undefined && target === noun;
}

/** The relations by which things of a noun stand above each other, as they are declared; none for most nouns. */
export function treesOf(noun: Noun): RelationDef[] {
  return [...noun.relations.values()].filter((relation) => isTree(noun, relation));
}
