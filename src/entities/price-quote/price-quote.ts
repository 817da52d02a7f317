import { enumeration, many, Node, Property, Relation } from '../../blueprint';
import { Fact } from '../common/fact';
import { Company } from '../company/company';
import { Model } from '../model/model';

export const PriceComponent = enumeration('PriceComponent', 'What is paid for.', {
  INPUT: 'What goes in.',
  OUTPUT: 'What comes out.',
  CACHED_INPUT: 'Input read from a cache.',
  CACHE_WRITE: 'Input written to a cache.',
  REASONING: 'Tokens spent on reasoning.',
  IMAGE: 'Pictures.',
  AUDIO: 'Sound.',
  REQUEST: 'A call.',
  ALL: 'Everything alike.',
});

export const PriceUnit = enumeration('PriceUnit', 'What a price is counted by.', {
  TOKEN: 'A token.',
  IMAGE: 'A picture.',
  SECOND: 'A second.',
  REQUEST: 'A call.',
});

export const PriceMode = enumeration('PriceMode', 'Under which conditions a price holds.', {
  STANDARD: 'At once.',
  BATCH: 'Later, in batches.',
  PRIORITY: 'Before others.',
  FINE_TUNED: 'For a fine-tuned model.',
});

@Node({
  plural: 'priceQuotes',
  nameZh: '报价',
  description: 'A price of using a model.',
  implements: () => [Fact],
})
export class PriceQuote {
  @Property(PriceComponent, 'What is paid for.')
  readonly component?: string;

  @Property(
    'float',
    'The price in `currency` for `perCount` times `perUnit`; 0 only where it is free.',
    {
      unit: ['perUnit', 'currency'],
    },
  )
  readonly amount?: number;

  @Property('currency', 'The ISO 4217 code of `amount`.')
  readonly currency?: string;

  @Property('int', 'For how many units: 1000000.', { measure: false })
  readonly perCount?: number;

  @Property(PriceUnit, 'The unit.')
  readonly perUnit?: string;

  @Property('boolean', 'Whether it costs nothing; then `amount` is 0.')
  readonly free?: boolean;

  @Property('int', 'The price holds from this many tokens of context.', { measure: false })
  readonly tierFrom?: number;

  @Property('int', 'The price holds up to this many tokens of context.', { measure: false })
  readonly tierTo?: number;

  @Property(PriceMode, 'Under which conditions the price holds.')
  readonly mode?: string;

  @Property('date', 'Since when it holds.')
  readonly validFrom?: string;

  @Property('date', 'Until when it holds.')
  readonly validTo?: string;

  @Property('date', 'When it was seen.')
  readonly observedOn?: string;

  @Relation(() => Model, {
    along: 'PRICE_OF',
    one: true,
    back: many('priceQuotes', 'What using it costs.'),
    description: 'The model.',
    says: ['{from} is a price of {to}', '{from}是{to}的报价'],
  })
  readonly model?: Model;

  @Relation(() => Company, {
    along: 'QUOTED_BY',
    one: true,
    back: many('quotes', 'The prices that it asks.'),
    description: 'Who sells at this price.',
    says: ['{from} is quoted by {to}', '{from}由{to}报价'],
  })
  readonly provider?: Company;
}
