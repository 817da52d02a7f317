import { boundedArg } from '../../derive/bounds';
import { input, object } from '../../derive/common-types';
import { arg, field, type Bound, type TypeSpec } from '../../derive/spec';

/** The types of `graph`, but for the enumeration of relations. */
export const graphTypes: readonly TypeSpec[] = [
  input('Position', 'Where a node is drawn already.', [
    field('id', 'ID!', 'Its id.'),
    field('x', 'Float!', 'To the right.'),
    field('y', 'Float!', 'Upwards.'),
  ]),
  object('GraphNode', 'A node as it is drawn.', [
    field('id', 'ID!', 'Its id.'),
    field('key', 'ID!', 'Its key.'),
    field('type', 'EntityType!', 'Its noun.'),
    field('label', 'String!', 'Its name.'),
    field('labelZh', 'String', 'Its Chinese name.'),
    field('degree', 'Int!', 'How many relationships it has in all.'),
    field('x', 'Float!', 'To the right.'),
    field('y', 'Float!', 'Upwards.'),
    field('size', 'Float!', 'How large it is drawn: grows with the logarithm of its degree.'),
    field('color', 'String!', 'The colour of its noun, such as #2f6fde.'),
    field('group', 'Int!', 'Which community of the picture it belongs to.'),
    field('node', 'Node!', 'The node itself.'),
  ]),
  object('GraphEdge', 'A line as it is drawn.', [
    field('id', 'ID!', 'Of this picture alone.'),
    field('source', 'ID!', 'The id of the node that it starts at.'),
    field('target', 'ID!', 'The id of the node that it leads to.'),
    field(
      'type',
      'String!',
      'The type of the relationship, or the noun of the facts that were folded into it.',
    ),
    field('label', 'String!', 'In English words.'),
    field('labelZh', 'String!', 'In Chinese words.'),
    field('certainty', 'Certainty', 'How sure it is: of several facts, the surest.'),
    field('count', 'Int!', 'How many facts were folded into it; 1 where it is a relationship.'),
    field('facts', '[Fact!]!', 'The facts that were folded into it. At most 20.'),
  ]),
  object('Expandable', 'More of one relation than the picture shows.', [
    field('node', 'ID!', 'The id of the node.'),
    field('relation', 'String!', 'The type of the relationship.'),
    field(
      'count',
      'Int!',
      'How many nodes would come in if that node were unfolded along that relation.',
    ),
  ]),
  object('GraphLayout', 'How the picture was laid out.', [
    field('algorithm', 'String!', 'Its name.'),
    field('version', 'String!', 'Its version.'),
    field('seed', 'Int!', 'Where chance starts.'),
    field('iterations', 'Int!', 'How many steps: fewer of larger pictures.'),
  ]),
  object('Graph', 'Nodes and lines, ready to be drawn. The same question gives the same picture.', [
    field(
      'nodes',
      '[GraphNode!]!',
      'The nodes: the seeds, then hop by hop, the better connected first.',
    ),
    field('edges', '[GraphEdge!]!', 'The lines: 8,000 at most.'),
    field('expandable', '[Expandable!]!', 'What was left out.'),
    field('layout', 'GraphLayout!', 'How it was laid out.'),
    field('completeness', 'Completeness!', 'Whether a limit cut something off.'),
  ]),
];

/** Nodes of a picture. */
export const limitBound = { least: 1, most: 2_000, unlessTold: 200 } as const satisfies Bound;
/** Hops from the seeds. */
export const depthBound = { least: 0, most: 4, unlessTold: 1 } as const satisfies Bound;
/** Seeds and known nodes: as many as a picture holds. */
export const drawnBound = { least: 0, most: limitBound.most } as const satisfies Bound;

/** The nodes that a picture has to leave where they are. */
export const knownArg = boundedArg(
  'known',
  '[Position!]',
  drawnBound,
  'Nodes that are drawn already, {bound}: they stay where they are.',
);

export const graphRoots = [
  field('graph', 'Graph!', 'What surrounds some nodes, ready to be drawn.', [
    boundedArg(
      'seeds',
      '[ID!]!',
      drawnBound,
      'Where to begin: ids, or Trend:going-global; {bound}.',
    ),
    boundedArg('depth', 'Int', depthBound, 'How many hops from there: {bound}.'),
    arg('relations', '[RelationType!]', 'Only along these.'),
    arg('types', '[EntityType!]', 'Only to these nouns.'),
    arg('datasets', '[String!]', 'Only what these datasets speak of.'),
    boundedArg('limit', 'Int', limitBound, 'So many nodes: {bound}.'),
    arg(
      'fold',
      'Boolean',
      'Whether a fact that joins two things is drawn as a line between them: true unless told.',
      true,
    ),
    knownArg,
  ]),
];
