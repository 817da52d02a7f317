import { enumeration, into, many, Node, Property, Relation } from '../../blueprint';
import { Entity } from '../common/entity';
import { Company, Priority } from '../company/company';
import { Product } from '../product/product';
import { Sector } from '../sector/sector';

export const ModelWeights = enumeration('ModelWeights', 'Whether the weights can be had.', {
  OPEN: 'Anyone may download and use them.',
  RESTRICTED: 'To be had under conditions.',
  CLOSED: 'Not to be had.',
});

export const Modality = enumeration('Modality', 'What goes into a model or comes out of it.', {
  TEXT: 'Text.',
  IMAGE: 'Still pictures.',
  AUDIO: 'Sound and speech.',
  VIDEO: 'Moving pictures.',
  CODE: 'Source code.',
  EMBEDDING: 'Vectors.',
  ACTION: 'Actions of a tool or robot.',
});

export const DependencyRole = enumeration('DependencyRole', 'In what way one rests on another.', {
  BUILT_ON: 'Built on it.',
  TRAINED_ON: 'Trained on it (data).',
  POWERED_BY: 'Calls it to work.',
  RUNS_ON: 'Runs on it (chips, platforms).',
});

/** In what way one thing rests on another. */
export class Dependency {
  @Property(DependencyRole, 'In what way.')
  readonly role?: string;
}

/** How a model was made from another. */
export class Derivation {
  @Property('string', 'How: fine-tuning, distillation, quantisation, merge.')
  readonly method?: string;
}

@Node({
  plural: 'models',
  nameZh: '模型',
  description: 'An AI model.',
  implements: () => [Entity],
})
export class Model {
  @Property(ModelWeights, 'Whether its weights can be had.')
  readonly weights?: string;

  @Property('boolean', 'Whether it can be called through an API.')
  readonly viaApi?: boolean;

  @Property('date', 'When it was released.')
  readonly releasedOn?: string;

  @Property('int', 'The longest input it takes, in tokens.')
  readonly contextTokens?: number;

  @Property('float', 'Its size, in parameters.')
  readonly parameters?: number;

  @Property('float', 'The parameters active for one token, of a mixture of experts.')
  readonly activeParameters?: number;

  @Property([Modality], 'What it takes.')
  readonly inputs?: string[];

  @Property([Modality], 'What it gives.')
  readonly outputs?: string[];

  @Property('string', 'The licence of its weights.')
  readonly licence?: string;

  @Relation(() => Company, {
    along: [into('DEVELOPS', { edge: { primary: true } })],
    one: true,
    claim: true,
    description: 'Its primary developer.',
  })
  readonly developer?: Company;

  @Relation(() => Model, {
    along: 'VERSION_OF',
    one: true,
    edge: () => Derivation,
    claim: true,
    back: many('versions', 'Its versions.'),
    description: 'The model that it is a version of.',
    says: ['{from} is a version of {to}', '{from}是{to}的一个版本'],
  })
  readonly versionOf?: Model;

  @Relation(() => Model, {
    along: 'SUCCEEDS',
    edge: () => Derivation,
    claim: true,
    back: many('succeededBy', 'The models that came after it.'),
    description: 'The models it came after.',
    says: ['{from} succeeds {to}', '{from}接替{to}'],
  })
  readonly succeeds?: Model[];

  @Relation(() => Model, {
    along: 'DERIVED_FROM',
    edge: () => Derivation,
    claim: true,
    back: many('derivatives', 'The models made from it.'),
    description: 'The models it was made from.',
    says: ['{from} is derived from {to}', '{from}衍生自{to}'],
  })
  readonly derivedFrom?: Model[];

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
    back: many('models', 'The models in it.'),
    description: 'The sectors it belongs to.',
    says: ['{from} is in the sector {to}', '{from}属于{to}赛道'],
  })
  readonly sectors?: Sector[];

  @Relation(() => Model, {
    along: 'SAME_AS',
    symmetric: true,
    claim: true,
    description: 'Models that are probably the same one.',
    says: ['{from} is probably the same as {to}', '{from}可能就是{to}'],
  })
  readonly sameAs?: Model[];
}
