import type { Blueprint } from '../blueprint';
import {
  inputName,
  operation,
  outcome,
  payloadName,
  settable,
  told,
  typesOf,
  union,
} from './change-parts';
import type { ChangeDef } from './changes';
import { input, object } from './common-types';
import { arg, field, type FieldSpec, type TypeSpec } from './spec';

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
