import { enumeration, many, Node, one, out, Property, Relation } from '../../blueprint';
import { Entity } from '../common/entity';
import { FundingRound } from '../funding-round/funding-round';
import { Investor } from '../investor/investor';
import { Listing } from '../listing/listing';
import { Model } from '../model/model';
import { Place } from '../place/place';
import { Product } from '../product/product';
import { Sector } from '../sector/sector';

export const CompanyKind = enumeration('CompanyKind', 'What sort of organisation it is.', {
  COMPANY: 'A business.',
  UNIVERSITY: 'A university or research institute.',
  GOVERNMENT: 'A government or one of its bodies.',
  ORGANISATION: 'Any other organisation.',
});

export const CompanyStatus = enumeration('CompanyStatus', 'What has become of it.', {
  OPERATING: 'In business, not listed.',
  PUBLIC: 'In business and listed.',
  ACQUIRED: 'Bought by another.',
  CLOSED: 'No longer in business.',
  UNKNOWN: 'Not known.',
});

/** Whether one is what it is first of all. */
export class Priority {
  @Property('boolean', 'Whether it is the primary one.')
  readonly primary?: boolean;
}

@Node({
  plural: 'companies',
  nameZh: '公司',
  description:
    'An organisation that builds, sells or uses AI or cloud software (Crunchbase: organization).',
  implements: () => [Entity, Investor],
})
export class Company {
  @Property(CompanyKind, 'What sort of organisation it is.')
  readonly kind?: string;

  @Property(CompanyStatus, 'What has become of it.')
  readonly status?: string;

  @Property('date', 'When it was founded.')
  readonly foundedOn?: string;

  @Property('date', 'When it closed.')
  readonly closedOn?: string;

  @Property('string', 'Its website.')
  readonly website?: string;

  @Property('string', 'The city of its head office.')
  readonly city?: string;

  @Property('money', 'All it has raised, as the source states it; not a sum of its rounds.')
  readonly fundingTotal?: { amount: number; currency: string };

  @Relation(() => Model, {
    along: 'DEVELOPS',
    edge: () => Priority,
    claim: true,
    back: many('developers', 'Who develops it.'),
    description: 'The models that it develops.',
    says: ['{from} develops {to}', '{from}研发{to}'],
  })
  readonly models?: Model[];

  @Relation(() => Product, {
    along: 'DEVELOPS',
    edge: () => Priority,
    claim: true,
    back: many('developers', 'Who develops it.'),
    description: 'The products that it develops.',
    says: ['{from} develops {to}', '{from}研发{to}'],
  })
  readonly products?: Product[];

  @Relation(() => FundingRound, {
    along: 'RAISED',
    back: one('company', 'The company that raised it.'),
    description: 'The rounds in which it raised money.',
    says: ['{from} raised {to}', '{from}完成融资{to}'],
  })
  readonly fundingRounds?: FundingRound[];

  @Relation(() => Listing, {
    along: 'LISTED_AS',
    back: one('company', 'The company that is listed.'),
    description: 'Its listings on exchanges.',
    says: ['{from} is listed as {to}', '{from}上市{to}'],
  })
  readonly listings?: Listing[];

  @Relation(() => Sector, {
    along: 'IN_SECTOR',
    edge: () => Priority,
    claim: true,
    back: many('companies', 'The companies in it.'),
    description: 'The sectors it belongs to.',
    says: ['{from} is in the sector {to}', '{from}属于{to}赛道'],
  })
  readonly sectors?: Sector[];

  @Relation(() => Place, {
    along: 'BASED_IN',
    one: true,
    claim: true,
    back: many('companies', 'The companies based there.'),
    description: 'Where it is based.',
    says: ['{from} is based in {to}', '{from}位于{to}'],
  })
  readonly place?: Place;

  @Relation(() => Place, {
    along: [out('BASED_IN'), out('PART_OF', { upTo: 4, node: { kind: 'COUNTRY' } })],
    one: true,
    claim: true,
    description: 'The country at or above the place where it is based.',
  })
  readonly country?: Place;

  @Relation(() => Company, {
    along: 'SAME_AS',
    symmetric: true,
    claim: true,
    description: 'Companies that are probably the same one.',
    says: ['{from} is probably the same as {to}', '{from}可能就是{to}'],
  })
  readonly sameAs?: Company[];
}
