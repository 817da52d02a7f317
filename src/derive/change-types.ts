import type { Blueprint, Noun, PropertyDef, RelationDef } from '../blueprint';
import type { ChangeDef } from './changes';
import { input, object } from './common-types';
import { capital, hasEdge, stem } from './names';
import { arg, field, type FieldSpec, type TypeSpec } from './spec';

/** The properties that a curator may set: all but the key, which names the node, and what the server keeps itself. */
export function settable(noun: Noun): PropertyDef[] {
  return [...noun.properties.values()].filter(({ name }) => name !== 'key' && name !== 'datasets');
}

/** The types of what curators send and get. */
export function changeTypes(blueprint: Blueprint, changes: readonly ChangeDef[]): TypeSpec[] {
  const pairs = new Map(
    blueprint.nouns.flatMap((noun) =>
      settable(noun).flatMap(({ pair }) => (pair ? [[pair[0], pair] as const] : [])),
    ),
  );
  return [
    {
      kind: 'enum',
      name: 'ChangeOutcome',
      description: 'What became of a change.',
      values: {
        CREATED: 'It was not there, and is now.',
        CHANGED: 'It was there, and is another now.',
        UNCHANGED: 'It was so already.',
      },
    },
    input('CitationInput', 'Where in a source it stands.', [
      field('source', 'ID!', 'The key of the source.'),
      field('page', 'Int', 'The page or slide, or the row of a file, from 1.'),
      field('quote', 'String', "The source's own words."),
      field('asPrinted', 'String', 'The value as printed.'),
      field('via', '[ID!]', 'Keys of the sources that the source itself names for it.'),
    ]),
    input('MoneyInput', 'An amount of money.', [
      field('amount', 'Float!', 'In full units of the currency.'),
      field('currency', 'CurrencyCode!', 'The ISO 4217 code.'),
      field('asPrinted', 'String', 'As the source prints it.'),
    ]),
    input('PeriodInput', 'A time from a day to a day, one of which may be open.', [
      field('start', 'PartialDate', 'The first day, month or year.'),
      field('end', 'PartialDate', 'The last day, month or year.'),
      field('label', 'String', 'As analysts write it; made from the days where it is not given.'),
    ]),
    ...[...pairs.values()].map(([name, first]) =>
      input(`${name}Input`, 'A name and a value.', [
        field(first, 'String!', 'What it is.'),
        field('value', 'String!', 'Its value.'),
      ]),
    ),
    ...failureTypes,
    ...changes.flatMap(typesOf),
    object('Linked', 'A relationship that a curator made, changed, hid or brought back.', [
      operation,
      outcome,
      field('from', 'Node', 'Where it starts; null where that is hidden now.'),
      field('to', 'Node', 'Where it leads; null where that is hidden now.'),
    ]),
    union('LinkPayload', 'What became of a link.', 'Linked'),
    input('UnlinkInput', 'A relationship that is to be hidden, and why.', [
      field('from', 'ID!', 'Where it starts.'),
      field('to', 'ID!', 'Where it leads.'),
      field('reason', 'String!', 'Why it is hidden.'),
    ]),
    input('RetractInput', 'What is to be hidden with all its relationships, or shown again.', [
      field('id', 'ID!', 'An opaque id, or Company:moonshot-ai.'),
      field('reason', 'String!', 'Why.'),
    ]),
    object('Retracted', 'What was hidden, or is shown again.', [
      operation,
      outcome,
      field('id', 'ID!', 'Its id.'),
      field('node', 'Node', 'The node; null while it is hidden.'),
    ]),
    union('RetractPayload', 'What became of hiding or showing.', 'Retracted'),
    input('ChangeInput', 'One of several changes; exactly one field.', [
      ...changes.map((change) => field(change.field, inputName(change), told(change))),
    ]),
    object('ChangeResult', 'What became of one of several changes.', [
      field('change', 'String!', 'The field of the change.'),
      outcome,
      field('id', 'ID!', 'The id of what was changed; of a relationship, where it starts.'),
      field('node', 'Node', 'The node; null while it is hidden.'),
      field('to', 'Node', 'Where a relationship leads.'),
    ]),
    object('Changed', 'What became of several changes, all of which were made.', [
      operation,
      field('results', '[ChangeResult!]!', 'One for each change, in their order.'),
    ]),
    union('ChangePayload', 'What became of several changes.', 'Changed'),
  ];
}

/** The fields of the mutation. */
export function changeFields(changes: readonly ChangeDef[]): FieldSpec[] {
  const operationId = arg(
    'operationId',
    'ID!',
    'A name for this operation that no other bears, such as a UUID: sent again, nothing is done twice and the first answer comes again.',
  );
  return [
    ...changes.map((change) =>
      field(change.field, `${payloadName(change)}!`, told(change), [
        arg('input', `${inputName(change)}!`, 'What is to be so.'),
        operationId,
      ]),
    ),
    field(
      'change',
      'ChangePayload!',
      'Makes several changes in their order: all of them or none.',
      [arg('input', '[ChangeInput!]!', 'The changes; 100 at most.'), operationId],
    ),
  ];
}

const operation = field('operationId', 'ID!', 'The operation that did it.');
const outcome = field('outcome', 'ChangeOutcome!', 'What became of it.');

const failures = ['InvalidInput', 'Conflict', 'NotFound'] as const;
const message = field('message', 'String!', 'What is wrong, in a sentence.');
const faults = field('faults', '[InputFault!]!', 'Each fault, and where it is.');

const failureTypes: readonly TypeSpec[] = [
  object('InputFault', 'A fault of what was sent.', [
    field('path', 'String!', 'Where: input.name, input.citations.0.source.'),
    field('message', 'String!', 'What was received, and what is expected.'),
  ]),
  {
    kind: 'interface',
    name: 'ChangeFailure',
    description: 'Why nothing was changed.',
    fields: [message],
  },
  failure('InvalidInput', 'What was sent cannot be so; nothing was changed.', [faults]),
  failure('Conflict', 'It is not as the caller saw it; nothing was changed.', [
    faults,
    field('current', 'Node', 'What stands there now.'),
  ]),
  failure('NotFound', 'What was named is not there; nothing was changed.', [
    field('path', 'String!', 'Where it was named.'),
    field('didYouMean', '[ID!]!', 'Ids near it.'),
  ]),
];

function failure(name: string, description: string, fields: readonly FieldSpec[]): TypeSpec {
  return {
    kind: 'object',
    name,
    description,
    implements: ['ChangeFailure'],
    fields: [message, ...fields],
  };
}

function union(name: string, description: string, result: string): TypeSpec {
  return { kind: 'union', name, description, types: [result, ...failures] };
}

function typesOf(change: ChangeDef): TypeSpec[] {
  switch (change.kind) {
    case 'upsert': {
      const { noun } = change;
      const values = settable(noun).map((each) =>
        field(each.name, inputType(each), each.description),
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
                    `${inputType(each)}${relation.claim && each.name === 'certainty' ? '!' : ''}`,
                    each.description,
                  ),
                ),
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

function inputName(change: ChangeDef): string {
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

function payloadName(change: ChangeDef): string {
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

function told(change: ChangeDef): string {
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

/** The input type of a property. */
function inputType({ kind, enum: values, pair }: PropertyDef): string {
  return {
    string: 'String',
    text: 'String',
    enum: values?.name ?? '',
    currency: 'CurrencyCode',
    int: 'Int',
    float: 'Float',
    boolean: 'Boolean',
    date: 'PartialDate',
    money: 'MoneyInput',
    period: 'PeriodInput',
    strings: '[String!]',
    enums: `[${values?.name ?? ''}!]`,
    pairs: `[${pair?.[0] ?? 'Pair'}Input!]`,
  }[kind];
}
