import { many, Node, Property, Relation } from '../../blueprint';
import { Entity } from '../common/entity';
import { Place } from '../place/place';

@Node({
  plural: 'exchanges',
  nameZh: '交易所',
  description: 'A stock exchange; its key is the MIC (ISO 10383) in lower case.',
  implements: () => [Entity],
})
export class Exchange {
  @Property('string', 'The market identifier code, ISO 10383.')
  readonly mic?: string;

  @Relation(() => Place, {
    along: 'IN_PLACE',
    one: true,
    back: many('exchanges', 'The exchanges there.'),
    description: 'Where it is.',
    says: ['{from} is in {to}', '{from}位于{to}'],
  })
  readonly place?: Place;
}
