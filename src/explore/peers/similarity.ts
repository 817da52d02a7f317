import type { Listed } from './table';

/** What companies can have in common. */
export type Trait = 'SECTOR' | 'COUNTRY' | 'STAGE';
export const traits: readonly Trait[] = ['SECTOR', 'COUNTRY', 'STAGE'];

/** Whether a trait of a company is known. */
export function has(company: Listed, trait: Trait): boolean {
  if (trait === 'SECTOR') return company.sectors.size > 0;
  return (trait === 'COUNTRY' ? company.country : company.stage) !== null;
}

/** The sectors that two companies share. */
export function sharedSectors(a: Listed, b: Listed): number[] {
  return [...a.sectors.keys()].filter((sector) => b.sectors.has(sector));
}

/** How many those are. This and what follows is asked of every pair, so nothing is made on the way. */
function commonSectors(a: Listed, b: Listed): number {
  let common = 0;
  for (const sector of a.sectors.keys()) if (b.sectors.has(sector)) common++;
  return common;
}

/** How much of a trait two companies share, from 0 to 1: of their sectors the part that is common; else 1 where it is the same. */
function share(a: Listed, b: Listed, trait: Trait): number {
  if (trait === 'COUNTRY') return a.country !== null && a.country === b.country ? 1 : 0;
  if (trait === 'STAGE') return a.stage !== null && a.stage === b.stage ? 1 : 0;
  const common = commonSectors(a, b);
  return common && common / (a.sectors.size + b.sectors.size - common);
}

/**
 * How alike another company is, from 0 to 1: the mean over some traits.
 * @param known those traits, all known of the first
 */
export function similarity(company: Listed, other: Listed, known: readonly Trait[]): number {
  let sum = 0;
  for (const trait of known) sum += share(company, other, trait);
  return known.length && sum / known.length;
}

/** Whether two companies share all of some traits: at least one sector, the country, the stage. */
export function alike(a: Listed, b: Listed, within: readonly Trait[]): boolean {
  for (const trait of within) if (!share(a, b, trait)) return false;
  return true;
}
