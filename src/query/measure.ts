import type { Noun, PropertyDef } from '../blueprint';
import { constant } from '../derive/names';
import { isMeasure } from '../derive/property-types';
import type { Planning } from './context';

/** Something that can be added up: where its value stands, and its unit where that varies. */
export interface Measure {
  readonly property: PropertyDef;
  value(node: string): string;
  /** What sets values apart that must not be added: unit and currency; null where all are of one kind. */
  unit(node: string): string | null;
  /** The currency of each value, where it has one. */
  currency(node: string): string | null;
  /** Conditions that keep one currency. */
  only(node: string, currency: string | undefined): string[];
}

/** The measure of that name, such as `FUNDING_TOTAL`. */
export function measureOf(planning: Planning, noun: Noun, name: string): Measure {
  const property = [...noun.properties.values()].find(
    (each) => isMeasure(each) && constant(each.name) === name,
  );
  if (!property) {
    const known = [...noun.properties.values()]
      .filter(isMeasure)
      .map((each) => constant(each.name));
    throw planning.fault(
      `"${name}" is not measured of ${noun.plural}; ${known.length ? `these are: ${known.join(', ')}` : 'nothing is'}.`,
    );
  }
  const column = property.kind === 'money' ? `${property.name}Amount` : property.name;
  const money = property.kind === 'money' ? `${property.name}Currency` : property.unit?.[1];
  const unit = property.unit?.[0];
  return {
    property,
    value: (node) => `${node}.${column}`,
    unit: (node) =>
      unit
        ? `coalesce(${node}.${unit}, '?') + coalesce(' ' + ${node}.${money}, '')`
        : money
          ? `${node}.${money}`
          : null,
    currency: (node) => (money ? `${node}.${money}` : null),
    only: (node, currency) => (currency && money ? [`${node}.${money} = ${currency}`] : []),
  };
}

/** An aggregate function over an expression. The unknown does not count; over none known the answer is unknown, not 0. */
export function aggregate(fn: string, value: string): string {
  switch (fn) {
    case 'SUM':
      return `CASE WHEN count(${value}) > 0 THEN sum(${value}) END`;
    case 'AVG':
      return `avg(${value})`;
    case 'MIN':
      return `min(${value})`;
    case 'MAX':
      return `max(${value})`;
    case 'MEDIAN':
      return `percentileCont(${value}, 0.5)`;
    case 'P25':
      return `percentileCont(${value}, 0.25)`;
    case 'P75':
      return `percentileCont(${value}, 0.75)`;
    case 'STDEV':
      return `CASE WHEN count(${value}) > 1 THEN stDev(${value}) END`;
    case 'COUNT':
      return `count(${value})`;
    case 'COUNT_DISTINCT':
      return `count(DISTINCT ${value})`;
    default:
      throw new Error(`No aggregate function is called "${fn}".`);
  }
}

/** The same over values of one unit; unknown where there are several, which are not added and not compared. */
export function oneUnit(fn: string, value: string, unit: string | null): string {
  if (!unit || countsOnly(fn)) return aggregate(fn, value);
  const units = `count(DISTINCT CASE WHEN ${value} IS NOT NULL THEN ${unit} END)`;
  return `CASE WHEN ${units} < 2 THEN ${aggregate(fn, value)} END`;
}

/** Whether a function makes sense across units. */
export const countsOnly = (fn: string): boolean => fn === 'COUNT' || fn === 'COUNT_DISTINCT';
