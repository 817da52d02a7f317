import { boundedArg, pageBound } from '../../derive/bounds';
import { connectionFields, object } from '../../derive/common-types';
import { arg, field, type Bound, type FieldSpec, type TypeSpec } from '../../derive/spec';
import { knownArg } from '../graph/schema';

const edge = (noun: string): FieldSpec[] => [
  field('cursor', 'String!', 'For `after`.'),
  field('node', `${noun}!`, 'What is linked.'),
  field(
    'strength',
    'Float!',
    'From 0 to 1: that of the strongest path of each kind together, 1 - (1 - s1)(1 - s2)...',
  ),
  field('kinds', '[TrendLinkKind!]!', 'How they are linked, the strongest first.'),
  field('ways', 'Int!', 'How many paths link them in all.'),
  field('path', 'TrendPath!', 'The strongest path.'),
  field('paths', '[TrendPath!]!', 'The strongest path of each kind.'),
];

const connection = (name: string, noun: string, description: string): TypeSpec[] => [
  object(`${name}Edge`, `One of a ${name}Connection.`, edge(noun)),
  object(`${name}Connection`, description, [
    field('nodes', `[${noun}!]!`, 'The page.'),
    field('edges', `[${name}Edge!]!`, 'The page, each with its cursor.'),
    ...connectionFields,
  ]),
];

export const trendTypes: readonly TypeSpec[] = [
  {
    kind: 'enum',
    name: 'TrendLinkKind',
    description: 'How a company and a trend are linked.',
    values: {
      EXAMPLE: 'It is an example of the trend, or probably the same as one.',
      PRODUCT: 'A model or product of its is an example, or rests on what it develops.',
      EVIDENCE: 'A number or statement of the trend speaks of it, or of what it develops.',
      SECTOR:
        'It is in a sector that the trend affects, in a narrower one, or (which says less) in the broader one.',
      MODEL: 'A model or product of its is in a sector that the trend affects.',
      NUMBERS: 'A number of the trend holds for a sector that it is in.',
    },
  },
  object('TrendPath', 'A path from a trend to a company.', [
    field('kind', 'TrendLinkKind!', 'Of which kind.'),
    field(
      'strength',
      'Float!',
      'From 0 to 1: the weight of its kind, times how far each claim is believed (derived 0.9, inferred 0.7), for a sector divided by 1 and the logarithm to the base 10 of what it holds.',
    ),
    field('length', 'Int!', 'How many hops.'),
    field('steps', '[PathStep!]!', 'The hops, from the trend to the company.'),
  ]),
  ...connection(
    'TrendCompany',
    'Company',
    'The companies that a trend is linked to, the strongest link first.',
  ),
  ...connection(
    'CompanyTrendLink',
    'Trend',
    'The trends that a company is linked to, the strongest link first.',
  ),
];

const args = [
  arg('kinds', '[TrendLinkKind!]', 'Only links of these kinds.'),
  boundedArg('first', 'Int', pageBound, 'So many: {bound}.'),
  arg('after', 'String', 'Only what comes after this cursor.'),
];

export const companiesField = field(
  'companies',
  'TrendCompanyConnection!',
  'The companies that it is linked to: its examples, those whose models and products are, those that its evidence speaks of, and those of the sectors it affects; each with the path and its strength.',
  args,
);

export const trendLinksField = field(
  'trendLinks',
  'CompanyTrendLinkConnection!',
  'The trends that it is linked to, as an example or through its models, products, sectors and numbers; each with the path and its strength. (`trends` are those it is an example of.)',
  args,
);

/** Companies of each trend on the map. */
export const mapBound = { least: 0, most: 50, unlessTold: 12 } as const satisfies Bound;

export const trendMapField = field(
  'trendMap',
  'Graph!',
  'All trends with the sectors they affect and the companies they are linked to, ready to be drawn.',
  [
    boundedArg(
      'companies',
      'Int',
      mapBound,
      'So many companies of each trend, the strongest links first: {bound}.',
    ),
    arg('kinds', '[TrendLinkKind!]', 'Only links of these kinds.'),
    knownArg,
  ],
);
