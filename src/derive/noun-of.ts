import type { Blueprint } from '../blueprint';

/** Cypher for the noun of a node: labels have no order of their own. */
export function nounOf({ nouns }: Pick<Blueprint, 'nouns'>, x: string): string {
  const own = nouns.filter((each) => each.interfaces.includes('Node'));
  return `CASE ${own.map(({ name }) => `WHEN ${x}:${name} THEN '${name}'`).join(' ')} END`;
}
