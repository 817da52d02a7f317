import { boundedArg, pageBound } from '../derive/bounds';
import { connectionFields, object } from '../derive/common-types';
import { arg, field } from '../derive/spec';

/** Relationships of one hidden node that are told at the most. */
export const mostLinks = 100;

const pageArgs = [
  boundedArg('first', 'Int', pageBound, 'So many: {bound}.'),
  arg('after', 'String', 'Only what comes after this cursor.'),
];

const connection = (name: string, description: string) => [
  object(`${name}Edge`, `One of a ${name}Connection.`, [
    field('cursor', 'String!', 'For `after`.'),
    field('node', `${name}!`, 'What is there.'),
  ]),
  object(`${name}Connection`, description, [
    field('nodes', `[${name}!]!`, 'The page.'),
    field('edges', `[${name}Edge!]!`, 'The page, each with its cursor.'),
    ...connectionFields,
  ]),
];

/** The types of `retractions` and `operations`. */
export const trailTypes = [
  object('RetractedField', 'What was known of it.', [
    field('name', 'String!', 'The field.'),
    field('value', 'String!', 'Its value; what is no text, as JSON.'),
  ]),
  object('RetractedLink', 'A relationship that is hidden with it.', [
    field('relation', 'String!', 'Its type.'),
    field('forward', 'Boolean!', 'Whether it starts at what was retracted.'),
    field('id', 'ID!', 'The id of the other end.'),
    field('label', 'String', 'The name or label of the other end.'),
    field('labelZh', 'String', 'The Chinese one.'),
  ]),
  object('Retraction', 'What was retracted: hidden, and kept.', [
    field('id', 'ID!', 'Its id: what `restore` takes.'),
    field('key', 'ID!', 'Its key.'),
    field('type', 'EntityType!', 'Which noun it is.'),
    field('label', 'String', 'Its name or label.'),
    field('labelZh', 'String', 'The Chinese one.'),
    field('reason', 'String!', 'Why it was retracted.'),
    field('at', 'String!', 'When, as ISO 8601 in UTC.'),
    field('by', 'String', 'Who did it; told to curators.'),
    field('operationId', 'ID!', 'The operation that did it.'),
    field('fields', '[RetractedField!]!', 'All that was known of it.'),
    field('links', '[RetractedLink!]!', `Its relationships; ${mostLinks} at most.`),
    field('citations', '[Citation!]!', 'What it rested on. At most 20.'),
  ]),
  ...connection('Retraction', 'What was retracted, the latest first.'),
  object('Operation', 'What a curator did at one time.', [
    field('id', 'ID!', 'The id that it was given.'),
    field('by', 'String!', 'Who did it.'),
    field('at', 'String!', 'When, as ISO 8601 in UTC.'),
    field('changes', '[String!]!', 'The fields of its changes, in their order.'),
    field('ids', '[ID!]!', 'Ids of what it touched.'),
    field('input', 'String!', 'All that was sent, as JSON.'),
  ]),
  ...connection('Operation', 'What curators did, the latest first.'),
];

export const trailRoots = [
  field('retractions', 'RetractionConnection!', 'What curators have hidden, and why.', [
    arg('ids', '[ID!]', 'Only these: opaque ids, or Company:moonshot-ai.'),
    ...pageArgs,
  ]),
  field('operations', 'OperationConnection!', 'What curators did; for curators.', [
    arg('of', 'ID', 'Only what touched this: an opaque id, or Company:moonshot-ai.'),
    ...pageArgs,
  ]),
];
