import type { Noun } from '../blueprint';
import { input } from './common-types';
import { isOrderable, measureName } from './property-types';
import { field, type TypeSpec } from './spec';

/** How a noun is ordered: by itself, and by how many of it something has, or a measure of those. */
export function orderTypes(noun: Noun): TypeSpec[] {
  const measure = measureName(noun);
  const relations = [...noun.relations.values()];
  const toOne = relations.filter(({ one }) => one);
  const toMany = relations.filter(({ one }) => !one);
  const fieldOf = (name: string, description: string) => field(name, 'OrderDirection', description);
  return [
    input(`${noun.name}Order`, `Orders ${noun.plural}; exactly one field.`, [
      ...[...noun.properties.values()]
        .filter(isOrderable)
        .map((property) => fieldOf(property.name, property.description)),
      ...toOne.map((relation) =>
        field(relation.name, `${relation.target.name}Order`, relation.description),
      ),
      ...toMany.map((relation) =>
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
