import { enumeration, many, Node, Property, Relation } from '../../blueprint';
import { Fact } from '../common/fact';
import { Exchange } from '../exchange/exchange';

export const ListingMethod = enumeration('ListingMethod', 'How the company came to be listed.', {
  IPO: 'An initial public offering.',
  SPAC: 'A merger with a listed shell.',
  DIRECT: 'A direct listing.',
  UNKNOWN: 'Not known.',
});

export const ListingStatus = enumeration('ListingStatus', 'Whether it is still listed.', {
  LISTED: 'Listed.',
  DELISTED: 'No longer listed.',
  UNKNOWN: 'Not known.',
});

@Node({
  plural: 'listings',
  nameZh: '上市',
  description:
    'A company on an exchange. Its market cap and price change are observations about it.',
  implements: () => [Fact],
})
export class Listing {
  @Property('string', 'The ticker on the exchange.')
  readonly ticker?: string;

  @Property('date', 'The first day of trading.')
  readonly listedOn?: string;

  @Property('date', 'The last day of trading.')
  readonly delistedOn?: string;

  @Property(ListingMethod, 'How the company came to be listed.')
  readonly method?: string;

  @Property(ListingStatus, 'Whether it is still listed.')
  readonly status?: string;

  @Relation(() => Exchange, {
    along: 'LISTED_ON',
    one: true,
    back: many('listings', 'The listings on it.'),
    description: 'The exchange.',
    says: ['{from} is on {to}', '{from}在{to}挂牌'],
  })
  readonly exchange?: Exchange;
}
