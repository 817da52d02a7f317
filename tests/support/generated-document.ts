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

/** A document made by chance, and variables for it: those it is asked with, and others of the same shape. */
export interface Generated {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly others: Readonly<Record<string, unknown>>;
}

/** Values to fill in: some that the data holds, some that it does not, some that mean something elsewhere. */
const words = [
  'a',
  'ai',
  'Moon',
  '智',
  '阿里',
  'cloud',
  '',
  "'",
  '"',
  '`',
  '\\u0060',
  '.*',
  'n) //',
];
const keys = [
  'alibaba',
  'Company:zhipu-ai',
  'cn',
  'gpt-4',
  'xhkg',
  'nobody',
  'value',
  '',
  'bad-one',
];
const ids = ['Company:alibaba', 'Model:gpt-4', 'Place:cn', 'Company:bad-one', 'Trend:prosumer-led'];
const dates = ['2024', '2023-07', '2024-05-14', '1999-12-31'];
const numbers = [0, 1, 2, 0.5, 10, 1e9, -1];

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
    const declared = this.#variables.map(({ text }, index) => `$v${index}: ${text}`);
    const head = declared.length ? `query Q(${declared.join(', ')}) ` : '';
    const fragments = [...this.#fragments].map(
      ([name, { on, text }]) => `fragment ${name} on ${on} ${text}`,
    );
    const values = (of: 'value' | 'other') =>
      Object.fromEntries(
        this.#variables.flatMap((each, index) =>
          each[of] === undefined ? [] : [[`v${index}`, each[of]] as const],
        ),
      );
    return {
      query: [`${head}{ ${parts.join(' ')} }`, ...fragments].join('\n'),
      variables: values('value'),
      others: values('other'),
    };
  }

  #selection(type: GraphQLCompositeType, depth: number): string {
    const { dice } = this;
    const parts = Array.from({ length: dice.upTo(3) + 1 }, () => this.#part(type, depth));
    return `{ ${parts.join(' ')} }`;
  }

  #part(type: GraphQLCompositeType, depth: number): string {
    const { dice } = this;
    if (dice.chance(0.08)) return `${dice.chance(0.3) ? `t${this.#names++}: ` : ''}__typename`;
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
    const args = field.args.flatMap((arg) => {
      const text = this.#argument(arg, depth);
      return text === undefined ? [] : [`${arg.name}: ${text}`];
    });
    const called = args.length ? `${field.name}(${args.join(', ')})` : field.name;
    // A field with arguments has a key of its own: two of one key must be the same.
    const alias = naming || args.length || dice.chance(0.15) ? `f${this.#names++}: ` : '';
    const one = () => {
      const type = getNamedType(field.type);
      const below = isLeafType(type)
        ? ''
        : ` ${this.#selection(type as GraphQLCompositeType, depth - 1)}`;
      return `${alias}${called}${this.#directive()}${below}`;
    };
    // Asked twice under one key: what is selected is put together.
    return dice.chance(0.08) ? `${one()} ${one()}` : one();
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
    if (!dice.chance(0.35)) return literal(value, arg.type);
    return this.#variable(String(arg.type), value, redrawn(value, arg.type, dice));
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

function scalar(type: string, name: string, dice: Dice): unknown {
  if (name === 'id') return dice.pick(ids);
  if (name === 'ids') return dice.pick(ids);
  if (name === 'first' || name === 'last')
    return dice.chance(0.02) ? dice.pick([-1, 5000]) : dice.upTo(4);
  switch (type) {
    case 'Boolean':
      return name === 'single' || dice.chance(0.5);
    case 'Int':
      return dice.upTo(5);
    case 'Float':
      return dice.pick(numbers);
    case 'ID':
      return dice.pick(keys);
    case 'PartialDate':
      return dice.pick(dates);
    case 'CurrencyCode':
      return dice.pick(['CNY', 'USD']);
    default:
      return dice.pick(words);
  }
}

/** The same shape with other texts and numbers, so that a plan made for one must serve the other. */
function redrawn(value: unknown, given: GraphQLInputType, dice: Dice): unknown {
  const type = getNullableType(given);
  if (Array.isArray(value))
    return value.map((each) => redrawn(each, (type as { ofType: GraphQLInputType }).ofType, dice));
  if (isInputObjectType(type))
    return Object.fromEntries(
      Object.entries(value as object).map(([name, each]) => [
        name,
        redrawn(each, type.getFields()[name]?.type as GraphQLInputType, dice),
      ]),
    );
  if (typeof value === 'boolean' || isEnumType(type)) return value;
  return scalar((type as { name: string }).name, typeof value === 'number' ? 'first' : '', dice);
}

/** A value as it stands in a document. */
function literal(value: unknown, given: GraphQLInputType): string {
  const type = getNullableType(given);
  if (Array.isArray(value))
    return `[${value.map((each) => literal(each, (type as { ofType: GraphQLInputType }).ofType)).join(', ')}]`;
  if (isInputObjectType(type))
    return `{ ${Object.entries(value as object)
      .map(
        ([name, each]) =>
          `${name}: ${literal(each, type.getFields()[name]?.type as GraphQLInputType)}`,
      )
      .join(', ')} }`;
  return isEnumType(type) ? (value as string) : JSON.stringify(value);
}
