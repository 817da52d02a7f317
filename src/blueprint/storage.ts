import type { PropertyDef } from './kinds';
import { fold } from '../support/fold';
import { firstDay, lastDay, yearOf } from '../support/partial-date';
import { joinPair, splitPair } from '../support/pairs';

/** A value that Neo4j keeps in a property. Integers are told apart by the property's kind. */
export type Stored = string | number | boolean | readonly string[] | null;

/** How a stored column behaves: which index it gets. */
export interface Column {
  readonly name: string;
  readonly index?: 'range' | 'range+text';
  readonly integer?: boolean;
}

/** The columns in which a property is stored, the plain value first. Shadows serve filters, orders and groups. */
export function columnsOf({ name, kind }: PropertyDef): readonly Column[] {
  switch (kind) {
    case 'string':
      // Keys are compared as they stand, and have a constraint of their own.
      if (name === 'key') return [{ name }];
      return [{ name }, { name: `${name}Folded`, index: 'range+text' }];
    case 'text':
      return [{ name }, { name: `${name}Folded` }];
    case 'enum':
    case 'currency':
    case 'boolean':
    case 'float':
      return [{ name, index: 'range' }];
    case 'int':
      return [{ name, index: 'range', integer: true }];
    case 'date':
      return [
        { name },
        { name: `${name}Day`, index: 'range' },
        { name: `${name}Year`, index: 'range', integer: true },
      ];
    case 'money':
      return [
        { name: `${name}Amount`, index: 'range' },
        { name: `${name}Currency`, index: 'range' },
        { name: `${name}AsPrinted` },
      ];
    case 'period':
      return [
        { name: `${name}Start` },
        { name: `${name}End` },
        { name: `${name}Label` },
        { name: `${name}LabelFolded`, index: 'range' },
        { name: `${name}StartDay`, index: 'range' },
        { name: `${name}EndDay`, index: 'range' },
        { name: `${name}StartYear`, integer: true },
      ];
    case 'strings':
      return [{ name }, { name: `${name}Folded` }];
    case 'enums':
    case 'pairs':
      return [{ name }];
  }
}

/** A property's value as a client gives and gets it. */
export type Value =
  | string
  | number
  | boolean
  | readonly string[]
  | { readonly amount: number; readonly currency: string; readonly asPrinted?: string | null }
  | { readonly start?: string | null; readonly end?: string | null; readonly label?: string | null }
  | readonly { readonly name: string; readonly value: string }[];

/** The stored columns of a checked value; every column of the property is named, so that null removes. */
export function store(
  property: PropertyDef,
  value: Value | null | undefined,
): Record<string, Stored> {
  const { name, kind } = property;
  if (value == null)
    return Object.fromEntries(columnsOf(property).map((column) => [column.name, null]));
  switch (kind) {
    case 'string':
    case 'text':
      if (name === 'key') return { [name]: value as string };
      return { [name]: value as string, [`${name}Folded`]: fold(value as string) };
    case 'enum':
    case 'currency':
    case 'boolean':
      return { [name]: value as Stored };
    case 'float':
    case 'int':
      // -0 is 0.
      return { [name]: (value as number) + 0 };
    case 'date': {
      const date = value as string;
      return { [name]: date, [`${name}Day`]: firstDay(date), [`${name}Year`]: yearOf(date) };
    }
    case 'money': {
      const { amount, currency, asPrinted } = value as {
        amount: number;
        currency: string;
        asPrinted?: string;
      };
      return {
        [`${name}Amount`]: amount + 0,
        [`${name}Currency`]: currency,
        [`${name}AsPrinted`]: asPrinted ?? null,
      };
    }
    case 'period': {
      const { start, end, label } = value as { start?: string; end?: string; label?: string };
      return {
        [`${name}Start`]: start ?? null,
        [`${name}End`]: end ?? null,
        [`${name}Label`]: label ?? null,
        [`${name}LabelFolded`]: label ? fold(label) : null,
        [`${name}StartDay`]: start ? firstDay(start) : null,
        [`${name}EndDay`]: end ? lastDay(end) : null,
        [`${name}StartYear`]: start ? yearOf(start) : null,
      };
    }
    case 'strings':
      return { [name]: value as string[], [`${name}Folded`]: (value as string[]).map(fold) };
    case 'enums':
      return { [name]: value as string[] };
    case 'pairs':
      return { [name]: (value as { name: string; value: string }[]).map(joinPair) };
  }
}

/** The columns from which a property's value can be told; the others follow from them. */
export function plainColumns({ name, kind }: PropertyDef): readonly string[] {
  switch (kind) {
    case 'money':
      return [`${name}Amount`, `${name}Currency`, `${name}AsPrinted`];
    case 'period':
      return [`${name}Start`, `${name}End`, `${name}Label`];
    default:
      return [name];
  }
}

/** A property's value from its plain columns, as `store` would take it; null where it is unknown. */
export function valueOf({ kind }: PropertyDef, plain: readonly Stored[]): Value | null {
  const [first = null, second = null, third = null] = plain;
  switch (kind) {
    case 'money':
      return first === null
        ? null
        : {
            amount: first as number,
            currency: second as string,
            asPrinted: third as string | null,
          };
    case 'period':
      return first === null && second === null && third === null
        ? null
        : {
            start: first as string | null,
            end: second as string | null,
            label: third as string | null,
          };
    case 'pairs':
      return first === null ? null : (first as string[]).map(splitPair);
    default:
      return first;
  }
}
