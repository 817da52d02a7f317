import { enumeration, many, Node, out, Property, Relation } from '../../blueprint';
import { Entity } from '../common/entity';
import { Investor } from '../investor/investor';
import { Place } from '../place/place';

export const FirmKind = enumeration('FirmKind', 'What sort of investor it is.', {
  VENTURE: 'A venture capital firm.',
  CORPORATE: 'The investing arm of a company.',
  GOVERNMENT_FUND: 'A fund of a government.',
  ANGEL: 'An angel or a group of angels.',
  UNKNOWN: 'Not known.',
});

@Node({
  plural: 'investmentFirms',
  nameZh: '投资机构',
  description: 'A firm or fund that invests.',
  implements: () => [Entity, Investor],
})
export class InvestmentFirm {
  @Property(FirmKind, 'What sort of investor it is.')
  readonly kind?: string;

  @Relation(() => Place, {
    along: 'BASED_IN',
    one: true,
    claim: true,
    back: many('investmentFirms', 'The investment firms based there.'),
    description: 'Where it is based.',
    says: ['{from} is based in {to}', '{from}位于{to}'],
  })
  readonly place?: Place;

  @Relation(() => Place, {
    along: [out('BASED_IN'), out('PART_OF', { upTo: 4, node: { kind: 'COUNTRY' } })],
    one: true,
    claim: true,
    description: 'The country at or above the place where it is based.',
  })
  readonly country?: Place;
}
