/** A type of the schema as plain data: what `materialise` hands to type-graphql. */
export type TypeSpec = ObjectSpec | EnumSpec | UnionSpec;

export interface ObjectSpec {
  readonly kind: 'object' | 'interface' | 'input';
  readonly name: string;
  readonly description: string;
  readonly implements?: readonly string[];
  readonly fields: readonly FieldSpec[];
}

export interface EnumSpec {
  readonly kind: 'enum';
  readonly name: string;
  readonly description: string;
  /** value -> meaning */
  readonly values: Readonly<Record<string, string>>;
}

export interface UnionSpec {
  readonly kind: 'union';
  readonly name: string;
  readonly description: string;
  /** Names of the objects that it may be. */
  readonly types: readonly string[];
}

export interface FieldSpec {
  readonly name: string;
  /** As in SDL: `[Company!]!`. */
  readonly type: string;
  readonly description: string;
  readonly args?: readonly ArgSpec[];
}

export interface ArgSpec {
  readonly name: string;
  readonly type: string;
  readonly description: string;
  readonly default?: unknown;
  readonly bound?: Bound;
}

/** How much a caller may ask for with an argument: a number, or so many items of a list. */
export interface Bound {
  readonly least: number;
  readonly most: number;
  /** What is meant where nothing is told; none where nothing is meant then. */
  readonly unlessTold?: number;
}

/** A field of an object, interface or input. */
export function field(
  name: string,
  type: string,
  description: string,
  args?: readonly ArgSpec[],
): FieldSpec {
  return { name, type, description, args };
}

/** An argument of a field; required where its type ends in `!` and nothing stands for it by default. */
export function arg(name: string, type: string, description: string, byDefault?: unknown): ArgSpec {
  return { name, type, description, ...(byDefault === undefined ? {} : { default: byDefault }) };
}
