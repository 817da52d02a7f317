import { boundedArg } from '../../derive/bounds';
import { object } from '../../derive/common-types';
import { arg, field, type Bound, type FieldSpec, type TypeSpec } from '../../derive/spec';

export const pathTypes: readonly TypeSpec[] = [
  object('PathStep', 'One hop of a path.', [
    field('from', 'Node!', 'Where it starts.'),
    field(
      'relation',
      'String!',
      'The type of the relationship, or the noun of the fact that joins the two.',
    ),
    field(
      'forward',
      'Boolean!',
      'Whether it is walked the way in which it points; through a fact, at least one half of the way.',
    ),
    field('to', 'Node!', 'Where it leads.'),
    field('fact', 'Fact', 'The fact that joins the two, where one does.'),
    field('sentence', 'String!', 'The hop in English words.'),
    field('sentenceZh', 'String!', 'The hop in Chinese words.'),
    field(
      'certainty',
      'Certainty',
      'How sure it is: as sure as the least sure of what it rests on.',
    ),
    field('citations', '[Citation!]!', 'What it rests on. At most 20.'),
    field(
      'others',
      'Int!',
      'How many more relationships and facts join the same two; the surest is told.',
    ),
  ]),
  object('Path', 'A way from one thing to another.', [
    field('length', 'Int!', 'How many hops.'),
    field(
      'weight',
      'Float!',
      'What stands in between: the logarithms to the base 2 of their relationships and one, added; a place counts 100 more.',
    ),
    field('steps', '[PathStep!]!', 'The hops.'),
  ]),
  object('PathResult', 'How two things are connected, the shortest way first.', [
    field('paths', '[Path!]!', 'The ways.'),
    field('completeness', 'Completeness!', 'Whether a limit cut something off.'),
  ]),
];

export const hopsBound = { least: 1, most: 8, unlessTold: 4 } as const satisfies Bound;
export const waysBound = { least: 0, most: 50, unlessTold: 5 } as const satisfies Bound;
export const avoidBound = { least: 0, most: 100 } as const satisfies Bound;

export const pathsField: FieldSpec = field(
  'paths',
  'PathResult!',
  'How two things are connected: fewest hops first, then the lightest; through a node of 1,000 relationships and more only where there are too few other ways. Sources are no way, a fact that joins two things is one hop.',
  [
    arg('from', 'ID!', 'Where to begin: an id, or Company:alibaba.'),
    arg('to', 'ID!', 'Where to end.'),
    boundedArg('maxHops', 'Int', hopsBound, 'So many hops: {bound}.'),
    boundedArg('first', 'Int', waysBound, 'So many ways: {bound}.'),
    arg('via', '[RelationType!]', 'Only along these.'),
    boundedArg('avoid', '[ID!]', avoidBound, 'Not through these, {bound}.'),
    arg('directed', 'Boolean', 'Whether to walk only the way in which relationships point.'),
  ],
);
