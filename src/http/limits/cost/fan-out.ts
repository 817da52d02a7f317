import {
  getNamedType,
  getNullableType,
  isAbstractType,
  isListType,
  isNonNullType,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';
import type { Blueprint, Noun } from '../../../blueprint';
import { boundOf, pageBound } from '../../../derive/bounds';
import type { NounVerb } from '../../../derive/schema';
import type { Parts } from '../../../query/plan';
import { filterWeight } from './filter-weight';
import { groupsWeight, orderWeight } from './path-weight';
import { sum } from './weight';

/** Arguments as the walk reads them: what a variable holds stands in its place. */
export type Args = Readonly<Record<string, unknown>>;
type Field = GraphQLField<unknown, unknown>;

/** What a field costs by itself, and how many rows lie under it. */
interface Reads {
  /** What is read whether or not rows are found. */
  readonly base: number;
  /** Rows of the lists directly below it; undefined where it says nothing of them. */
  readonly size?: number;
}

/** The same with what its filters, orders and groups add. */
export interface FanOut extends Reads {
  /** Subqueries beside its own. */
  readonly parts: number;
}

/** Rows of a list that nobody asked for by number, such as citations: 20 at most, and few as a rule. */
const few = 5;

const whole = (value: unknown, otherwise: number): number =>
  typeof value === 'number' && Number.isFinite(value) ? Math.max(0, value) : otherwise;
const items = (value: unknown): number => (Array.isArray(value) ? value.length : 1);

/** Verbs, which write statements of their own: what they read grows in ways that a page does not tell. */
const verbs: Readonly<Record<string, (told: (name: string) => number, args: Args) => Reads>> = {
  search: (told) => ({ base: 50, size: told('first') }),
  suggest: (told) => ({ base: 20, size: told('first') }),
  // Each hop reads around all that was found before it.
  graph: (told, { seeds }) => ({
    base: 20 + items(seeds) + told('limit') * Math.max(1, told('depth')),
    size: told('limit'),
  }),
  // The ways between two things double with every hop.
  paths: (told) => ({ base: 20 * 2 ** told('maxHops'), size: told('first') }),
};
const otherVerb = 50;
const verbOfNoun = 20;
/** Rows in memory that cost as much as one from the store. */
const inMemory = 1_000;

/** A change reads what it touches, checks it and writes it. */
const change = 20;

/** Aggregates read every row of the list, not a page of it. */
const aggregates = new Set(['number', 'money', 'known', 'unknown', 'changeFromPrevious']);
const grouping = 50;

const paging = ['first', 'last', 'limit'];

/** A number that an argument has: what is meant where nothing is told. */
function toldOf(field: Field, args: Args, name: string): number {
  const argument = field.args.find((each) => each.name === name);
  return whole(args[name], (argument && boundOf(argument)?.unlessTold) ?? 0);
}

/** Rows that a page may hold. */
function sizeOf(field: Field, args: Args): number {
  const own = field.args.filter(({ name }) => paging.includes(name));
  const told = own.map(({ name }) => args[name]).find((value) => value != null);
  const meant = own.map((each) => boundOf(each)?.unlessTold).find((value) => value !== undefined);
  return whole(told, meant ?? pageBound.unlessTold);
}

const compared = ({ compares }: NounVerb): number => Math.floor((compares?.() ?? 0) / inMemory);

/** An argument that asks for more than its bound allows; undefined where none does. */
export function excessOf(
  field: Field,
  args: Args,
): { readonly name: string; readonly found: number; readonly most: number } | undefined {
  for (const argument of field.args) {
    const { name } = argument;
    const value = args[name];
    const most = boundOf(argument)?.most ?? Infinity;
    // What is of another kind is told as that.
    const found = isListType(getNullableType(argument.type)) ? items(value ?? []) : whole(value, 0);
    if (found > most) return { name, found, most };
  }
  return undefined;
}

/** What the planner knows of how much lies under a field. */
export class FanOuts {
  readonly schema: GraphQLSchema;
  readonly #blueprint: Blueprint | undefined;
  readonly #roots: Parts['roots'];
  /** Verbs on nouns, as `Company.peers`. */
  readonly #verbs: Parts['nounVerbs'];

  /** Of a schema that is not derived nothing is known but its pages. */
  constructor({
    schema,
    blueprint,
    roots = new Map(),
    nounVerbs = new Map(),
  }: Pick<Parts, 'schema'> & Partial<Parts>) {
    this.schema = schema;
    this.#blueprint = blueprint;
    this.#roots = roots;
    this.#verbs = nounVerbs;
  }

  of(type: string, field: Field, args: Args): FanOut {
    const { base, size } = this.#reads(type, field, args);
    const noun = this.#listed(type, field.name);
    const groups = groupsWeight(noun, args.by);
    const asked = sum([
      filterWeight(args.where ?? {}),
      filterWeight(args.having ?? {}),
      orderWeight(noun, args.orderBy),
    ]);
    return { base: base * groups.times + asked.cost, size, parts: groups.parts + asked.parts };
  }

  #reads(type: string, field: Field, args: Args): Reads {
    if (type === this.schema.getQueryType()?.name) return this.#root(field, args);
    if (type === this.schema.getMutationType()?.name)
      return { base: change * items(args.input), size: items(args.input) };
    if (type.startsWith('__')) return { base: 0 };
    if (aggregates.has(field.name)) return { base: 5 };
    const verb = this.#verbs.get(`${type}.${field.name}`);
    if (verb) return { base: verbOfNoun + compared(verb), size: sizeOf(field, args) };
    if (!field.args.some(({ name }) => paging.includes(name))) return { base: 0 };
    return { base: 1, size: sizeOf(field, args) };
  }

  #root(field: Field, args: Args): Reads {
    const { name } = field;
    if (name.startsWith('__')) return { base: 0 };
    switch (this.#roots.get(name)?.kind) {
      case 'one':
      case 'node':
        return { base: 0 };
      case 'nodes':
        return { base: 0, size: items(args.ids) };
      case 'many':
        return { base: 1, size: sizeOf(field, args) };
      case 'groups':
        return { base: grouping, size: sizeOf(field, args) };
      case undefined: {
        const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
        return (
          verb?.((each) => toldOf(field, args, each), args) ?? {
            base: otherVerb,
            size: sizeOf(field, args),
          }
        );
      }
    }
  }

  /** Changes whenever what verbs cost does, which grows with what they compare. */
  get prices(): string {
    return [...this.#verbs.values()].map(compared).join();
  }

  /** The noun that a list or groups are of. */
  #listed(type: string, field: string): Noun | undefined {
    if (type !== this.schema.getQueryType()?.name)
      return this.#blueprint?.all.get(type)?.relations.get(field)?.target;
    const root = this.#roots.get(field);
    return root && 'noun' in root ? root.noun : undefined;
  }

  /** What one object of a type costs: a node is read from the store, all else lies on one. */
  row(type: GraphQLOutputType): number {
    const named = getNamedType(type);
    if (named.name.startsWith('__')) return introspection.row;
    return this.#blueprint?.all.has(named.name) || isAbstractType(named) ? 1 : 0;
  }

  /** Rows under a list of which nothing else is known. */
  unknownSize(type: string, field: string): number {
    return type.startsWith('__') ? (introspection.lists[field] ?? few) : few;
  }

  /** Whether the fields of a type that lead on become parts of a statement. */
  isPlanned(type: string): boolean {
    return !!this.#blueprint?.all.has(type) || type === this.schema.getQueryType()?.name;
  }

  /** How many nouns an object of a type may be: the planner writes a branch for each. */
  branches(type: string): number {
    return this.#blueprint?.all.get(type)?.nouns.length ?? 1;
  }
}

/** Answered from memory, so a row is cheap; but there are many. */
const introspection = {
  row: 1 / 400,
  lists: { types: 700, fields: 20, inputFields: 20, args: 5, enumValues: 10 } as Readonly<
    Record<string, number>
  >,
};

export function isList(type: GraphQLOutputType): boolean {
  return isListType(isNonNullType(type) ? type.ofType : type);
}
