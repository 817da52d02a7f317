import { many, Node, Property, Relation } from '../../blueprint';
import { Entity } from '../common/entity';

@Node({
  plural: 'sectors',
  nameZh: '赛道',
  description: 'A concept of a taxonomy (SKOS: concept); its key is scheme/notation.',
  implements: () => [Entity],
})
export class Sector {
  @Property('string', 'The taxonomy it belongs to (SKOS: concept scheme).', { restricts: true })
  readonly scheme?: string;

  @Property('string', 'Its code within the taxonomy (SKOS: notation).')
  readonly notation?: string;

  @Property('text', 'What it covers, in English (SKOS: definition).')
  readonly definition?: string;

  @Property('text', 'What it covers, in Chinese.')
  readonly definitionZh?: string;

  @Property('int', 'Its place in the order of the taxonomy, from 1.', { measure: false })
  readonly position?: number;

  @Relation(() => Sector, {
    along: 'BROADER',
    one: true,
    back: many('narrower', 'The narrower sectors (SKOS: narrower).'),
    description: 'The broader sector (SKOS: broader).',
    says: ['{from} is part of {to}', '{from}属于{to}'],
  })
  readonly broader?: Sector;
}
