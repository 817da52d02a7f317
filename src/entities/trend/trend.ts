import { enumeration, many, Node, Property, Relation } from '../../blueprint';
import { Entity } from '../common/entity';
import { Company } from '../company/company';
import { Model } from '../model/model';
import { Observation } from '../observation/observation';
import { Product } from '../product/product';
import { Sector } from '../sector/sector';
import { Statement } from '../statement/statement';

export const Direction = enumeration('Direction', 'Which way a trend moves a sector.', {
  UP: 'It grows.',
  DOWN: 'It shrinks.',
  CHANGES: 'It becomes something else.',
});

export const Stance = enumeration('Stance', 'Which side the evidence is on.', {
  FOR: 'It speaks for the trend.',
  AGAINST: 'It speaks against the trend.',
});

/** How a trend moves a sector. */
export class Effect {
  @Property(Direction, 'Which way.')
  readonly direction?: string;
}

/** What makes something an example of a trend. */
export class Example {
  @Property('text', 'What makes it an example.')
  readonly note?: string;
}

/** Which side the evidence is on, and its place in the order. */
export class Evidence {
  @Property(Stance, 'Which side it is on.')
  readonly stance?: string;

  @Property('int', 'Its place in the order, from 1.', { measure: false })
  readonly position?: number;
}

@Node({
  plural: 'trends',
  nameZh: '趋势',
  description: 'A direction of the industry.',
  implements: () => [Entity],
})
export class Trend {
  @Property('int', 'Its place in the order of the source, from 1.', { measure: false })
  readonly position?: number;

  @Property('text', 'The trend in a few sentences, in English.')
  readonly summary?: string;

  @Property('text', 'The trend in a few sentences, in Chinese.')
  readonly summaryZh?: string;

  @Relation(() => Sector, {
    along: 'AFFECTS',
    edge: () => Effect,
    claim: true,
    back: many('trends', 'The trends that affect it.'),
    description: 'The sectors that it affects.',
    says: ['{from} affects {to}', '{from}影响{to}'],
  })
  readonly sectors?: Sector[];

  @Relation(() => Entity, {
    along: 'EXEMPLIFIED_BY',
    among: () => [Company, Model, Product],
    edge: () => Example,
    claim: true,
    back: many('trends', 'The trends that it is an example of.'),
    description: 'The companies, models and products that show it.',
    says: ['{from} is exemplified by {to}', '{from}的案例包括{to}'],
  })
  readonly examples?: Entity[];

  @Relation(() => Observation, {
    along: 'EVIDENCED_BY',
    edge: () => Evidence,
    claim: true,
    back: many('evidenceOf', 'The trends it is evidence of.'),
    description: 'The numbers that speak for or against it.',
    says: ['{from} is evidenced by {to}', '{from}的依据包括{to}'],
  })
  readonly evidence?: Observation[];

  @Relation(() => Statement, {
    along: 'EVIDENCED_BY',
    edge: () => Evidence,
    claim: true,
    position: 'position',
    back: many('pointOf', 'The trends it is a point of.'),
    description: 'The statements that make it up, in order.',
    says: ['{from} is evidenced by {to}', '{from}的依据包括{to}'],
  })
  readonly points?: Statement[];

  @Relation(() => Trend, {
    along: 'RELATED',
    symmetric: true,
    claim: true,
    description: 'Trends that go with it.',
    says: ['{from} is related to {to}', '{from}与{to}相关'],
  })
  readonly related?: Trend[];
}
