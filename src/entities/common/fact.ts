import { Certainty, Interface, Property, Relation } from '../../blueprint';
import { either } from '../../blueprint';
import { Entity } from './entity';
import { Node } from './node';

@Interface({
  plural: 'facts',
  nameZh: '事实',
  description:
    'Everything that a source asserts: rounds, listings, observations, quotes, statements.',
  implements: () => [Node],
})
export class Fact {
  @Property('string', 'The fact in a few English words.', { required: true, search: true })
  readonly label!: string;

  @Property('string', 'The fact in a few Chinese words.')
  readonly labelZh?: string;

  @Property(Certainty, 'How sure it is that the source says this.', { required: true })
  readonly certainty!: string;

  @Property(
    'text',
    'Why an inferred fact is believed, the formula of a derived one, what was seen of a missing one.',
  )
  readonly reason?: string;

  @Relation(() => Fact, {
    along: 'COMPUTED_FROM',
    back: { name: 'usedIn', one: false, description: 'The facts computed from it.' },
    description: 'The facts that it was computed from.',
    says: ['{from} is computed from {to}', '{from}由{to}推算'],
  })
  readonly computedFrom?: Fact[];

  @Relation(() => Entity, {
    along: [either(['ABOUT', 'RAISED', 'LISTED_AS', 'ACQUIRER', 'TARGET', 'PRICE_OF', 'RANKS'])],
    description: 'The entities that it speaks of.',
  })
  readonly subjects?: Entity[];
}
