import type { Noun } from '../blueprint';
import { boundedArg, pageBound } from './bounds';
import { aggregateFields, connectionFields, input, object } from './common-types';
import { capital } from './names';
import { isOrderable, measureName } from './property-types';
import { arg, field, type TypeSpec } from './spec';
import { treesOf } from './trees';

/** How a noun is grouped, and its groups: first what they are made by, which other nouns' groups lead through. */
export function groupTypes(noun: Noun): TypeSpec[] {
  const { name } = noun;
  const measure = measureName(noun);
  const [tree] = treesOf(noun);
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
