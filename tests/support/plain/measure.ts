import type { Noun } from '../../../src/blueprint';
import type { PlainNode, Row } from './world';

const constant = (name: string) => name.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase();

/** A value that can be added up, with its unit and currency. */
export interface Measured {
  readonly value: number | null;
  readonly currency: string | null;
  /** What sets it apart from others that it must not be added to. */
  readonly unit: string | null;
}

export function measured(noun: Noun, of: string, row: Row): Measured {
  const property = [...noun.properties.values()].find((each) => constant(each.name) === of);
  if (!property) throw new Error(`${noun.name} has no measure ${of}.`);
  const given: unknown = row[property.name] ?? null;
  if (property.kind === 'money') {
    const { amount = null, currency = null } = (given ?? {}) as Row;
    return { value: amount, currency, unit: currency };
  }
  if (!property.unit) return { value: given as number | null, currency: null, unit: null };
  const [unit, currency] = property.unit.map((name) => (row[name] ?? null) as string | null);
  return {
    value: given as number | null,
    currency: currency ?? null,
    unit: `${unit ?? '?'}${currency ? ` ${currency}` : ''}`,
  };
}

/** One number from many, as a textbook says it. */
export function aggregate(fn: string, values: readonly number[]): number | null {
  const n = values.length;
  const sorted = [...values].sort((a, b) => a - b);
  const sum = values.reduce((a, b) => a + b, 0);
  const at = (part: number) => {
    const place = part * (n - 1);
    const low = sorted[Math.floor(place)] as number;
    return low + ((sorted[Math.ceil(place)] as number) - low) * (place % 1);
  };
  if (fn === 'COUNT') return n;
  if (fn === 'COUNT_DISTINCT') return new Set(values.map((value) => value + 0)).size;
  if (n === 0) return null;
  if (fn === 'SUM') return sum;
  if (fn === 'AVG') return sum / n;
  if (fn === 'MIN') return sorted[0] as number;
  if (fn === 'MAX') return sorted[n - 1] as number;
  if (fn === 'MEDIAN') return at(0.5);
  if (fn === 'P25') return at(0.25);
  if (fn === 'P75') return at(0.75);
  if (fn !== 'STDEV') throw new Error(`${fn} is no function.`);
  if (n < 2) return null;
  return Math.sqrt(values.reduce((all, value) => all + (value - sum / n) ** 2, 0) / (n - 1));
}

/** What `number` gives; `MIXED` where the units differ. */
export function numberOf(
  noun: Noun,
  of: string,
  fn: string,
  nodes: readonly PlainNode[],
): number | null | 'MIXED' {
  const known = nodes
    .map((node) => measured(noun, of, node.row))
    .filter((each) => each.value !== null);
  const units = new Set(known.map((each) => each.unit));
  if (units.size > 1 && !fn.startsWith('COUNT')) return 'MIXED';
  return aggregate(
    fn,
    known.map((each) => each.value as number),
  );
}

/** What `money` gives: one amount a currency, in the order of their codes. */
export function moneyOf(
  noun: Noun,
  of: string,
  fn: string,
  nodes: readonly PlainNode[],
): { amount: number | null; currency: string }[] {
  const known = nodes
    .map((node) => measured(noun, of, node.row))
    .filter((each) => each.value !== null && each.currency !== null);
  return [...new Set(known.map((each) => each.currency as string))]
    .sort()
    .map((currency) => ({
      currency,
      amount: aggregate(
        fn,
        known.filter((each) => each.currency === currency).map((each) => each.value as number),
      ),
    }))
    .filter((each) => each.amount !== null);
}

export const knownOf = (noun: Noun, of: string, nodes: readonly PlainNode[]): number =>
  nodes.filter((node) => measured(noun, of, node.row).value !== null).length;
