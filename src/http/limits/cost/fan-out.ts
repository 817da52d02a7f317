import {
  getNamedType,
  isAbstractType,
  isListType,
  isNonNullType,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';
import type { Blueprint } from '../../../blueprint';
import { maxGroups, maxPage } from '../../../query/page';
import type { Parts } from '../../../query/plan';

/** Arguments as the walk reads them: what a variable holds stands in its place. */
export type Args = Readonly<Record<string, unknown>>;

/** What a field costs by itself, and how many rows lie under it. */
export interface FanOut {
  /** What is read whether or not rows are found. */
  readonly base: number;
  /** Rows of the lists directly below it; undefined where it says nothing of them. */
  readonly size?: number;
  /** The most that may be asked for, where the planner holds one. */
  readonly most?: number;
}

/** Rows of a list that nobody asked for by number, such as citations: 20 at most, and few as a rule. */
const few = 5;
const page = 20;

const whole = (value: unknown, otherwise: number): number =>
  typeof value === 'number' && Number.isFinite(value) ? Math.max(0, value) : otherwise;
const items = (value: unknown): number => (Array.isArray(value) ? value.length : 1);

/** Verbs, which write statements of their own: what they read grows in ways that a page does not tell. */
const verbs: Readonly<Record<string, (args: Args) => FanOut>> = {
  search: ({ first }) => ({ base: 50, size: whole(first, page) }),
  suggest: ({ first }) => ({ base: 20, size: whole(first, 10) }),
  // Each hop reads around all that was found before it.
  graph: ({ limit, depth, seeds }) => ({
    base: 20 + items(seeds) + whole(limit, 200) * Math.max(1, whole(depth, 1)),
    size: whole(limit, 200),
  }),
  // The ways between two things double with every hop.
  paths: ({ first, maxHops }) => ({
    base: 20 * 2 ** Math.min(whole(maxHops, 4), 20),
    size: whole(first, few),
  }),
};
const otherVerb = (args: Args): FanOut => ({ base: 50, size: sizeOf(args, page) });

/** A change reads what it touches, checks it and writes it. */
const change = 20;

/** Aggregates read every row of the list, not a page of it. */
const aggregates = new Set(['number', 'money', 'known', 'unknown', 'changeFromPrevious']);

const paging = ['first', 'last', 'limit'];

function sizeOf(args: Args, otherwise: number): number {
  const told = paging.map((name) => args[name]).find((value) => value != null);
  return whole(told, otherwise);
}

/** What the planner knows of how much lies under a field. */
export class FanOuts {
  readonly schema: GraphQLSchema;
  readonly #blueprint: Blueprint | undefined;
  readonly #roots: Parts['roots'];
  /** Verbs on nouns, as `Company.peers`. */
  readonly #verbs: Pick<Parts['nounVerbs'], 'has'>;

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

  of(type: string, field: GraphQLField<unknown, unknown>, args: Args): FanOut {
    if (type === this.schema.getQueryType()?.name) return this.#root(field, args);
    if (type === this.schema.getMutationType()?.name)
      return { base: change * items(args.input), size: items(args.input) };
    if (type.startsWith('__')) return { base: 0 };
    if (aggregates.has(field.name)) return { base: 5 };
    if (this.#verbs.has(`${type}.${field.name}`)) return { base: 20, size: sizeOf(args, page) };
    if (!pages(field)) return { base: 0 };
    return { base: 1, size: sizeOf(args, page), most: maxPage };
  }

  #root(field: GraphQLField<unknown, unknown>, args: Args): FanOut {
    const { name } = field;
    if (name.startsWith('__')) return { base: 0 };
    const root = this.#roots.get(name);
    switch (root?.kind) {
      case 'one':
      case 'node':
        return { base: 0 };
      case 'nodes':
        return { base: 0, size: items(args.ids) };
      case 'many':
        return { base: 1, size: sizeOf(args, page), most: maxPage };
      case 'groups':
        return { base: 50, size: sizeOf(args, page), most: maxGroups };
      case undefined:
        return (Object.hasOwn(verbs, name) ? verbs[name] : undefined)?.(args) ?? otherVerb(args);
    }
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

function pages(field: GraphQLField<unknown, unknown>): boolean {
  return field.args.some(({ name }) => paging.includes(name));
}

export function isList(type: GraphQLOutputType): boolean {
  return isListType(isNonNullType(type) ? type.ofType : type);
}
