import {
  isAbstractType,
  isObjectType,
  type GraphQLFieldResolver,
  type GraphQLSchema,
} from 'graphql';
import { buildSchemaSync, type NonEmptyArray } from 'type-graphql';
import type { Blueprint } from '../blueprint';
import { reference, type Referable } from '../support/reference';
import { boundedArg, idsBound, tellBounds } from './bounds';
import { commonTypes, enumFilter, enumListFilter, pairTypes } from './common-types';
import { Types } from './materialise';
import { constant } from './names';
import { nounTypes, rootFields } from './noun-types';
import { isMeasure } from './property-types';
import { arg, field, type FieldSpec, type TypeSpec } from './spec';

/** A verb: fields that do not follow from the blueprint, at the root or on a noun, their types, and who answers them. */
export interface Verb {
  readonly types: readonly TypeSpec[];
  readonly roots: readonly FieldSpec[];
  /** By the root field's name. */
  readonly resolvers: Readonly<Record<string, GraphQLFieldResolver<unknown, never>>>;
  /** Fields of the mutation, and who carries them out by name. */
  readonly mutations?: readonly FieldSpec[];
  readonly changes?: Readonly<Record<string, GraphQLFieldResolver<unknown, never>>>;
  /** Fields that it gives to nouns. */
  readonly onNouns?: readonly NounVerb[];
}

/** A field that a verb gives to a noun: `company { peers }`. */
export interface NounVerb {
  readonly noun: string;
  readonly field: FieldSpec;
  /**
   * Answers for many nodes at once: those of one request that ask with the same arguments.
   * @returns the answer by key; an Error where that one fails, nothing where it is null
   */
  load(
    keys: readonly string[],
    args: Readonly<Record<string, unknown>>,
    context: never,
  ): Promise<ReadonlyMap<string, unknown>>;
  /** Rows that it goes through in memory for each node, as many as they were the last time; none where it has no such. */
  compares?(): number;
}

/** The fields that verbs give to nouns, by `Noun.field`. */
export function nounVerbs(verbs: readonly Verb[]): Map<string, NounVerb> {
  return new Map(
    verbs.flatMap(({ onNouns = [] }) =>
      onNouns.map((each) => [`${each.noun}.${each.field.name}`, each] as const),
    ),
  );
}

/** All types that follow from the blueprint. */
export function typesOf(blueprint: Blueprint): TypeSpec[] {
  const all = [...blueprint.all.values()];
  const measures = all.flatMap((noun) => [...noun.properties.values()].filter(isMeasure));
  const pairs = new Map(
    all.flatMap((noun) =>
      [...noun.properties.values()].flatMap(({ pair }) => (pair ? [[pair[0], pair] as const] : [])),
    ),
  );
  return [
    ...blueprint.enums.map((each): TypeSpec => ({ kind: 'enum', ...each })),
    ...blueprint.enums.map((each) => enumFilter(each.name)),
    ...blueprint.enums.map((each) => enumListFilter(each.name)),
    ...[...pairs.values()].flatMap(pairTypes),
    enumFilter('EntityType'),
    ...commonTypes(blueprint.nouns),
    {
      kind: 'enum',
      name: 'GroupMeasure',
      description: 'What can be measured of the members of a group.',
      values: Object.fromEntries(measures.map((each) => [constant(each.name), each.description])),
    },
    ...all.flatMap(nounTypes),
  ];
}

/** Builds the schema from the blueprint and the verbs, without resolvers for what is derived. */
export function deriveSchema(blueprint: Blueprint, verbs: readonly Verb[] = []): GraphQLSchema {
  const roots = [...blueprint.all.values()].filter((noun) => noun.root).flatMap(rootFields);
  const given = [...nounVerbs(verbs).values()];
  const specs = [
    ...typesOf(blueprint).map((type) => withVerbs(type, given)),
    ...verbs.flatMap((verb) => verb.types),
  ];
  const queries = [
    field('node', 'Node', 'Any node by its id; null where there is none.', [
      arg('id', 'ID!', 'An opaque id, or Company:moonshot-ai.'),
    ]),
    field('nodes', '[Node]!', 'Nodes by their ids, in that order; null where there is none.', [
      boundedArg('ids', '[ID!]!', idsBound, 'Opaque ids, or Company:moonshot-ai; {bound}.'),
    ]),
    ...roots,
    ...verbs.flatMap((verb) => verb.roots),
  ];
  const types = new Types(
    specs,
    queries,
    verbs.flatMap((verb) => verb.mutations ?? []),
  );
  const resolvers = [types.roots] as unknown as NonEmptyArray<() => void>;
  // The check asks the schema all about itself: a tenth of the start. The tests have it checked.
  const schema = buildSchemaSync({ resolvers, validate: false, skipCheck: true });
  for (const spec of specs) if ('fields' in spec) tellBounds(schema, spec.name, spec.fields);
  const query = schema.getQueryType();
  if (query) {
    query.description = 'What can be asked.';
    tellBounds(schema, query.name, queries);
  }
  const mutation = schema.getMutationType();
  if (mutation) mutation.description = 'What curators can change; for nobody else.';
  return schema;
}

/** A noun's type with the fields that verbs give it; a relation or property is never replaced by one. */
function withVerbs(type: TypeSpec, verbs: readonly NounVerb[]): TypeSpec {
  if (type.kind !== 'object') return type;
  const own = verbs.filter(({ noun }) => noun === type.name).map((verb) => verb.field);
  const twice = own.find(({ name }) => type.fields.some((each) => each.name === name));
  if (twice) throw new Error(`${type.name}.${twice.name} is both a field and a verb.`);
  return own.length ? { ...type, fields: [...type.fields, ...own] } : type;
}

/** The noun of an object: read from the graph, or named by a verb. */
function typeOf(value: unknown): string | undefined {
  return (value as Referable)[reference]?.type ?? (value as { __typename?: string }).__typename;
}

/**
 * Attaches one resolver to every derived field.
 * @param resolverOf the resolver of `type.field`; undefined leaves the one that is there
 */
export function attach(
  schema: GraphQLSchema,
  resolverOf: (type: string, field: string) => GraphQLFieldResolver<unknown, never> | undefined,
): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (isAbstractType(type)) type.resolveType = typeOf;
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const [name, each] of Object.entries(type.getFields())) {
      const resolver = resolverOf(type.name, name);
      if (resolver) each.resolve = resolver as GraphQLFieldResolver<unknown, unknown>;
    }
  }
}
