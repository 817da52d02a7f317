import {
  getNamedType,
  getNullableType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { Dice } from './dice';
import { literal, redrawn, scalar } from './generated-value';

/** A document made by chance, and variables for it: those it is asked with, and others of the same shape. */
export interface Generated {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly others: Readonly<Record<string, unknown>>;
}

/**
 * Makes a document from a seed, over any schema: fields, aliases, arguments, fragments named and not, on interfaces and
 * on objects, directives, and variables for some of the values.
 */
export function generateDocument(
  schema: GraphQLSchema,
  seed: number,
  roots: readonly string[],
): Generated {
  return new Writer(schema, new Dice(seed), roots).document();
}

/** The parts of a selection for each of some object types, made by chance, of fields that they share. */
export interface Selections {
  readonly of: ReadonlyMap<string, readonly string[]>;
  /** `query (...)`, with the variables that they take. */
  readonly head: string;
  readonly fragments: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Makes selections of types: the same fields under the same keys, with arguments of each type's own. */
export function generateSelections(
  schema: GraphQLSchema,
  seed: number,
  types: readonly string[],
): Selections {
  return new Writer(schema, new Dice(seed), []).selections(types);
}

class Writer {
  readonly #fragments = new Map<string, { on: string; text: string }>();
  readonly #variables: { text: string; value: unknown; other: unknown }[] = [];
  #names = 0;

  constructor(
    readonly schema: GraphQLSchema,
    readonly dice: Dice,
    readonly roots: readonly string[],
  ) {}

  document(): Generated {
    const { dice } = this;
    const query = this.schema.getQueryType() as GraphQLObjectType;
    const fields = query.getFields();
    const count = dice.chance(0.25) ? dice.upTo(2) + 1 : 1;
    const parts = Array.from({ length: count }, () => {
      const field = fields[dice.pick(this.roots)] as GraphQLField<unknown, unknown>;
      return this.#field(field, dice.upTo(2) + 1, dice.chance(0.3) ? 'alias' : 'fresh');
    });
    if (dice.chance(0.1)) parts.push('__typename');
    return {
      query: `${this.#head()} { ${parts.join(' ')} }${this.#fragmentsText()}`,
      variables: this.#values('value'),
      others: this.#values('other'),
    };
  }

  selections(names: readonly string[]): Selections {
    const types = names.map((name) => this.schema.getType(name) as GraphQLObjectType);
    const of = new Map([...this.#alike(types, 3)].map(([{ name }, text]) => [name, text]));
    const variables = this.#values('value');
    return { of, head: this.#head(), fragments: this.#fragmentsText(), variables };
  }

  #head(): string {
    const declared = this.#variables.map(({ text }, index) => `$v${index}: ${text}`);
    return declared.length ? `query Q(${declared.join(', ')})` : 'query';
  }

  #fragmentsText(): string {
    return [...this.#fragments]
      .map(([name, { on, text }]) => `\nfragment ${name} on ${on} ${text}`)
      .join('');
  }

  #values(of: 'value' | 'other'): Record<string, unknown> {
    return Object.fromEntries(
      this.#variables.flatMap((each, index) =>
        each[of] === undefined ? [] : [[`v${index}`, each[of]] as const],
      ),
    );
  }

  /** The same fields of several types under the same keys: with arguments, and now and then fields, of each one's own. */
  #alike(
    types: readonly GraphQLObjectType[],
    depth: number,
  ): ReadonlyMap<GraphQLObjectType, readonly string[]> {
    const { dice } = this;
    const [first, ...others] = types as [GraphQLObjectType, ...GraphQLObjectType[]];
    const shared = Object.values(first.getFields()).filter(({ name, type }) =>
      others.every((each) => String(each.getFields()[name]?.type) === String(type)),
    );
    const asked = shared.filter(({ args }) => args.length);
    const chosen = [...dice.some(asked, dice.upTo(1) + 1), ...dice.some(shared, dice.upTo(2))];
    const parts = chosen.map((field) => {
      const alias = `f${this.#names++}: `;
      const type = getNamedType(field.type);
      const make = () =>
        isLeafType(type) ? '' : ` ${this.#selection(type as GraphQLCompositeType, depth - 1)}`;
      const same = make();
      return (owner: GraphQLObjectType) => {
        const own = owner.getFields()[field.name] as GraphQLField<unknown, unknown>;
        const below = dice.chance(0.25) ? make() : same;
        return `${alias}${this.#called(own, depth)}${this.#directive()}${below}`;
      };
    });
    return new Map(types.map((type) => [type, parts.map((part) => part(type))]));
  }

  #selection(type: GraphQLCompositeType, depth: number): string {
    const { dice } = this;
    const parts = Array.from({ length: dice.upTo(3) + 1 }, () => this.#part(type, depth));
    return `{ ${parts.join(' ')} }`;
  }

  #part(type: GraphQLCompositeType, depth: number): string {
    const { dice } = this;
    if (dice.chance(0.1)) return `${dice.chance(0.3) ? `t${this.#names++}: ` : ''}__typename`;
    if (depth > 0 && isAbstractType(type) && dice.chance(0.25)) {
      const among = dice.some(this.schema.getPossibleTypes(type), dice.upTo(1) + 2);
      return [...this.#alike(among, depth)]
        .map(([{ name }, own]) => `... on ${name}${this.#directive()} { ${own.join(' ')} }`)
        .join(' ');
    }
    if (depth > 0 && dice.chance(isAbstractType(type) ? 0.45 : 0.12))
      return this.#fragment(type, depth);
    if (!('getFields' in type)) return '__typename';
    const all = Object.values(type.getFields());
    const leaves = all.filter((field) => isLeafType(getNamedType(field.type)));
    const field = dice.pick(depth > 0 || !leaves.length ? all : leaves);
    if (!isLeafType(getNamedType(field.type)) && depth <= 0) return '__typename';
    return this.#field(field, depth);
  }

  /** A selection within a selection, under a condition on the type that can hold. */
  #fragment(type: GraphQLCompositeType, depth: number): string {
    const { dice, schema } = this;
    const known = [...this.#fragments].filter(([, { on }]) => on === type.name);
    if (known.length && dice.chance(0.5)) return `...${dice.pick(known)[0]}${this.#directive()}`;
    const among: readonly GraphQLCompositeType[] = isAbstractType(type)
      ? schema.getPossibleTypes(type)
      : [type, ...(isObjectType(type) ? type.getInterfaces() : [])];
    const on = dice.pick(among);
    const text = this.#selection(on, depth - 1);
    if (dice.chance(0.3)) {
      const name = `F${this.#names++}`;
      this.#fragments.set(name, { on: on.name, text });
      return `...${name}${this.#directive()}`;
    }
    const condition = on === type && dice.chance(0.5) ? '' : ` on ${on.name}`;
    return `...${condition}${this.#directive()} ${text}`;
  }

  #field(field: GraphQLField<unknown, unknown>, depth: number, naming = ''): string {
    const { dice } = this;
    const called = this.#called(field, depth);
    // A field with arguments has a key of its own: two of one key must be the same.
    const alias = naming || called.includes('(') || dice.chance(0.15) ? `f${this.#names++}: ` : '';
    const one = () => {
      const type = getNamedType(field.type);
      const below = isLeafType(type)
        ? ''
        : ` ${this.#selection(type as GraphQLCompositeType, depth - 1)}`;
      return `${alias}${called}${this.#directive()}${below}`;
    };
    if (!dice.chance(0.12)) return one();
    // Asked twice under one key: what is selected is put together, from fragments too.
    return dice.chance(0.4)
      ? `${one()} ${one()}`
      : `${one()} ...${this.#directive()} { ${one()} } ... { ... { ${one()} } }`;
  }

  /** A field with arguments. */
  #called(field: GraphQLField<unknown, unknown>, depth: number): string {
    const args = field.args.flatMap((arg) => {
      const text = this.#argument(arg, depth);
      return text === undefined ? [] : [`${arg.name}: ${text}`];
    });
    return args.length ? `${field.name}(${args.join(', ')})` : field.name;
  }

  #directive(): string {
    const { dice } = this;
    if (!dice.chance(0.08)) return '';
    const value = dice.chance(0.6);
    const given = dice.chance(0.6) ? this.#variable('Boolean!', value, value) : String(value);
    return ` @${dice.pick(['include', 'skip'])}(if: ${given})`;
  }

  #variable(text: string, value: unknown, other: unknown): string {
    this.#variables.push({ text, value, other });
    return `$v${this.#variables.length - 1}`;
  }

  #argument(arg: GraphQLArgument, depth: number): string | undefined {
    const { dice } = this;
    const needed = isNonNullType(arg.type) && arg.defaultValue === undefined;
    if (!needed && !dice.chance(argumentChance[arg.name] ?? 0.1)) return undefined;
    const make = () => this.#value(arg.type, arg.name, Math.min(depth, 2));
    const value = make();
    if (!dice.chance(0.35)) return this.#literal(value, arg.type);
    return this.#given(value, arg.type);
  }

  /** A variable for a value; now and then one that stands for it where none is given, or where null is. */
  #given(value: unknown, type: GraphQLInputType): string {
    const { dice } = this;
    const other = redrawn(value, type, dice);
    if (isNonNullType(type) || !dice.chance(0.15))
      return this.#variable(String(type), value, other);
    const declared = `${String(type)} = ${literal(value, type)}`;
    return dice.pick([
      () => this.#variable(declared, undefined, other),
      () => this.#variable(declared, null, other),
      () => this.#variable(String(type), undefined, other),
      () => this.#variable(String(type), null, undefined),
    ])();
  }

  /** A value as it stands in a document, with variables for some of its parts. */
  #literal(value: unknown, given: GraphQLInputType): string {
    const type = getNullableType(given);
    const part = (each: unknown, of: GraphQLInputType) =>
      this.dice.chance(0.12) ? this.#given(each, of) : this.#literal(each, of);
    if (Array.isArray(value)) {
      const { ofType } = type as { ofType: GraphQLInputType };
      return `[${value.map((each) => part(each, ofType)).join(', ')}]`;
    }
    if (!isInputObjectType(type)) return literal(value, type);
    const fields = Object.entries(value as object).map(
      ([name, each]) => `${name}: ${part(each, type.getFields()[name]?.type as GraphQLInputType)}`,
    );
    return `{ ${fields.join(', ')} }`;
  }

  #value(given: GraphQLInputType, name: string, depth: number): unknown {
    const { dice } = this;
    const type = getNullableType(given);
    if (isListType(type)) {
      const count = name === 'orderBy' || name === 'by' ? dice.upTo(2) : dice.upTo(3);
      return Array.from({ length: name === 'by' ? count + 1 : count }, () =>
        this.#value(type.ofType, name === 'orderBy' || name === 'by' ? 'single' : name, depth),
      );
    }
    if (isEnumType(type)) return dice.pick(type.getValues()).name;
    if (!isInputObjectType(type)) return scalar(type.name, name, dice);
    const fields = Object.values(type.getFields());
    const needed = fields.filter((field) => isNonNullType(field.type));
    const rest = fields.filter((field) => !isNonNullType(field.type) && this.#fits(field, depth));
    const count = name === 'single' ? 1 : needed.length ? dice.upTo(1) : dice.upTo(2) || 1;
    const chosen = needed.length && name === 'single' ? [] : dice.some(rest, count);
    return Object.fromEntries(
      [...needed, ...chosen].map((field) => [
        field.name,
        this.#value(field.type, name === 'single' ? 'single' : field.name, depth - 1),
      ]),
    );
  }

  /** What would nest for ever is left out when it is deep enough. */
  #fits(field: GraphQLInputField, depth: number): boolean {
    const type = getNamedType(field.type);
    if (field.name === 'rollUp' || field.name === 'overlaps') return false;
    if (!isInputObjectType(type)) return true;
    return (
      depth > 0 ||
      Object.values(type.getFields()).every((each) => isLeafType(getNamedType(each.type)))
    );
  }
}

const argumentChance: Readonly<Record<string, number>> = {
  first: 0.7,
  where: 0.3,
  orderBy: 0.3,
  last: 0.03,
  after: 0.02,
};
