import type { Noun, RelationDef } from '../../blueprint';

/** A relation as it is written, seen from a noun that stands at either end. */
export interface Written {
  /** The relation on the noun that writes it. */
  readonly relation: RelationDef & { readonly writes: string };
  /** Whether the noun that names it stands at the far end: a round that names its company. */
  readonly reversed: boolean;
  /** The nouns that the other end may be. */
  readonly others: readonly Noun[];
  /** Whether the noun may have one only. */
  readonly one: boolean;
}

/** How a relation of a noun is written; null where it only looks (a country above a place). */
export function writtenBy(noun: Noun, field: RelationDef): Written | null {
  if (field.writes)
    return {
      relation: field as Written['relation'],
      reversed: false,
      others: field.among,
      one: field.one,
    };
  const [step, ...more] = field.steps;
  if (!step || more.length || step.upTo || step.edge || step.node) return null;
  if (step.direction !== 'in' || step.types.length !== 1) return null;
  const writes = (other: Noun): RelationDef | undefined =>
    [...other.relations.values()].find(
      (each) => each.writes === step.types[0] && each.among.includes(noun),
    );
  const others = field.among.filter(writes);
  const [first] = others;
  const relation = first && writes(first);
  return relation
    ? { relation: relation as Written['relation'], reversed: true, others, one: field.one }
    : null;
}

/** The relations that a row of the noun can name. */
export function writableRelations(noun: Noun): string[] {
  return [...noun.relations.values()].flatMap((each) => {
    const written = writtenBy(noun, each);
    return written && !written.relation.provenance ? each.name : [];
  });
}
