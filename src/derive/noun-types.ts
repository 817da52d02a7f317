import type { Noun, PropertyDef, RelationDef } from '../blueprint';
import { boundedArg, byBound, orderBound, pageBound } from './bounds';
import {
  aggregateFields,
  connectionFields,
  input,
  object,
  operators,
  pageArgs,
  pageOnly,
} from './common-types';
import { nameColumns } from './full-text';
import { capital, connectionName, constant, hasEdge, stem } from './names';
import { arg, field, type FieldSpec, type TypeSpec } from './spec';

/** The output type of a property. */
function outputType({ kind, enum: values, pair, required }: PropertyDef): string {
  const type = {
    string: 'String',
    text: 'String',
    enum: values?.name ?? '',
    currency: 'CurrencyCode',
    int: 'Int',
    float: 'Float',
    boolean: 'Boolean',
    date: 'PartialDate',
    money: 'Money',
    period: 'Period',
    strings: '[String!]!',
    enums: `[${values?.name ?? ''}!]!`,
    pairs: `[${pair?.[0] ?? 'Pair'}!]!`,
  }[kind];
  return required ? `${type}!` : type;
}

/** The filter type of a property. */
function filterType({ kind, enum: values, pair, name }: PropertyDef): string {
  if (name === 'key') return 'IDFilter';
  return {
    string: 'StringFilter',
    text: 'StringFilter',
    enum: `${values?.name ?? ''}Filter`,
    currency: 'CurrencyCodeFilter',
    int: 'IntFilter',
    float: 'FloatFilter',
    boolean: 'BooleanFilter',
    date: 'PartialDateFilter',
    money: 'MoneyFilter',
    period: 'PeriodFilter',
    strings: 'StringListFilter',
    enums: `${values?.name ?? ''}ListFilter`,
    pairs: `${pair?.[0] ?? 'Pair'}Filter`,
  }[kind];
}

/** Whether a property has an order: short, and one value. */
export function isOrderable({ kind }: PropertyDef): boolean {
  return !['text', 'strings', 'enums', 'pairs'].includes(kind);
}

/** Whether a property can be added up, or counted: `of` of a measure. */
export function isMeasure({ kind, measure }: PropertyDef): boolean {
  return measure !== false && (kind === 'int' || kind === 'float' || kind === 'money');
}

export function measureName(noun: Noun): string | undefined {
  return [...noun.properties.values()].some(isMeasure) ? `${noun.name}Measure` : undefined;
}

export const toOnes = (noun: Noun): RelationDef[] =>
  [...noun.relations.values()].filter((relation) => relation.one);
export const toManies = (noun: Noun): RelationDef[] =>
  [...noun.relations.values()].filter((relation) => !relation.one);

/** The fields that a noun or interface shows. */
function fields(noun: Noun): FieldSpec[] {
  const known = noun.interfaces.length || noun.isInterface;
  return [
    ...(known ? [field('id', 'ID!', 'Opaque and global: what `node` takes.')] : []),
    ...[...noun.properties.values()].map((property) =>
      field(
        property.name,
        property.name === 'key' ? 'ID!' : outputType(property),
        property.description,
      ),
    ),
    ...[...noun.relations.values()].flatMap(relationFields),
  ];
}

function relationFields(relation: RelationDef): FieldSpec[] {
  const { name, target, description } = relation;
  if (relation.plain) return [field(name, `[${target.name}!]!`, description)];
  if (!relation.one)
    return [
      field(
        name,
        `${connectionName(relation)}!`,
        description,
        pageArgs(listFilterItem(relation), `${target.name}Order`),
      ),
    ];
  const node = field(name, target.name, description);
  if (!hasEdge(relation)) return [node];
  return [
    node,
    field(
      `${name}Edge`,
      `${stem(relation)}Edge`,
      `${description} With the relationship's own words.`,
    ),
  ];
}

/** The filter of what stands at the far end of a to-many relation. */
function listFilterItem(relation: RelationDef): string {
  return `${hasEdge(relation) ? stem(relation) : relation.target.name}Filter`;
}

function edgeFields(relation: RelationDef): FieldSpec[] {
  return [
    ...relation.edge.map((property) =>
      field(property.name, outputType(property), property.description),
    ),
    ...(relation.claim
      ? [
          field(
            'citations',
            '[Citation!]!',
            'What the link rests on: sources with page and quote. At most 20.',
          ),
        ]
      : []),
  ];
}

function connectionTypes(
  name: string,
  target: Noun,
  edge: readonly FieldSpec[],
  description: string,
): TypeSpec[] {
  return [
    object(`${name}Connection`, description, [
      field('nodes', `[${target.name}!]!`, 'The page.'),
      field('edges', `[${name}Edge!]!`, 'The page, each with its cursor.'),
      ...connectionFields,
      ...aggregateFields(measureName(target)),
    ]),
    object(`${name}Edge`, `One of a ${name}Connection.`, [
      field('cursor', 'String!', 'For `after` and `before`.'),
      field('node', `${target.name}!`, 'What is there.'),
      ...edge,
    ]),
  ];
}

const logic = (name: string): FieldSpec[] => [
  field('and', `[${name}!]`, 'All of these hold; an empty list always does.'),
  field('or', `[${name}!]`, 'At least one of these holds; an empty list never does.'),
  field('not', name, 'This does not hold.'),
];

/** The fields of a noun's filter; `self` is the filter's own name, for and, or and not. */
function filterFields(noun: Noun, self: string): FieldSpec[] {
  return [
    ...(noun.isInterface ? [field('type', 'EntityTypeFilter', 'Which noun it is.')] : []),
    ...(noun.interfaces.length || noun.isInterface ? [field('id', 'IDFilter', 'Its id.')] : []),
    ...(nameColumns(noun).length
      ? [
          field(
            'search',
            'String',
            'Names and aliases hold these words: Chinese by any part, Latin by the beginning and with a slip.',
          ),
        ]
      : []),
    ...[...noun.properties.values()].map((property) =>
      field(property.name, filterType(property), property.description),
    ),
    ...[...noun.relations.values()].map((relation) =>
      relation.one
        ? field(relation.name, `${relation.target.name}Filter`, relation.description)
        : field(
            relation.name,
            `${hasEdge(relation) ? stem(relation) : relation.target.name}ListFilter`,
            relation.description,
          ),
    ),
    ...logic(self),
  ];
}

function listFilterTypes(name: string, item: string): TypeSpec[] {
  return [
    input(`${name}ListFilter`, 'Speaks of many.', [
      field('some', item, 'At least one is so.'),
      field('all', item, 'All are so; none at all is so too.'),
      field('none', item, 'None is so.'),
      field('count', `${name}CountFilter`, 'How many are so.'),
    ]),
    input(`${name}CountFilter`, 'Compares how many there are.', [
      field('where', item, 'Only those of which this holds.'),
      ...operators('Int', ['eq', 'ne', 'in', 'notIn', 'lt', 'lte', 'gt', 'gte']),
    ]),
  ];
}

function orderTypes(noun: Noun): TypeSpec[] {
  const measure = measureName(noun);
  const fieldOf = (name: string, description: string) => field(name, 'OrderDirection', description);
  return [
    input(`${noun.name}Order`, `Orders ${noun.plural}; exactly one field.`, [
      ...[...noun.properties.values()]
        .filter(isOrderable)
        .map((property) => fieldOf(property.name, property.description)),
      ...toOnes(noun).map((relation) =>
        field(relation.name, `${relation.target.name}Order`, relation.description),
      ),
      ...toManies(noun).map((relation) =>
        field(relation.name, `${relation.target.name}SizeOrder`, relation.description),
      ),
    ]),
    input(
      `${noun.name}SizeOrder`,
      'Orders by how many there are, or by a measure of them; exactly one field.',
      [
        fieldOf('count', 'By how many there are.'),
        ...(measure ? [field('measure', `${noun.name}MeasureOrder`, 'By a measure of them.')] : []),
      ],
    ),
    ...(measure
      ? [
          input(`${noun.name}MeasureOrder`, 'Orders by a measure.', [
            field('of', `${measure}!`, 'What is measured.'),
            field('fn', 'AggregateFunction!', 'How the values become one.'),
            field('currency', 'CurrencyCode', 'Only amounts in this currency.'),
            field('direction', 'OrderDirection!', 'Which way.'),
          ]),
        ]
      : []),
  ];
}

function groupTypes(noun: Noun): TypeSpec[] {
  const { name } = noun;
  const measure = measureName(noun);
  const tree = [...noun.relations.values()].find(
    (relation) => relation.one && relation.writes && relation.target === noun,
  );
  const of = measure && [
    arg('of', `${measure}!`, 'What is measured.'),
    arg('fn', 'AggregateFunction!', 'How the values become one.'),
  ];
  return [
    input(`${name}GroupBy`, `Groups ${noun.plural} by one thing: a path down to one leaf.`, [
      ...(noun.isInterface ? [field('type', 'Boolean', 'By noun.')] : []),
      ...[...noun.properties.values()]
        .filter((property) => isOrderable(property) && property.kind !== 'money')
        .map((property) =>
          property.restricts
            ? field(property.name, 'String', `${property.description} Only those of this one.`)
            : field(
                property.name,
                property.kind === 'date' || property.kind === 'period' ? 'DateGrain' : 'Boolean',
                property.description,
              ),
        ),
      ...(tree
        ? [field('rollUp', 'Boolean', 'Whether each counts as the broadest that it is part of.')]
        : []),
      ...[...noun.relations.values()]
        .filter((relation) => !relation.plain)
        .map((relation) =>
          field(relation.name, `${relation.target.name}GroupBy`, relation.description),
        ),
    ]),
    object(`${name}Group`, `${capital(noun.plural)} that have something in common.`, [
      field('keys', '[GroupKey!]!', 'What they have in common, one for each item of `by`.'),
      field('count', 'Int!', 'How many they are.'),
      field('share', 'Float!', 'Their part of all that were grouped, from 0 to 1.'),
      ...aggregateFields(measure),
      ...(of
        ? [
            field(
              'changeFromPrevious',
              'Float',
              'The change against the group one date earlier, as a ratio: 0.5 is half as much again; null where either is unknown.',
              of,
            ),
          ]
        : []),
      field('members', `${name}Connection!`, 'The members.', [
        boundedArg('first', 'Int', pageBound, 'So many: {bound}.'),
        arg('after', 'String', 'Only what comes after this cursor.'),
      ]),
      field('citations', '[Citation!]!', 'What the members rest on. At most 20.'),
    ]),
    object(`${name}GroupEdge`, `One of a ${name}GroupConnection.`, [
      field('cursor', 'String!', 'For `after`.'),
      field('node', `${name}Group!`, 'The group.'),
    ]),
    object(`${name}GroupConnection`, `Groups of ${noun.plural}.`, [
      field('nodes', `[${name}Group!]!`, 'The page.'),
      field('edges', `[${name}GroupEdge!]!`, 'The page, each with its cursor.'),
      ...connectionFields,
    ]),
  ];
}

/** All types of one noun or interface. */
export function nounTypes(noun: Noun): TypeSpec[] {
  const { name } = noun;
  const own = [...noun.relations.values()].filter(
    (relation) => relation.owner === name && hasEdge(relation) && !relation.plain,
  );
  const measures = [...noun.properties.values()].filter(isMeasure);
  return [
    {
      kind: noun.isInterface ? 'interface' : 'object',
      name,
      description: noun.description,
      implements: noun.interfaces,
      fields: fields(noun),
    },
    ...connectionTypes(name, noun, [], `A page of ${noun.plural}.`),
    input(
      `${name}Filter`,
      `Says which ${noun.plural}; several fields all hold.`,
      filterFields(noun, `${name}Filter`),
    ),
    ...listFilterTypes(name, `${name}Filter`),
    ...orderTypes(noun),
    ...(measures.length
      ? ([
          {
            kind: 'enum',
            name: `${name}Measure`,
            description: `What can be measured of ${noun.plural}.`,
            values: Object.fromEntries(
              measures.map((each) => [constant(each.name), each.description]),
            ),
          },
        ] as const)
      : []),
    ...(noun.root ? groupTypes(noun) : groupTypes(noun).slice(0, 1)),
    ...own.flatMap((relation): TypeSpec[] => {
      const stemName = stem(relation);
      if (relation.one)
        return [
          object(`${stemName}Edge`, `${relation.description} With the relationship's own words.`, [
            field('node', `${relation.target.name}!`, 'What is there.'),
            ...edgeFields(relation),
          ]),
        ];
      return [
        ...connectionTypes(stemName, relation.target, edgeFields(relation), relation.description),
        input(`${stemName}EdgeFilter`, 'Speaks of the relationship itself.', [
          ...relation.edge.map((property) =>
            field(property.name, filterType(property), property.description),
          ),
          ...logic(`${stemName}EdgeFilter`),
        ]),
        input(
          `${stemName}Filter`,
          `Says which, and by which relationship; several fields all hold.`,
          [
            field('edge', `${stemName}EdgeFilter`, 'The same relationship is so.'),
            ...filterFields(relation.target, `${stemName}Filter`),
          ],
        ),
        ...listFilterTypes(stemName, `${stemName}Filter`),
      ];
    }),
  ];
}

/** The root fields of a noun. */
export function rootFields(noun: Noun): FieldSpec[] {
  const { name, plural } = noun;
  const one = name.charAt(0).toLowerCase() + name.slice(1);
  return [
    ...(noun.isInterface
      ? []
      : [
          field(one, name, `${noun.description} Null where there is none of that key.`, [
            arg('key', 'ID!', `Its key; ${name}:key does as well.`),
          ]),
        ]),
    field(
      plural,
      `${name}Connection!`,
      `All ${plural}.`,
      pageArgs(`${name}Filter`, `${name}Order`),
    ),
    field(`${one}Groups`, `${name}GroupConnection!`, `Groups of ${plural}, counted and measured.`, [
      boundedArg(
        'by',
        `[${name}GroupBy!]!`,
        byBound,
        'What the members of a group have in common, {bound}.',
      ),
      arg('where', `${name}Filter`, 'Only those of which this holds.'),
      arg('having', 'GroupHaving', 'Only groups of which this holds.'),
      boundedArg(
        'orderBy',
        '[GroupOrder!]',
        orderBound,
        'In this order, {bound}; the keys break ties.',
      ),
      arg('fill', 'Boolean', 'Whether gaps in time become groups of none.'),
      ...pageOnly,
    ]),
  ];
}
