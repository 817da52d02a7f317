import { many, Node, Property, Relation } from '../../blueprint';
import { Entity } from '../common/entity';
import { Company } from '../company/company';
import { Investor } from '../investor/investor';

/** A person's part in a company. */
export class Engagement {
  @Property('string', 'The title held.')
  readonly title?: string;

  @Property('date', 'Since when.')
  readonly from?: string;

  @Property('date', 'Until when; null while it lasts.')
  readonly to?: string;
}

@Node({
  plural: 'people',
  nameZh: '人物',
  description: 'Someone who invests, founds or leads.',
  implements: () => [Entity, Investor],
})
export class Person {
  @Property('string', 'Title, as the source gives it.')
  readonly title?: string;

  @Relation(() => Company, {
    along: 'FOUNDED',
    edge: () => Engagement,
    claim: true,
    back: many('founders', 'Who founded it.'),
    description: 'The companies founded.',
    says: ['{from} founded {to}', '{from}创立了{to}'],
  })
  readonly founded?: Company[];

  @Relation(() => Company, {
    along: 'WORKS_AT',
    edge: () => Engagement,
    claim: true,
    back: many('people', 'Who works there.'),
    description: 'Where the person works or worked.',
    says: ['{from} works at {to}', '{from}任职于{to}'],
  })
  readonly jobs?: Company[];

  @Relation(() => Person, {
    along: 'SAME_AS',
    symmetric: true,
    claim: true,
    description: 'People who are probably the same one.',
    says: ['{from} is probably the same as {to}', '{from}可能就是{to}'],
  })
  readonly sameAs?: Person[];
}
