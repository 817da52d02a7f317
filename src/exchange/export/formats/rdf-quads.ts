import type { Quad, Quad_Object, Quad_Subject } from '@rdfjs/types';
import { DataFactory } from 'n3';
import type { PropertyDef } from '../../../blueprint';
import type { Value } from '../../../blueprint/storage';
import { constant } from '../../../derive/names';
import { edgeLists, nameOf, type EdgeItem, type Item, type NodeItem } from '../items';
import { classes, nodeIri, prefixes, properties, relations, term } from './rdf-terms';

const { blankNode, literal, namedNode, quad } = DataFactory;

type Put = (subject: Quad_Subject, predicate: string, object: Quad_Object) => void;

/** A date of the precision that is known, as XML Schema names it. */
function dateLiteral(date: string) {
  const type = date.length === 4 ? 'gYear' : date.length === 7 ? 'gYearMonth' : 'date';
  return literal(date, namedNode(`${prefixes.xsd}${type}`));
}

const text = (name: string, value: string) =>
  literal(value, name.endsWith('Zh') ? 'zh' : undefined);

const decimal = (value: number, whole: boolean) =>
  literal(String(value), namedNode(`${prefixes.xsd}${whole ? 'integer' : 'double'}`));

/** The values of a property as objects; what has parts becomes a node of its own. */
function objects(put: Put, { name, kind }: PropertyDef, value: Value): Quad_Object[] {
  switch (kind) {
    case 'date':
      return [dateLiteral(value as string)];
    case 'int':
    case 'float':
      return [decimal(value as number, kind === 'int')];
    case 'boolean':
      return [literal(value ? 'true' : 'false', namedNode(`${prefixes.xsd}boolean`))];
    case 'strings':
    case 'enums':
      return (value as string[]).map((each) => literal(each));
    case 'money': {
      const { amount, currency, asPrinted } = value as Record<string, string | number | null>;
      const node = blankNode();
      put(node, 'rdf:type', term('schema:MonetaryAmount'));
      put(node, 'schema:value', decimal(amount as number, false));
      put(node, 'schema:currency', literal(currency as string));
      if (asPrinted) put(node, 'yuntu:asPrinted', literal(asPrinted));
      return [node];
    }
    case 'period': {
      const { start, end, label } = value as Record<string, string | null>;
      const node = blankNode();
      put(node, 'rdf:type', term('dcterms:PeriodOfTime'));
      if (start) put(node, 'schema:startDate', dateLiteral(start));
      if (end) put(node, 'schema:endDate', dateLiteral(end));
      if (label) put(node, 'rdfs:label', literal(label));
      return [node];
    }
    case 'pairs':
      return (value as { name: string; value: string }[]).map((pair) => {
        const node = blankNode();
        put(node, 'rdf:type', term('schema:PropertyValue'));
        put(node, 'schema:propertyID', literal(pair.name));
        put(node, 'schema:value', literal(pair.value));
        return node;
      });
    default:
      return [text(name, value as string)];
  }
}

function ofNode(put: Put, item: NodeItem): void {
  const subject = nodeIri(item);
  const { name } = item.noun;
  for (const type of [`yuntu:${name}`, ...(classes[name] ?? [])])
    put(subject, 'rdf:type', term(type));
  for (const property of item.noun.properties.values()) {
    const value = item.values.get(property.name);
    if (value === undefined) continue;
    const predicate =
      properties[name]?.[property.name] ??
      properties['*']?.[property.name] ??
      `yuntu:${property.name}`;
    for (const object of objects(put, property, value)) put(subject, predicate, object);
  }
}

/** A relationship as one triple; what it carries of its own stands on a statement about that triple. */
function ofEdge(put: Put, item: EdgeItem): void {
  const subject = nodeIri(item.from);
  const object = nodeIri(item.to);
  const predicate = relations[item.type] ?? `yuntu:${camel(item.type)}`;
  put(subject, predicate, object);
  if (!item.values.size) return;
  const relation = [...item.from.noun.relations.values()].find(
    ({ writes }) => writes === item.type,
  );
  const about = namedNode(
    `${subject.value}/${constant(item.type).toLowerCase()}/${encodeURIComponent(nameOf(item.to))}`,
  );
  put(about, 'rdf:type', term('rdf:Statement'));
  put(about, 'rdf:subject', subject);
  put(about, 'rdf:predicate', term(predicate));
  put(about, 'rdf:object', object);
  for (const property of [...(relation?.edge ?? []), ...edgeLists]) {
    const value = item.values.get(property.name);
    if (value === undefined) continue;
    if (property.name === 'citations')
      for (const key of value as string[])
        put(about, 'prov:wasDerivedFrom', namedNode(`urn:yuntu:Citation:${key}`));
    else for (const own of objects(put, property, value)) put(about, `yuntu:${property.name}`, own);
  }
}

/** `IN_SECTOR` -> `inSector`. */
const camel = (type: string): string =>
  type.toLowerCase().replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/**
 * The triples of an item: those of one subject together, and of one predicate, as a writer that streams needs them to
 * write each once.
 */
export function quadsOf(item: Item): Quad[] {
  const subjects = new Map<string, Map<string, Quad[]>>();
  const put: Put = (subject, predicate, object) => {
    const own = subjects.get(subject.value) ?? new Map<string, Quad[]>();
    subjects.set(subject.value, own);
    const made = quad(subject as never, term(predicate), object as never) as unknown as Quad;
    own.set(predicate, [...(own.get(predicate) ?? []), made]);
  };
  if (item.kind === 'node') ofNode(put, item);
  else ofEdge(put, item);
  return [...subjects.values()].flatMap((own) => [...own.values()].flat());
}
