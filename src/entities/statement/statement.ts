import { enumeration, Node as Noun, Property, Relation } from '../../blueprint';
import { Fact } from '../common/fact';
import { Node } from '../common/node';

export const StatementKind = enumeration('StatementKind', 'What a statement is for.', {
  HEADLINE: 'The headline of a page.',
  FINDING: 'Something found out.',
  METHOD: 'How something was counted.',
  COMPARISON: 'Two things held side by side.',
  EXAMPLE: 'A case.',
  DRIVER: 'What drives a trend.',
  OPPORTUNITY: 'What can be gained.',
  TRAIT: 'What something is like.',
  CHALLENGE: 'What stands in the way.',
});

@Noun({
  plural: 'statements',
  nameZh: '论述',
  description: 'An assertion in words.',
  implements: () => [Fact],
})
export class Statement {
  @Property(StatementKind, 'What it is for.')
  readonly kind?: string;

  @Property('text', 'What it says, in English.')
  readonly text?: string;

  @Property('text', 'What it says, in Chinese.')
  readonly textZh?: string;

  @Property('int', 'Its place in the order, from 1.', { measure: false })
  readonly position?: number;

  @Relation(() => Node, {
    along: 'ABOUT',
    description: 'What it speaks of.',
    says: ['{from} is about {to}', '{from}关于{to}'],
  })
  readonly about?: Node[];
}
