import { enumeration, Node, Property } from '../../blueprint';
import { Entity } from '../common/entity';

export const Unit = enumeration('Unit', 'The unit of a number.', {
  COUNT: 'So many.',
  PERCENT: 'Per hundred: 54 is 54 %.',
  MONEY: 'An amount of money in full units of a currency.',
  RATIO: 'A ratio of two numbers.',
  MULTIPLE: 'So many times: 14 is 14x.',
});

@Node({
  plural: 'indicators',
  nameZh: '指标',
  description: 'What is measured (SDMX: indicator).',
  implements: () => [Entity],
})
export class Indicator {
  @Property(Unit, 'The unit it is measured in.')
  readonly unit?: string;

  @Property('text', 'What exactly is measured.')
  readonly definition?: string;
}
