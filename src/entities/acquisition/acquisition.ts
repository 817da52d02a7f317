import { many, Node, Property, Relation } from '../../blueprint';
import { Fact } from '../common/fact';
import { Company } from '../company/company';

@Node({
  plural: 'acquisitions',
  nameZh: '收购',
  description: 'One company bought by another (Crunchbase: acquisition).',
  implements: () => [Fact],
})
export class Acquisition {
  @Property('date', 'When it was announced.')
  readonly announcedOn?: string;

  @Property('money', 'What was paid.')
  readonly price?: { amount: number; currency: string };

  @Relation(() => Company, {
    along: 'ACQUIRER',
    one: true,
    back: many('acquisitions', 'What it bought.'),
    description: 'The company that bought.',
    says: ['{from} has the acquirer {to}', '{from}的收购方是{to}'],
  })
  readonly acquirer?: Company;

  @Relation(() => Company, {
    along: 'TARGET',
    one: true,
    back: many('acquiredIn', 'The acquisitions in which it was bought.'),
    description: 'The company that was bought.',
    says: ['{from} has the target {to}', '{from}的被收购方是{to}'],
  })
  readonly target?: Company;
}
