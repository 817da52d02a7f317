import type { Noun, PropertyDef, RelationDef } from '../blueprint';
import type { ChangeDef } from './changes';
import { input, object } from './common-types';
import { capital, hasEdge, stem } from './names';
import { valueType } from './property-types';
import { field, type TypeSpec } from './spec';

/** The properties that a curator may set: all but the key, which names the node, and what the server keeps itself. */
export function settable(noun: Noun): PropertyDef[] {
  return [...noun.properties.values()].filter(({ name }) => name !== 'key' && name !== 'datasets');
}

export const operation = field('operationId', 'ID!', 'The operation that did it.');
export const outcome = field('outcome', 'ChangeOutcome!', 'What became of it.');

const failures = ['InvalidInput', 'Conflict', 'NotFound'] as const;

/** A payload: its result, or why there is none. */
export function union(name: string, description: string, result: string): TypeSpec {
  return { kind: 'union', name, description, types: [result, ...failures] };
}

/** The types of one change. */
export function typesOf(change: ChangeDef): TypeSpec[] {
  switch (change.kind) {
    case 'upsert': {
      const { noun } = change;
      const values = settable(noun).map((each) =>
        field(each.name, valueType(each, 'Input'), each.description),
      );
      return [
        input(`Upsert${noun.name}Input`, `What is to be so of one of the ${noun.plural}.`, [
          field('key', 'ID!', `Its key, new or known; ${noun.name}:key does as well.`),
          ...values,
          citations,
          field('onlyNew', 'Boolean', 'Whether it must not be there yet.'),
          field(
            'seen',
            `Seen${noun.name}Input`,
            'What was seen: a conflict where it is no longer so.',
          ),
        ]),
        input(`Seen${noun.name}Input`, 'Fields as they were seen; null was unknown.', values),
        object(`${noun.name}Upserted`, `One of the ${noun.plural}, as it is now.`, [
          operation,
          outcome,
          field('node', noun.name, 'The node; null where it has been hidden since.'),
        ]),
        union(
          `Upsert${noun.name}Payload`,
          `What became of one of the ${noun.plural}.`,
          `${noun.name}Upserted`,
        ),
      ];
    }
    case 'link': {
      const { relation } = change;
      const edge = edgeOf(relation);
      return [
        ...(edge.length
          ? [
              input(
                `${stem(relation)}EdgeInput`,
                'What the relationship itself says.',
                edge.map((each) =>
                  field(
                    each.name,
                    `${valueType(each, 'Input')}${relation.claim && each.name === 'certainty' ? '!' : ''}`,
                    each.description,
                  ),
                ),
              ),
              input(
                `Seen${stem(relation)}EdgeInput`,
                'What the relationship said as it was seen; null was unknown.',
                edge.map((each) => field(each.name, valueType(each, 'Input'), each.description)),
              ),
            ]
          : []),
        input(inputName(change), `${relation.description} One relationship of this kind.`, [
          field('from', 'ID!', 'Where it starts.'),
          field('to', 'ID!', 'Where it leads.'),
          ...(edge.length
            ? [
                field(
                  'edge',
                  `${stem(relation)}EdgeInput${relation.claim ? '!' : ''}`,
                  'What the relationship itself says.',
                ),
              ]
            : []),
          citations,
          field('onlyNew', 'Boolean', 'Whether it must not be there yet.'),
          ...(edge.length
            ? [
                field(
                  'seen',
                  `Seen${stem(relation)}EdgeInput`,
                  'What it said as it was seen: a conflict where it is no longer so.',
                ),
              ]
            : []),
          field(
            'instead',
            'ID',
            'Where there can be one only: the one that was seen there and is to give way, hidden.',
          ),
        ]),
      ];
    }
    default:
      return [];
  }
}

const citations = field('citations', '[CitationInput!]!', 'What it rests on: one at the least.');

function edgeOf(relation: RelationDef): readonly PropertyDef[] {
  return hasEdge(relation) ? relation.edge : [];
}

/** The type of what is sent for a change. */
export function inputName(change: ChangeDef): string {
  switch (change.kind) {
    case 'upsert':
      return `Upsert${change.noun.name}Input`;
    case 'link':
      return `${capital(change.field)}Input`;
    case 'unlink':
      return 'UnlinkInput';
    default:
      return 'RetractInput';
  }
}

/** The type of what comes back. */
export function payloadName(change: ChangeDef): string {
  switch (change.kind) {
    case 'upsert':
      return `Upsert${change.noun.name}Payload`;
    case 'link':
    case 'unlink':
      return 'LinkPayload';
    default:
      return 'RetractPayload';
  }
}

/** What a change does, in a sentence. */
export function told(change: ChangeDef): string {
  switch (change.kind) {
    case 'upsert':
      return `Makes or changes one of the ${change.noun.plural}; fields that are not given stay, null makes unknown.`;
    case 'link':
      return `${change.relation.description} Makes or changes one such relationship.`;
    case 'unlink':
      return `${change.relation.description} Hides one such relationship.`;
    case 'retract':
      return 'Hides a node with its relationships; it is kept, and shown by `retractions`.';
    case 'restore':
      return 'Shows again what was hidden by `retract`.';
  }
}
