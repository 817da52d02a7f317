import { many, Node, out, Property, Relation } from '../../blueprint';
import { Fact } from '../common/fact';
import { Company } from '../company/company';
import { Ranking } from './ranking';
import { RankingEdition } from './ranking-edition';

@Node({
  plural: 'rankingEntries',
  nameZh: '上榜',
  description: 'A place in a year of a published list.',
  implements: () => [Fact],
})
export class RankingEntry {
  @Property('int', 'The place, from 1; null in a list without an order.', { measure: false })
  readonly rank?: number;

  @Property('money', "The company's valuation in the list.")
  readonly valuation?: { amount: number; currency: string };

  @Property('boolean', 'Whether it was not in the list of the year before.')
  readonly isNew?: boolean;

  @Property('date', 'When it left the list.')
  readonly leftOn?: string;

  @Property('string', 'Why it left the list.')
  readonly leftReason?: string;

  @Relation(() => RankingEdition, {
    along: 'IN_EDITION',
    one: true,
    back: many('entries', 'Its places.'),
    description: 'The year of the list.',
    says: ['{from} is in {to}', '{from}收录于{to}'],
  })
  readonly edition?: RankingEdition;

  @Relation(() => Ranking, {
    along: [out('IN_EDITION'), out('EDITION_OF')],
    one: true,
    description: 'The list.',
  })
  readonly ranking?: Ranking;

  @Relation(() => Company, {
    along: 'RANKS',
    one: true,
    back: many('rankings', 'Its places in published lists.'),
    description: 'The company that holds the place.',
    says: ['{from} ranks {to}', '{from}收录了{to}'],
  })
  readonly company?: Company;
}
