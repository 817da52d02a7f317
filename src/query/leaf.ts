/** The variables of a request, coerced. */
export type Variables = Readonly<Record<string, unknown>>;

type Scalar = string | number | boolean;

/**
 * A scalar that came from a variable: its value in this request, and where later requests find theirs. A plan keeps
 * leaves instead of values, so that one plan serves all requests of a document.
 */
export class Leaf {
  constructor(
    readonly value: Scalar,
    readonly path: readonly (string | number)[],
    /** What is made of the variable's value. */
    readonly made?: (given: string) => Scalar,
  ) {}

  read(variables: Variables): Scalar {
    const given = this.path.reduce<unknown>((at, step) => (at as Variables)[step], variables);
    return this.made ? this.made(given as string) : (given as Scalar);
  }
}

/** What of a value at a place of the variables shapes a plan. */
export type Shaping = (value: string | number) => string;

/** The places of the variables that shape a plan by more than their structure: enums by their value, cursors by their nulls. */
export type Fixed = Map<string, Shaping>;

/** The place of a leaf, among those that are fixed. */
export const placeOf = ({ path }: Leaf): string => path.map((step) => `/${step}`).join('');

/** Wraps every string and number of the variables; objects, lists, booleans and nulls shape the plan and stay. */
export function wrap(value: unknown, path: readonly (string | number)[] = []): unknown {
  if (typeof value === 'string' || typeof value === 'number') return new Leaf(value, path);
  if (Array.isArray(value)) return value.map((each, index) => wrap(each, [...path, index]));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [key, wrap(each, [...path, key])]),
    );
  return value;
}

/**
 * What of the variables shapes a plan: their structure, booleans and nulls, and what is fixed. Two requests of equal
 * shape share a plan.
 */
export function shapeOf(value: unknown, fixed: Fixed, path = ''): string {
  if (typeof value === 'string' || typeof value === 'number')
    return fixed.get(path)?.(value) ?? (typeof value === 'string' ? 's' : 'n');
  if (Array.isArray(value))
    return `[${value.map((each, index) => shapeOf(each, fixed, `${path}/${index}`)).join()}]`;
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .map(([key, each]) => `${JSON.stringify(key)}:${shapeOf(each, fixed, `${path}/${key}`)}`)
      .join()}}`;
  return String(value);
}
