import { enumeration, Node, Property } from '../../blueprint';
import { Fact } from '../common/fact';

const series = Object.fromEntries(
  [...'ABCDEFGHIJ'].map((letter) => [`SERIES_${letter}`, `Series ${letter}.`]),
);

export const RoundType = enumeration(
  'RoundType',
  'The type of a funding round (Crunchbase: investment type).',
  {
    ANGEL: 'From individuals, early.',
    PRE_SEED: 'Before the seed round.',
    SEED: 'The first money of a company.',
    VENTURE: 'Venture capital of a series that is not told.',
    ...series,
    PRIVATE_EQUITY: 'Late, from private equity.',
    POST_IPO: 'After the listing.',
    CROWDFUNDING: 'From many small backers.',
    DEBT: 'Borrowed.',
    GRANT: 'Given without a share.',
    SECONDARY: 'Shares that change hands; the company gets nothing.',
    OTHER: 'Of another type.',
    UNKNOWN: 'Not known.',
  },
);

@Node({
  plural: 'fundingRounds',
  nameZh: '融资',
  description: 'Money raised at a time (Crunchbase: funding round).',
  implements: () => [Fact],
})
export class FundingRound {
  @Property(RoundType, 'Its type.')
  readonly type?: string;

  @Property('string', 'Its type as the source writes it.')
  readonly typeAsGiven?: string;

  @Property('date', 'When it was announced.')
  readonly announcedOn?: string;

  @Property('money', 'What was raised.')
  readonly raised?: { amount: number; currency: string };

  @Property('money', 'The valuation before the money.')
  readonly preMoney?: { amount: number; currency: string };

  @Property('money', 'The valuation after the money.')
  readonly postMoney?: { amount: number; currency: string };
}
