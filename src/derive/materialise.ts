import {
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  GraphQLString,
  GraphQLBoolean,
  type GraphQLScalarType,
} from 'graphql';
import {
  Arg,
  createUnionType,
  Field,
  InputType,
  InterfaceType,
  Mutation,
  ObjectType,
  Query,
  registerEnumType,
  Resolver,
  type ClassType,
} from 'type-graphql';
import { CurrencyCode, PartialDate } from './scalars';
import type { FieldSpec, ObjectSpec, TypeSpec } from './spec';

type Type = ClassType | GraphQLScalarType | object;
type Returns = () => Type | [Type];

const scalars: Record<string, GraphQLScalarType> = {
  ID: GraphQLID,
  Int: GraphQLInt,
  Float: GraphQLFloat,
  String: GraphQLString,
  Boolean: GraphQLBoolean,
  PartialDate,
  CurrencyCode,
};

/** Types of the schema by name, for classes written by hand that refer to derived ones. */
export class Types {
  readonly #types = new Map<string, Type>(Object.entries(scalars));

  /**
   * Registers all types with type-graphql, the root fields as its queries and the changes as its mutations. Interfaces come before what implements
   * them. The fields get their resolvers after the schema is built: a resolver that type-graphql wraps is asynchronous
   * and converts its arguments, which costs more than all the rest of a request.
   */
  constructor(
    specs: readonly TypeSpec[],
    roots: readonly FieldSpec[],
    changes: readonly FieldSpec[] = [],
  ) {
    for (const spec of specs) this.#declare(spec);
    for (const spec of specs)
      if ('fields' in spec)
        for (const each of spec.fields) this.#field(this.get(spec.name), spec, each);
    class Roots {}
    Resolver()(Roots);
    for (const root of roots) this.#root(Roots.prototype, root, Query);
    for (const change of changes) this.#root(Roots.prototype, change, Mutation);
    this.roots = Roots;
  }

  readonly roots: ClassType;

  get<T extends Type = ClassType>(name: string): T {
    const found = this.#types.get(name);
    if (!found) throw new Error(`The schema has no type "${name}".`);
    return found as T;
  }

  #declare(spec: TypeSpec): void {
    const { name, description } = spec;
    if (spec.kind === 'enum') {
      const values = Object.fromEntries(Object.keys(spec.values).map((value) => [value, value]));
      const valuesConfig = Object.fromEntries(
        Object.entries(spec.values).map(([value, meaning]) => [value, { description: meaning }]),
      );
      registerEnumType(values, { name, description, valuesConfig });
      this.#types.set(name, values);
      return;
    }
    if (spec.kind === 'union') {
      const types = () => spec.types.map((each) => this.get(each)) as [ClassType];
      this.#types.set(name, createUnionType({ name, description, types }));
      return;
    }
    const target = { [name]: class {} }[name] as ClassType;
    const options = {
      description,
      implements: (spec.implements ?? []).map((each) => this.get(each)),
    };
    if (spec.kind === 'input') InputType(name, { description })(target);
    else if (spec.kind === 'interface') InterfaceType(name, options)(target);
    else ObjectType(name, options)(target);
    this.#types.set(name, target);
  }

  #field(target: ClassType, spec: ObjectSpec, { name, type, description, args }: FieldSpec): void {
    if (spec.implements?.some((each) => this.#inherited.get(each)?.has(name))) return;
    if (spec.kind === 'interface')
      this.#inherited.set(spec.name, (this.#inherited.get(spec.name) ?? new Set()).add(name));
    const { returns, options } = this.#type(type);
    const prototype = target.prototype;
    if (!args?.length) return Field(returns, { description, ...options })(prototype, name);
    const method = Object.getOwnPropertyDescriptor({ [name]() {} }, name) as PropertyDescriptor;
    Object.defineProperty(prototype, name, method);
    Field(returns, { description, ...options })(prototype, name, method);
    this.#args(prototype, name, args);
  }

  readonly #inherited = new Map<string, Set<string>>();

  #root(
    prototype: object,
    { name, type, description, args = [] }: FieldSpec,
    kind: typeof Query | typeof Mutation,
  ): void {
    const { returns, options } = this.#type(type);
    const method = Object.getOwnPropertyDescriptor({ [name]() {} }, name) as PropertyDescriptor;
    Object.defineProperty(prototype, name, method);
    kind(returns, { description, ...options })(prototype, name, method);
    this.#args(prototype, name, args);
  }

  #args(prototype: object, name: string, args: NonNullable<FieldSpec['args']>): void {
    args.forEach((each, index) => {
      const { returns, options } = this.#type(each.type);
      Arg(each.name, returns, {
        description: each.description,
        defaultValue: each.default,
        ...options,
      })(prototype, name, index);
    });
  }

  #type(type: string): { returns: Returns; options: { nullable: boolean | 'items' } } {
    const match = /^(\[)?(\w+)(!)?\]?(!)?$/.exec(type);
    if (!match) throw new Error(`Not a type: "${type}".`);
    const [, list, name = '', inner, outer] = match;
    const nullable = list
      ? inner
        ? !outer
        : outer
          ? ('items' as const)
          : ('itemsAndList' as unknown as 'items')
      : !inner;
    return {
      returns: () => (list ? [this.get<Type>(name)] : this.get<Type>(name)),
      options: { nullable },
    };
  }
}
