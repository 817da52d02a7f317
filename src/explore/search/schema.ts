import { boundedArg, pageBound } from '../../derive/bounds';
import { connectionFields, object } from '../../derive/common-types';
import { arg, field, type Bound } from '../../derive/spec';

/** The types of `search` and `suggest`. */
export const searchTypes = [
  object('SearchMatch', 'Where the text was found.', [
    field('field', 'String!', 'The field.'),
    field('fragment', 'String!', 'The words around it.'),
  ]),
  object('SearchEdge', 'One hit.', [
    field('cursor', 'String!', 'For `after`.'),
    field('node', 'Node!', 'What was found.'),
    field(
      'score',
      'Float!',
      'How well it fits; of one search alone. 0 where only the name itself was compared.',
    ),
    field('matched', 'SearchMatch', 'Where the text was found; null where it is the key.'),
  ]),
  object('SearchFacet', 'How many hits are of one noun.', [
    field('type', 'EntityType!', 'The noun.'),
    field('count', 'Int!', 'How many.'),
  ]),
  object('SearchConnection', 'What was found, the best first.', [
    field('nodes', '[Node!]!', 'The page.'),
    field('edges', '[SearchEdge!]!', 'The page, each with its cursor.'),
    field('types', '[SearchFacet!]!', 'How many of all hits are of which noun.'),
    ...connectionFields,
  ]),
  object('Suggestion', 'A name that fits what was typed.', [
    field('text', 'String!', 'The name.'),
    field('textZh', 'String', 'The Chinese name.'),
    field('node', 'Node!', 'Whose name it is.'),
  ]),
];

/** Suggestions: unless told as many as one takes in while typing. */
export const suggestBound = { least: 0, most: 100, unlessTold: 8 } as const satisfies Bound;

export const searchRoots = [
  field(
    'search',
    'SearchConnection!',
    'Finds by names and words, all of which must be there: Chinese by any part, Latin by the beginning and with a slip in a name. The very name first, then by score, then the better connected.',
    [
      arg('text', 'String!', 'What to look for; 10,000 characters and 32 words at most.'),
      arg('types', '[EntityType!]', 'Only these nouns.'),
      boundedArg('first', 'Int', pageBound, 'So many: {bound}.'),
      arg('after', 'String', 'Only what comes after this cursor.'),
    ],
  ),
  field('suggest', '[Suggestion!]!', 'Names that fit what was typed so far.', [
    arg('text', 'String!', 'What was typed.'),
    boundedArg('first', 'Int', suggestBound, 'So many: {bound}.'),
  ]),
];
