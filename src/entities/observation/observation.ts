import { enumeration, many, Node as Noun, Property, Relation } from '../../blueprint';
import { Fact } from '../common/fact';
import { Node } from '../common/node';
import { Exchange } from '../exchange/exchange';
import { Indicator, Unit } from '../indicator/indicator';
import { Entity } from '../common/entity';
import { Place } from '../place/place';
import { Sector } from '../sector/sector';

export const Precision = enumeration('Precision', 'How exact a number is.', {
  EXACT: 'As it stands.',
  ABOUT: 'Around it.',
  AT_LEAST: 'It or more.',
  AT_MOST: 'It or less.',
  RANGE: 'Between `low` and `high`.',
});

@Noun({
  plural: 'observations',
  nameZh: '数据',
  description: 'One number (SDMX: observation).',
  implements: () => [Fact],
})
export class Observation {
  @Property(
    'float',
    'The number, in its unit: 54 with PERCENT is 54 %. Null where it is missing or a range.',
    {
      unit: ['unit', 'currency'],
    },
  )
  readonly value?: number;

  @Property(Unit, 'The unit of `value`, `low` and `high`.')
  readonly unit?: string;

  @Property('currency', 'The ISO 4217 code, where the unit is MONEY.')
  readonly currency?: string;

  @Property(Precision, 'How exact the number is.')
  readonly precision?: string;

  @Property('float', 'The lower end of a range, in the unit of `value`.', {
    unit: ['unit', 'currency'],
  })
  readonly low?: number;

  @Property('float', 'The upper end of a range, in the unit of `value`.', {
    unit: ['unit', 'currency'],
  })
  readonly high?: number;

  @Property('period', 'What time it speaks of (SDMX: time period).')
  readonly period?: { start?: string; end?: string };

  @Property('period', 'What time a change is measured against.')
  readonly basePeriod?: { start?: string; end?: string };

  @Property('string', "A survey's answer, a band, or a part of a breakdown, in English.")
  readonly item?: string;

  @Property('string', "A survey's answer, a band, or a part of a breakdown, in Chinese.")
  readonly itemZh?: string;

  @Property('string', 'Of whom or what it holds.')
  readonly population?: string;

  @Property('int', 'How many were asked or counted.', { measure: false })
  readonly sampleSize?: number;

  @Property('boolean', 'Whether it was a forecast when published.')
  readonly forecast?: boolean;

  @Property('text', 'What else is to be known about it.')
  readonly note?: string;

  @Relation(() => Indicator, {
    along: 'OF_INDICATOR',
    one: true,
    description: 'What is measured.',
    says: ['{from} measures {to}', '{from}衡量{to}'],
  })
  readonly indicator?: Indicator;

  @Relation(() => Node, {
    along: 'ABOUT',
    description: 'What it speaks of.',
    says: ['{from} is about {to}', '{from}关于{to}'],
  })
  readonly about?: Node[];

  @Relation(() => Place, {
    along: 'REF_PLACE',
    one: true,
    description: 'The place it holds for (SDMX: reference area).',
    says: ['{from} holds for {to}', '{from}针对{to}'],
  })
  readonly place?: Place;

  @Relation(() => Entity, {
    along: 'REF_MARKET',
    one: true,
    among: () => [Place, Exchange],
    description: 'The market it holds for: a place or an exchange.',
    says: ['{from} holds for the market {to}', '{from}针对{to}市场'],
  })
  readonly market?: Entity;

  @Relation(() => Sector, {
    along: 'REF_SECTOR',
    one: true,
    description: 'The sector it holds for.',
    says: ['{from} holds for {to}', '{from}针对{to}'],
  })
  readonly sector?: Sector;

  @Relation(() => Node, {
    along: 'MAY_BE_ABOUT',
    claim: true,
    description: 'What it may speak of, where the label is lost.',
    says: ['{from} may be about {to}', '{from}可能关于{to}'],
  })
  readonly candidates?: Node[];

  @Relation(() => Observation, {
    along: 'PART_OF',
    one: true,
    back: many('parts', 'The parts of the breakdown.'),
    description: 'The whole that it is a part of.',
    says: ['{from} is part of {to}', '{from}是{to}的一部分'],
  })
  readonly partOf?: Observation;
}
