import type { Blueprint, Noun, RelationDef } from '../blueprint';
import { capital } from './names';

/** A relation as it is written. */
export type WrittenRelation = RelationDef & { readonly writes: string };

/** A kind of change, by the field of the mutation that makes it. */
export type ChangeDef =
  | { readonly kind: 'upsert'; readonly field: string; readonly noun: Noun }
  | {
      readonly kind: 'link' | 'unlink';
      readonly field: string;
      readonly owner: Noun;
      readonly relation: WrittenRelation;
    }
  | { readonly kind: 'retract' | 'restore'; readonly field: string };

/** All changes that the blueprint allows: each noun, each relation that is written; where facts come from goes with them. */
export function changesOf(blueprint: Blueprint): ChangeDef[] {
  const written = [...blueprint.all.values()].flatMap((owner) =>
    [...owner.relations.values()].flatMap((relation) =>
      relation.writes && relation.owner === owner.name && !relation.provenance
        ? [{ owner, relation: relation as WrittenRelation }]
        : [],
    ),
  );
  return [
    ...blueprint.nouns
      .filter(({ root }) => root)
      .map((noun): ChangeDef => ({ kind: 'upsert', field: `upsert${noun.name}`, noun })),
    ...(['link', 'unlink'] as const).flatMap((kind) =>
      written.map(({ owner, relation }): ChangeDef => ({
        kind,
        field: `${kind}${owner.name}${capital(relation.name)}`,
        owner,
        relation,
      })),
    ),
    { kind: 'retract', field: 'retract' },
    { kind: 'restore', field: 'restore' },
  ];
}
