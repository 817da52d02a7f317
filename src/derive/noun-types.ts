import type { Noun, RelationDef } from '../blueprint';
import { boundedArg, byBound, orderBound } from './bounds';
import {
  aggregateFields,
  connectionFields,
  input,
  object,
  pageArgs,
  pageOnly,
} from './common-types';
import { filterFields, listFilterItem, listFilterTypes, logic } from './filter-types';
import { groupTypes } from './group-types';
import { connectionName, constant, hasEdge, stem } from './names';
import { orderTypes } from './order-types';
import { filterType, isMeasure, measureName, outputType } from './property-types';
import { arg, field, type FieldSpec, type TypeSpec } from './spec';

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
