import { enumeration, into, many, Node, Property, Relation } from '../../blueprint';
import { Entity } from '../common/entity';
import { Company, Priority } from '../company/company';
import { Dependency, Model } from '../model/model';
import { Sector } from '../sector/sector';

export const ProductKind = enumeration('ProductKind', 'What sort of product it is.', {
  APPLICATION: 'Used by people.',
  TOOL: 'Used to build with.',
  PLATFORM: 'What others run on or are reached through.',
  DATASET: 'Data to train or test on.',
  CHIP: 'Hardware.',
});

@Node({
  plural: 'products',
  nameZh: '产品',
  description: 'What is built on models, or what they are built on.',
  implements: () => [Entity],
})
export class Product {
  @Property(ProductKind, 'What sort of product it is.')
  readonly kind?: string;

  @Property('date', 'When it was launched.')
  readonly launchedOn?: string;

  @Property('string', 'Its licence.')
  readonly licence?: string;

  @Relation(() => Company, {
    along: [into('DEVELOPS', { edge: { primary: true } })],
    one: true,
    claim: true,
    description: 'Its primary developer.',
  })
  readonly developer?: Company;

  @Relation(() => Entity, {
    along: 'DEPENDS_ON',
    among: () => [Model, Product],
    edge: () => Dependency,
    claim: true,
    back: many('usedBy', 'The models and products that rest on it.'),
    description: 'The models and products that it rests on.',
    says: ['{from} depends on {to}', '{from}依赖{to}'],
  })
  readonly dependsOn?: Entity[];

  @Relation(() => Sector, {
    along: 'IN_SECTOR',
    edge: () => Priority,
    claim: true,
    back: many('products', 'The products in it.'),
    description: 'The sectors it belongs to.',
    says: ['{from} is in the sector {to}', '{from}属于{to}赛道'],
  })
  readonly sectors?: Sector[];

  @Relation(() => Product, {
    along: 'SAME_AS',
    symmetric: true,
    claim: true,
    description: 'Products that are probably the same one.',
    says: ['{from} is probably the same as {to}', '{from}可能就是{to}'],
  })
  readonly sameAs?: Product[];
}
