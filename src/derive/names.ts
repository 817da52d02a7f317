import type { Noun, RelationDef } from '../blueprint';

/** `fundingRounds` -> `FundingRounds`. */
export function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** `FundingRound` -> `fundingRound`. */
export function small(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** `fundingTotal`, `FundingRound` -> `FUNDING_TOTAL`, `FUNDING_ROUND`. */
export function constant(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase();
}

/** `Owner` + `Relation`: the stem of the types of a relation whose relationship has properties. */
export function stem(relation: RelationDef): string {
  return relation.owner + capital(relation.name);
}

/** Whether the relationship has something of its own to say, so that its types are its own. */
export function hasEdge(relation: RelationDef): boolean {
  return relation.edge.length > 0;
}

/** `CompanyConnection`, or `CompanySectorsConnection` where the relationship has something of its own to say. */
export function connectionName(relation: RelationDef): string {
  return `${hasEdge(relation) ? stem(relation) : relation.target.name}Connection`;
}

/** The root fields of a noun. */
export function rootNames(noun: Noun): { one: string; many: string; groups: string } {
  const one = small(noun.name);
  return { one, many: noun.plural, groups: `${one}Groups` };
}
