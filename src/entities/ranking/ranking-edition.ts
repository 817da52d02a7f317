import { many, Node, Property, Relation } from '../../blueprint';
import { Entity } from '../common/entity';
import { Ranking } from './ranking';

@Node({
  plural: 'rankingEditions',
  nameZh: '榜单期次',
  description: 'One year of a published list.',
  implements: () => [Entity],
})
export class RankingEdition {
  @Property('int', 'The year in its title.', { measure: false })
  readonly year?: number;

  @Property('date', 'When it was published.')
  readonly publishedOn?: string;

  @Property('int', 'How many places it has.')
  readonly size?: number;

  @Property('text', 'How the list is made.')
  readonly methodology?: string;

  @Relation(() => Ranking, {
    along: 'EDITION_OF',
    one: true,
    back: many('editions', 'Its years.'),
    description: 'The list.',
    says: ['{from} is an edition of {to}', '{from}是{to}的一期'],
  })
  readonly ranking?: Ranking;
}
