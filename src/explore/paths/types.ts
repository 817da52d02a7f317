import { object } from '../../derive/common-types';
import { arg, field, type FieldSpec, type TypeSpec } from '../../derive/spec';

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

export const pathsField: FieldSpec = field(
  'paths',
  'PathResult!',
  'How two things are connected: fewest hops first, then the lightest; through a node of 1,000 relationships and more only where there are too few other ways. Sources are no way, a fact that joins two things is one hop.',
  [
    arg('from', 'ID!', 'Where to begin: an id, or Company:alibaba.'),
    arg('to', 'ID!', 'Where to end.'),
    arg('maxHops', 'Int', 'So many hops: 4 unless told, 8 at most.'),
    arg('first', 'Int', 'So many ways: 5 unless told, 50 at most.'),
    arg('via', '[RelationType!]', 'Only along these.'),
    arg('avoid', '[ID!]', 'Not through these, 100 at most.'),
    arg('directed', 'Boolean', 'Whether to walk only the way in which relationships point.'),
  ],
);
