/** The variables of a request, coerced. */
export type Variables = Readonly<Record<string, unknown>>;

/**
 * A scalar that came from a variable: its value in this request, and where later requests find theirs. A plan keeps
 * leaves instead of values, so that one plan serves all requests of a document.
 */
export class Leaf {
  constructor(
    readonly value: string | number,
    readonly path: readonly (string | number)[],
  ) {}

  read(variables: Variables): string | number {
    return this.path.reduce<unknown>((at, step) => (at as Variables)[step], variables) as
      string | number;
  }
}

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
 * What of the variables shapes a plan: their structure, booleans and nulls, and the values at `fixed` paths (enums,
 * cursors). Two requests of equal shape share a plan.
 */
export function shapeOf(value: unknown, fixed: ReadonlySet<string>, path = ''): string {
  if (typeof value === 'string' || typeof value === 'number')
    return fixed.has(path) ? JSON.stringify(value) : typeof value === 'string' ? 's' : 'n';
  if (Array.isArray(value))
    return `[${value.map((each, index) => shapeOf(each, fixed, `${path}/${index}`)).join()}]`;
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .map(([key, each]) => `${JSON.stringify(key)}:${shapeOf(each, fixed, `${path}/${key}`)}`)
      .join()}}`;
  return String(value);
}
