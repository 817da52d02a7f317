import { boundedArg, pageBound } from '../../derive/bounds';
import { connectionFields, object } from '../../derive/common-types';
import { arg, field, type Bound, type FieldSpec, type TypeSpec } from '../../derive/spec';

export const neighbourTypes: readonly TypeSpec[] = [
  object('SharedFact', 'A fact that joins a neighbour to those asked about.', [
    field('id', 'ID!', 'Its id.'),
    field('label', 'String!', 'The fact in a few English words.'),
    field('labelZh', 'String', 'The fact in a few Chinese words.'),
    field('of', '[ID!]!', 'The ids of those asked about whom it joins to the neighbour.'),
    field('fact', 'Fact!', 'The fact itself.'),
  ]),
  object('NeighbourEdge', 'One neighbour.', [
    field('cursor', 'String!', 'For `after`.'),
    field('node', 'Entity!', 'What is next to them.'),
    field(
      'via',
      '[String!]!',
      'Types of relationships, and nouns of facts, by which it is joined.',
    ),
    field('near', 'Int!', 'To how many of those asked about it is joined.'),
    field('count', 'Int!', 'By how many relationships and facts in all, each counted once.'),
    field('shared', '[SharedFact!]!', 'The facts, those of most of them first. At most 20.'),
  ]),
  object(
    'NeighbourConnection',
    'What is next to some things: next to most of them first, then by the most relationships and facts.',
    [
      field('nodes', '[Entity!]!', 'The page.'),
      field('edges', '[NeighbourEdge!]!', 'The page, each with its cursor.'),
      ...connectionFields,
    ],
  ),
];

/** Things whose neighbours one question may ask for. */
export const ofBound = { least: 1, most: 20 } as const satisfies Bound;

export const neighboursField: FieldSpec = field(
  'neighbours',
  'NeighbourConnection!',
  'What is next to some things, along one relationship or through one fact that joins the two: who invested beside whom, what two investors both back.',
  [
    boundedArg(
      'of',
      '[ID!]!',
      ofBound,
      'Of what: ids, or Company:alibaba; {bound}. They are not their own neighbours.',
    ),
    arg(
      'relation',
      'RelationType',
      'Only those that are joined by this relationship, to the thing or to the fact between.',
    ),
    arg('by', 'RelationType', 'Only where those asked about are joined by this relationship.'),
    arg('types', '[EntityType!]', 'Only these nouns.'),
    arg('common', 'Boolean', 'Only those that are next to all of them.'),
    boundedArg('first', 'Int', pageBound, 'So many: {bound}.'),
    arg('after', 'String', 'Only what comes after this cursor.'),
  ],
);
