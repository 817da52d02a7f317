import type { Planning } from './context';

/**
 * Gathers nodes once a statement, whatever is then asked of them.
 * @param text clauses that end in a WITH of the node
 * @returns clauses that give them again
 */
export function gathered(planning: Planning, text: string, node: string): string {
  const name = planning.name('f');
  planning.sets.push({ name, text: `${text} RETURN collect(${node}) AS ${name}` });
  return `UNWIND ${name} AS ${node} WITH ${node}`;
}
