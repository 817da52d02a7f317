import { enumeration, many, Node, Property, Relation } from '../../blueprint';
import { Entity } from '../common/entity';

export const PlaceKind = enumeration('PlaceKind', 'What sort of place it is.', {
  WORLD: 'The whole world.',
  REGION: 'A group of countries.',
  COUNTRY: 'A country or territory with a code of its own (ISO 3166-1).',
  SUBDIVISION: 'A part of a country (ISO 3166-2).',
  CITY: 'A city.',
});

@Node({
  plural: 'places',
  nameZh: '地区',
  description: 'A country or subdivision (ISO 3166, lower case), or a named region.',
  implements: () => [Entity],
})
export class Place {
  @Property(PlaceKind, 'What sort of place it is.')
  readonly kind?: string;

  @Relation(() => Place, {
    along: 'PART_OF',
    one: true,
    back: many('parts', 'The places within it.'),
    description: 'The place that it is part of.',
    says: ['{from} is part of {to}', '{from}属于{to}'],
  })
  readonly partOf?: Place;
}
