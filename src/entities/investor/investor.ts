import { Interface, many, Property, Relation } from '../../blueprint';
import { Entity } from '../common/entity';
import { FundingRound } from '../funding-round/funding-round';

/** What an investor did in a round. */
export class Investment {
  @Property('boolean', 'Whether the investor led the round.')
  readonly lead?: boolean;

  @Property(
    'float',
    "The investor's own part of the round, in full units of `currency`; never the whole round's.",
  )
  readonly amount?: number;

  @Property('currency', 'The ISO 4217 code of `amount`.')
  readonly currency?: string;
}

@Interface({
  plural: 'investors',
  nameZh: '投资方',
  description:
    'The role of a company, firm or person that invests. Its key is unique across all three.',
  implements: () => [Entity],
  role: true,
})
export class Investor {
  @Relation(() => FundingRound, {
    along: 'INVESTED_IN',
    edge: () => Investment,
    back: many('investors', 'Who put money in.'),
    description: 'The rounds it put money in.',
    says: ['{from} invested in {to}', '{from}投资了{to}'],
  })
  readonly investments?: FundingRound[];
}
