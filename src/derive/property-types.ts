import type { Noun, PropertyDef } from '../blueprint';

/**
 * The type of a property's values, null among them.
 * @param suffix what the names of composed types end with: nothing where they are read, `Input` where they are given
 */
export function valueType(
  { kind, enum: values, pair }: PropertyDef,
  suffix: '' | 'Input' = '',
): string {
  return {
    string: 'String',
    text: 'String',
    enum: values?.name ?? '',
    currency: 'CurrencyCode',
    int: 'Int',
    float: 'Float',
    boolean: 'Boolean',
    date: 'PartialDate',
    money: `Money${suffix}`,
    period: `Period${suffix}`,
    strings: '[String!]',
    enums: `[${values?.name ?? ''}!]`,
    pairs: `[${pair?.[0] ?? 'Pair'}${suffix}!]`,
  }[kind];
}

/** The output type of a property: lists are never null. */
export function outputType(property: PropertyDef): string {
  const type = valueType(property);
  const shown = type.startsWith('[') ? `${type}!` : type;
  return property.required ? `${shown}!` : shown;
}

/** The filter type of a property. */
export function filterType({ kind, enum: values, pair, name }: PropertyDef): string {
  if (name === 'key') return 'IDFilter';
  return {
    string: 'StringFilter',
    text: 'StringFilter',
    enum: `${values?.name ?? ''}Filter`,
    currency: 'CurrencyCodeFilter',
    int: 'IntFilter',
    float: 'FloatFilter',
    boolean: 'BooleanFilter',
    date: 'PartialDateFilter',
    money: 'MoneyFilter',
    period: 'PeriodFilter',
    strings: 'StringListFilter',
    enums: `${values?.name ?? ''}ListFilter`,
    pairs: `${pair?.[0] ?? 'Pair'}Filter`,
  }[kind];
}

/** Whether a property has an order: short, and one value. */
export function isOrderable({ kind }: PropertyDef): boolean {
  return !['text', 'strings', 'enums', 'pairs'].includes(kind);
}

/** Whether a property can be added up, or counted: `of` of a measure. */
export function isMeasure({ kind, measure }: PropertyDef): boolean {
  return measure !== false && (kind === 'int' || kind === 'float' || kind === 'money');
}

/** The enum of what can be measured of a noun: `CompanyMeasure`; undefined where nothing can. */
export function measureName(noun: Noun): string | undefined {
  return [...noun.properties.values()].some(isMeasure) ? `${noun.name}Measure` : undefined;
}
