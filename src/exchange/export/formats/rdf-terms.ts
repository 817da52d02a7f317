import { DataFactory, type NamedNode } from 'n3';
import type { Noun } from '../../../blueprint';

const { namedNode } = DataFactory;

/** The vocabularies whose terms are used where they say what is meant. */
export const prefixes = {
  yuntu: 'urn:yuntu:term:',
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
  schema: 'https://schema.org/',
  skos: 'http://www.w3.org/2004/02/skos/core#',
  prov: 'http://www.w3.org/ns/prov#',
  qb: 'http://purl.org/linked-data/cube#',
  'sdmx-measure': 'http://purl.org/linked-data/sdmx/2009/measure#',
  'sdmx-attribute': 'http://purl.org/linked-data/sdmx/2009/attribute#',
  'sdmx-dimension': 'http://purl.org/linked-data/sdmx/2009/dimension#',
  dcterms: 'http://purl.org/dc/terms/',
} as const;

/** A term such as `schema:Organization`. */
export function term(short: string): NamedNode {
  const at = short.indexOf(':');
  return namedNode(prefixes[short.slice(0, at) as keyof typeof prefixes] + short.slice(at + 1));
}

/** The name of a node in RDF: `urn:yuntu:Company:moonshot-ai`. */
export const nodeIri = ({ noun, key }: { readonly noun: Noun; readonly key: string }): NamedNode =>
  namedNode(`urn:yuntu:${noun.name}:${encodeURI(key).replace(/[?#[\]]/g, encodeURIComponent)}`);

/** What a noun is in the vocabularies of others, beside `yuntu:<Noun>`. */
export const classes: Readonly<Record<string, readonly string[]>> = {
  Company: ['schema:Organization', 'prov:Organization'],
  InvestmentFirm: ['schema:Organization', 'prov:Organization'],
  Person: ['schema:Person', 'prov:Person'],
  Model: ['schema:SoftwareApplication'],
  Product: ['schema:Product'],
  FundingRound: ['schema:InvestmentOrDeposit'],
  Sector: ['skos:Concept'],
  Trend: ['skos:Concept'],
  Indicator: ['qb:MeasureProperty'],
  Observation: ['qb:Observation'],
  Place: ['schema:Place'],
  Exchange: ['schema:Organization'],
  PriceQuote: ['schema:UnitPriceSpecification'],
  Source: ['schema:CreativeWork', 'prov:Entity'],
  Citation: ['prov:Entity'],
  Ranking: ['schema:ItemList'],
  RankingEdition: ['schema:ItemList'],
  RankingEntry: ['schema:ListItem'],
  Statement: ['schema:Claim'],
};

/** Properties that others have a word for, by noun (or `*`) and name; the rest are `yuntu:<name>`. */
export const properties: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '*': {
    key: 'dcterms:identifier',
    name: 'schema:name',
    nameZh: 'schema:name',
    aliases: 'schema:alternateName',
    description: 'schema:description',
    descriptionZh: 'schema:description',
    label: 'rdfs:label',
    labelZh: 'rdfs:label',
    website: 'schema:url',
    foundedOn: 'schema:foundingDate',
    closedOn: 'schema:dissolutionDate',
    licence: 'schema:license',
  },
  Sector: {
    name: 'skos:prefLabel',
    nameZh: 'skos:prefLabel',
    aliases: 'skos:altLabel',
    notation: 'skos:notation',
    definition: 'skos:definition',
    definitionZh: 'skos:definition',
  },
  Trend: { name: 'skos:prefLabel', nameZh: 'skos:prefLabel', aliases: 'skos:altLabel' },
  Indicator: { definition: 'skos:definition' },
  Observation: {
    value: 'sdmx-measure:obsValue',
    unit: 'sdmx-attribute:unitMeasure',
    period: 'sdmx-dimension:refPeriod',
  },
  Model: { releasedOn: 'schema:datePublished' },
  Source: {
    title: 'dcterms:title',
    url: 'schema:url',
    publishedOn: 'schema:datePublished',
  },
  RankingEntry: { rank: 'schema:position' },
};

/** Relationships that others have a word for. */
export const relations: Readonly<Record<string, string>> = {
  BROADER: 'skos:broader',
  PART_OF: 'schema:isPartOf',
  SUPPORTED_BY: 'prov:wasDerivedFrom',
  CITES: 'prov:hadPrimarySource',
  COMPUTED_FROM: 'prov:wasDerivedFrom',
  REF_PLACE: 'sdmx-dimension:refArea',
  OF_INDICATOR: 'qb:measureType',
  RELATED: 'skos:related',
  BASED_IN: 'schema:location',
  IN_SECTOR: 'schema:about',
  ABOUT: 'schema:about',
};
