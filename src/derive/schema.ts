import {
  isAbstractType,
  isObjectType,
  type GraphQLFieldResolver,
  type GraphQLSchema,
} from 'graphql';
import { buildSchemaSync, type NonEmptyArray } from 'type-graphql';
import type { Blueprint } from '../blueprint';
import { reference, type Referable } from '../support/reference';
import { commonTypes, enumFilter, enumListFilter, pairTypes } from './common-types';
import { Types } from './materialise';
import { constant } from './names';
import { isMeasure, nounTypes, rootFields } from './noun-types';
import { arg, field, type FieldSpec, type TypeSpec } from './spec';

/** A verb: root fields that are not a noun's, their types, and who answers them. */
export interface Verb {
  readonly types: readonly TypeSpec[];
  readonly roots: readonly FieldSpec[];
  /** By the root field's name. */
  readonly resolvers: Readonly<Record<string, GraphQLFieldResolver<unknown, never>>>;
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
  const types = new Types(
    [...typesOf(blueprint), ...verbs.flatMap((verb) => verb.types)],
    [
      field('node', 'Node', 'Any node by its id; null where there is none.', [
        arg('id', 'ID!', 'An opaque id, or Company:moonshot-ai.'),
      ]),
      field('nodes', '[Node]!', 'Nodes by their ids, in that order; null where there is none.', [
        arg('ids', '[ID!]!', 'Opaque ids, or Company:moonshot-ai; 100 at most.'),
      ]),
      ...roots,
      ...verbs.flatMap((verb) => verb.roots),
    ],
  );
  const resolvers = [types.roots] as unknown as NonEmptyArray<() => void>;
  return buildSchemaSync({ resolvers, validate: false });
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
