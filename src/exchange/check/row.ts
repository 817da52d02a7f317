import type { Blueprint, Noun, PropertyDef, RelationDef } from '../../blueprint';
import { store, type Stored } from '../../blueprint/storage';
import { quote } from '../../errors';
import { didYouMean } from '../../support/did-you-mean';
import { fromGlobalId } from '../../support/global-id';
import type { RowFault } from '../fault';
import type { RawRow } from '../source/yaml-source';
import { citationOf, type CheckedCitation } from './citation';
import { checkValue, type Complain } from './value';

/** Where a row leads: one relationship to be written. */
export interface Link {
  readonly relation: RelationDef;
  /** The noun and key of the far end; the noun is open where the relation leads to an interface. */
  readonly to: { readonly nouns: readonly Noun[]; readonly key: string };
  readonly edge: Readonly<Record<string, Stored>>;
  readonly citations: readonly CheckedCitation[];
  readonly field: string;
}

/** A row that fits its noun; whether what it refers to exists is asked of all rows together. */
export interface CheckedRow {
  readonly raw: RawRow;
  readonly noun: Noun;
  readonly key: string;
  readonly columns: Readonly<Record<string, Stored>>;
  readonly links: readonly Link[];
  readonly citations: readonly CheckedCitation[];
}

/** The columns of some properties of which nothing is said. */
export function unsaidOf(properties: Iterable<PropertyDef>): Readonly<Record<string, null>> {
  return Object.assign({}, ...[...properties].map((property) => store(property, null))) as Readonly<
    Record<string, null>
  >;
}

/** Letters from U+E000 to U+FFFF would stand elsewhere in the order of keys than where pages look for them (`fold`). */
const keyForm = /^[^\s:A-Z\ue000-\uffff]{1,200}$/;

/**
 * Checks one row against its noun. All faults are told; null where there is one.
 * @param unsaid the columns that are null where the row says nothing of them: all of the noun's, unless told otherwise
 */
export function checkRow(
  blueprint: Blueprint,
  raw: RawRow,
  faults: RowFault[],
  unsaid?: Readonly<Record<string, null>>,
): CheckedRow | null {
  const before = faults.length;
  const complain = (message: string, field = ''): void => {
    faults.push({ file: raw.file, line: raw.line, field, message });
  };
  const noun = blueprint.nouns.find((each) => each.name === raw.noun);
  if (!noun) {
    complain(
      `${quote(raw.noun)} is no noun.${didYouMean(
        raw.noun,
        blueprint.nouns.map((each) => each.name),
      )}`,
    );
    return null;
  }
  const { source, citations, ...values } = raw.values;
  const key = values.key;
  if (typeof key !== 'string' || !keyForm.test(key))
    complain(
      `${quote(key)} is not a key: lower case, without spaces, colons and full-width forms, at most 200 characters.`,
      'key',
    );
  const columns: Record<string, Stored> = { ...(unsaid ?? unsaidOf(noun.properties.values())) };
  const links: Link[] = [];
  const cite = (given: unknown, field: string) =>
    citationOf(given, source, (message, at) => complain(message, at ? `${field}.${at}` : field));
  for (const [name, given] of Object.entries(values)) {
    if (given == null) continue;
    const property = noun.properties.get(name);
    if (property) {
      const value = checkValue(property, given, (message) => complain(message, name));
      if (value !== undefined) Object.assign(columns, store(property, value));
      continue;
    }
    const relation = noun.relations.get(name);
    if (relation?.writes) {
      const targets = Array.isArray(given) ? given : [given];
      if (relation.one && targets.length > 1)
        complain(`leads to one ${relation.target.name}, but names ${targets.length}.`, name);
      targets.forEach((target, index) => {
        const link = linkOf(relation, target, `${name}.${index}`, complain, cite);
        if (link) links.push(link);
      });
      continue;
    }
    const known = [
      ...noun.properties.keys(),
      ...[...noun.relations.values()].flatMap((each) => (each.writes ? [each.name] : [])),
    ];
    // A dataset's file may default what only facts have.
    if (name === 'certainty') continue;
    complain(
      `${noun.name} has no field "${name}" that can be loaded.${didYouMean(name, known)}`,
      name,
    );
  }
  for (const property of noun.properties.values())
    if (property.required && values[property.name] == null) complain('is missing.', property.name);
  checkSense(noun, columns, complain);
  const cited = Array.isArray(citations)
    ? citations.map((each, index) => cite(each, `citations.${index}`))
    : [];
  if (noun.interfaces.includes('Fact') && !cited.length)
    complain('a fact needs a citation.', 'citations');
  if (faults.length > before) return null;
  return { raw, noun, key: key as string, columns, links, citations: cited as CheckedCitation[] };
}

function linkOf(
  relation: RelationDef,
  given: unknown,
  field: string,
  complain: (message: string, field: string) => void,
  cite: (given: unknown, field: string) => CheckedCitation | null,
): Link | null {
  const {
    to,
    citations = [],
    ...edge
  } = (typeof given === 'string' ? { to: given } : given) as Record<string, unknown>;
  if (typeof to !== 'string') {
    complain(`${quote(given)} names nothing: a key is needed.`, field);
    return null;
  }
  const reference = fromGlobalId(to);
  const typed = reference && relation.among.filter((noun) => noun.name === reference.type);
  if (typed && !typed.length) {
    complain(`${quote(to)} is no ${relation.target.name}.`, field);
    return null;
  }
  const columns = checkEdge(relation, edge, (message, at) =>
    complain(message, at ? `${field}.${at}` : field),
  );
  const cited = (citations as unknown[]).flatMap(
    (each, index) => cite(each, `${field}.citations.${index}`) ?? [],
  );
  return {
    relation,
    to: { nouns: typed ?? relation.among, key: typed ? (reference as { key: string }).key : to },
    edge: columns,
    citations: cited,
    field,
  };
}

/** Checks what a relationship says of itself; a claim that does not say how sure it is, is stated. */
export function checkEdge(
  relation: RelationDef,
  edge: Readonly<Record<string, unknown>>,
  complain: Complain,
): Record<string, Stored> {
  const columns: Record<string, Stored> = {};
  for (const [name, value] of Object.entries(edge)) {
    if (value == null) continue;
    const property: PropertyDef | undefined = relation.edge.find((each) => each.name === name);
    if (!property) {
      complain(
        `the relationship has no "${name}".${didYouMean(
          name,
          relation.edge.map((each) => each.name),
        )}`,
      );
      continue;
    }
    const checked = checkValue(property, value, (message) => complain(message, name));
    if (checked !== undefined) Object.assign(columns, store(property, checked));
  }
  if (relation.claim && columns.certainty == null) columns.certainty = 'STATED';
  return columns;
}

/** Rules across the fields of one row. */
function checkSense(
  noun: Noun,
  columns: Record<string, Stored>,
  complain: (message: string, field: string) => void,
): void {
  const { properties } = noun;
  if (
    properties.has('certainty') &&
    columns.certainty === 'MISSING' &&
    properties.has('value') &&
    columns.value != null
  )
    complain('a missing fact has no value.', 'value');
  if (
    ['INFERRED', 'DERIVED'].includes(columns.certainty as string) &&
    properties.has('reason') &&
    columns.reason == null
  )
    complain(`${columns.certainty as string} needs a reason or a formula.`, 'reason');
  if (
    columns.unit === 'MONEY' &&
    properties.has('value') &&
    columns.value != null &&
    columns.currency == null
  )
    complain('money has a currency.', 'currency');
  if (columns.free === true && columns.amount !== 0) complain('what is free costs 0.', 'amount');
  for (const [from, to] of [
    ['foundedOnDay', 'closedOnDay'],
    ['listedOnDay', 'delistedOnDay'],
    ['validFromDay', 'validToDay'],
    ['low', 'high'],
  ] as const)
    if (columns[from] != null && columns[to] != null && columns[from] > columns[to])
      complain(`${quote(columns[to])} comes before ${quote(columns[from])}.`, to);
}
