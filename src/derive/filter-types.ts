import type { Noun, RelationDef } from '../blueprint';
import { input, operators } from './common-types';
import { nameColumns } from './full-text';
import { hasEdge, stem } from './names';
import { filterType } from './property-types';
import { field, type FieldSpec, type TypeSpec } from './spec';

/** What joins conditions of one filter. */
export const logic = (name: string): FieldSpec[] => [
  field('and', `[${name}!]`, 'All of these hold; an empty list always does.'),
  field('or', `[${name}!]`, 'At least one of these holds; an empty list never does.'),
  field('not', name, 'This does not hold.'),
];

/** The filter of what stands at the far end of a relation to many: by which relationship too, where that says something. */
export function listFilterItem(relation: RelationDef): string {
  return `${hasEdge(relation) ? stem(relation) : relation.target.name}Filter`;
}

/** The fields of a noun's filter; `self` is the filter's own name, for and, or and not. */
export function filterFields(noun: Noun, self: string): FieldSpec[] {
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

/** The filter of a list, such as `CompanyListFilter`, and that of its length; `item` is the filter of one of it. */
export function listFilterTypes(name: string, item: string): TypeSpec[] {
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
