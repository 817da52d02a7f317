import type { Blueprint, Noun, PropertyDef } from '../../blueprint';
import { store, type Stored, type Value } from '../../blueprint/storage';
import { writtenBy } from '../../derive/export-statements';
import { hiddenNoun, shownName } from '../../derive/hiding';
import { relationAsStored } from '../../derive/who-is-who';
import { quote } from '../../errors';
import { didYouMean } from '../../support/did-you-mean';
import { fromGlobalId, type Reference } from '../../support/global-id';
import { checkValue } from '../check/value';
import { header, ownWords } from '../export/formats/json-lines';
import { edgeLists, recordLabels, type DatasetRecord, type RecordItem } from '../export/items';
import type { EdgeKind } from '../load/edges';
import type { Columns } from '../load/layers';

export interface NodeLine {
  readonly kind: 'node';
  readonly noun: Noun;
  readonly key: string;
  readonly roles: readonly string[];
  /** All that is to be stored beside the key. */
  readonly columns: Columns;
}

export interface EdgeLine {
  readonly kind: 'edge';
  readonly edge: EdgeKind;
  readonly from: string;
  readonly to: string;
  readonly columns: Columns;
}

/** What one line of an export says. */
export type Said =
  | NodeLine
  | EdgeLine
  | { readonly kind: 'header'; readonly version: unknown }
  | { readonly kind: 'end'; readonly lines: unknown }
  | ({ readonly kind: 'dataset' } & DatasetRecord)
  | ({ readonly kind: 'record' } & RecordItem);

/** Tells what is wrong with a line, and with which field of it. */
export type Complain = (message: string, field?: string) => void;

type Words = Readonly<Record<string, unknown>>;

/** Reads one line of an export; null where it is faulty, which was told. */
export function readLine(blueprint: Blueprint, text: string, complain: Complain): Said | null {
  let line: unknown;
  try {
    line = JSON.parse(text);
  } catch (error) {
    return told(complain, `is no JSON: ${(error as Error).message}.`);
  }
  if (!isWords(line)) return told(complain, `${quote(line)} is no object of fields.`);
  if (line.yuntu === header.yuntu) return { kind: 'header', version: line.version };
  if ('end' in line) return { kind: 'end', lines: line.end };
  if ('noun' in line) return readNode(blueprint, line, complain);
  if ('relation' in line) return readEdge(blueprint, line, complain);
  if (isText(line.dataset))
    return {
      kind: 'dataset',
      name: line.dataset,
      title: isText(line.title) ? line.title : null,
      since: isText(line.since) ? line.since : null,
    };
  const label = recordLabels.find((each) => each === line.record);
  if (label) {
    const stored = storedOf(line.stored, complain);
    if (stored && !isText(stored.id)) return told(complain, 'has no id.', 'stored');
    return stored && { kind: 'record', label, stored: stored as RecordItem['stored'] };
  }
  return told(
    complain,
    'says neither "noun" nor "relation" nor "dataset": it is no line of an export.',
  );
}

function readNode(blueprint: Blueprint, line: Words, complain: Complain): NodeLine | null {
  const { noun: name, key, roles = [], stored = {}, ...values } = line;
  const noun = nounOf(blueprint, name, complain, 'noun');
  if (!noun) return null;
  if (!isText(key)) return told(complain, `${quote(key)} is no key.`, 'key');
  const known = blueprint.interfaces.filter((each) => each.role).map((each) => each.name);
  for (const role of list(roles))
    if (!known.includes(role as string))
      return told(
        complain,
        `${quote(role)} is no role.${didYouMean(String(role), known)}`,
        'roles',
      );
  const columns = columnsOf([...noun.properties.values()], values, complain, noun.name, ownWords);
  for (const property of noun.properties.values())
    if (property.required && property.name !== 'key' && values[property.name] == null)
      return told(complain, 'is missing.', property.name);
  const beside = storedOf(stored, complain);
  if (!columns || !beside) return null;
  return {
    kind: 'node',
    noun,
    key,
    roles: list(roles) as string[],
    columns: { ...columns, ...beside },
  };
}

function readEdge(blueprint: Blueprint, line: Words, complain: Complain): EdgeLine | null {
  const { relation: type, from, to, edge = {}, stored = {}, ...others } = line;
  const odd = Object.keys(others)[0];
  if (odd !== undefined)
    return told(
      complain,
      `stands beside the relationship; what it carries stands under "edge".`,
      odd,
    );
  const start = endOf(blueprint, from, complain, 'from');
  const end = endOf(blueprint, to, complain, 'to');
  if (!start || !end) return null;
  const beside = storedOf(stored, complain);
  if (!beside) return null;
  const relation = relationAsStored(start.noun, String(type), end.noun, beside);
  if (!relation) {
    const known = writtenBy(start.noun).map(({ writes }) => writes as string);
    return told(
      complain,
      `No ${String(type)} leads from a ${start.noun.name} to a ${end.noun.name}.${didYouMean(String(type), known)}`,
      'relation',
    );
  }
  if (!isWords(edge)) return told(complain, `${quote(edge)} is no object of fields.`, 'edge');
  const columns = columnsOf([...relation.edge, ...edgeLists], edge, complain, type as string);
  if (!columns) return null;
  return {
    kind: 'edge',
    edge: { from: start.noun, relation: relation as EdgeKind['relation'], to: end.noun },
    from: start.key,
    to: end.key,
    columns: { ...columns, ...beside },
  };
}

/** The stored columns of some values; null where one is faulty. */
function columnsOf(
  properties: readonly PropertyDef[],
  values: Words,
  complain: Complain,
  owner: string,
  otherWords: readonly string[] = [],
): Columns | null {
  const columns: Record<string, Stored> = {};
  let whole = true;
  const no = (message: string, field: string): void => {
    whole = false;
    complain(message, field);
  };
  for (const [name, given] of Object.entries(values)) {
    if (given === null) continue;
    const property = properties.find((each) => each.name === name);
    if (!property) {
      const known = [...properties.map((each) => each.name), ...otherWords];
      no(`${owner} has no property "${name}".${didYouMean(name, known)}`, name);
      continue;
    }
    const value = edgeLists.includes(property)
      ? keys(given, (message) => no(message, name))
      : checkValue(property, given, (message) => no(message, name));
    if (value === undefined) continue;
    for (const [column, own] of Object.entries(store(property, value)))
      if (own !== null) columns[column] = own;
  }
  return whole ? columns : null;
}

function keys(given: unknown, complain: Complain): Value | undefined {
  if (Array.isArray(given) && given.every(isText)) return given;
  complain(`${quote(given)} is no list of keys.`);
  return undefined;
}

/** What is stored beside the properties: texts, numbers, truths and lists of texts, as Neo4j keeps them. */
function storedOf(given: unknown, complain: Complain): Columns | null {
  if (!isWords(given)) return told(complain, `${quote(given)} is no object of fields.`, 'stored');
  for (const [name, value] of Object.entries(given))
    if (
      !/^[a-z][A-Za-z0-9]*$/.test(name) ||
      !(Array.isArray(value)
        ? value.every((each) => typeof each === 'string')
        : ['string', 'number', 'boolean'].includes(typeof value))
    )
      return told(complain, `${quote(value)} is nothing that can be stored.`, `stored.${name}`);
  return given as Columns;
}

function endOf(
  blueprint: Blueprint,
  given: unknown,
  complain: Complain,
  field: string,
): { readonly noun: Noun; readonly key: string } | null {
  const end: Reference | null = isText(given) ? fromGlobalId(given) : null;
  if (!end)
    return told(complain, `${quote(given)} names no node such as Company:moonshot-ai.`, field);
  const noun = nounOf(blueprint, end.type, complain, field);
  return noun && { noun, key: end.key };
}

function nounOf(
  blueprint: Blueprint,
  name: unknown,
  complain: Complain,
  field: string,
): Noun | null {
  const shown = typeof name === 'string' ? shownName(name) : name;
  const found = blueprint.nouns.find((each) => each.name === shown);
  if (found) return shown === name ? found : hiddenNoun(found);
  const known = blueprint.nouns.map((each) => each.name);
  return told(complain, `${quote(name)} is no noun.${didYouMean(String(name), known)}`, field);
}

function told(complain: Complain, message: string, field?: string): null {
  complain(message, field);
  return null;
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

const isWords = (value: unknown): value is Words =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);
