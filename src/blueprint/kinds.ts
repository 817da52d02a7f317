/** What a property can hold. Each kind says how it is stored, filtered, ordered and measured; see `storage.ts`. */
export type Kind =
  | 'string' // a short text: filters fold case and width, orders by folded code point
  | 'text' // a long text: filters as a string, has no order
  | 'enum'
  | 'currency' // an ISO 4217 code
  | 'int'
  | 'float'
  | 'boolean'
  | 'date' // an ISO 8601 date of the precision the source gives; compares as its first day
  | 'money' // amount in full units, currency, as printed
  | 'period' // start and end as dates, and a label
  | 'strings' // a list of short texts
  | 'enums' // a list of enum values
  | 'pairs'; // a list of { name value }

/** A closed list of values, each with its meaning. */
export interface Enumeration {
  readonly name: string;
  readonly description: string;
  readonly values: Readonly<Record<string, string>>;
}

/**
 * Declares a closed list of values.
 * @param values value -> meaning
 */
export function enumeration(
  name: string,
  description: string,
  values: Readonly<Record<string, string>>,
): Enumeration {
  return { name, description, values };
}

export interface PropertyOptions {
  readonly enum?: Enumeration;
  /** Never null in the graph. */
  readonly required?: boolean;
  /** The names of a pair's two parts, where they are not `name` and `value`. */
  readonly pair?: readonly [type: string, first: string];
  /** Found by any part of it: a text index beside the ordinary one. */
  readonly search?: boolean;
  /** In `by` of groups it takes a value that restricts, rather than being grouped by. */
  readonly restricts?: boolean;
  /** False for a number that is not worth adding up (a position, a year). */
  readonly measure?: boolean;
  /** The property that holds the unit, and the one that holds the currency, of a number whose unit varies. */
  readonly unit?: readonly [unit: string, currency: string];
}

/** One property of a noun, an interface or a relationship. */
export interface PropertyDef extends PropertyOptions {
  readonly name: string;
  readonly kind: Kind;
  readonly description: string;
}
