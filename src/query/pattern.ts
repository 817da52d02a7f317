import type { RelationDef, Step } from '../blueprint';
import type { Planning } from './context';

/** A way through the graph as Cypher: from one variable to another. */
export interface Way {
  /** The pattern, both ends included. */
  readonly text: string;
  /** What the relationships and nodes on the way must say; joined by AND. */
  readonly where: readonly string[];
  /** The variable of the first relationship. */
  readonly edge: string;
  /** Whether the far node can be met twice. */
  readonly repeats: boolean;
}

/** The pattern of a relation from `from` to `to`. Labels and types come from the blueprint alone. */
export function way(planning: Planning, relation: RelationDef, from: string, to: string): Way {
  const edge = planning.name('r');
  const { steps } = relation;
  const where: string[] = [];
  let text = `(${from})`;
  steps.forEach((step, index) => {
    const last = index === steps.length - 1;
    const name = index === 0 && !step.upTo ? edge : '';
    const node = last ? to : planning.name('m');
    text += segment(planning, step, name) + `(${node}${last ? labelText(relation.labels) : ''})`;
    for (const [property, value] of Object.entries(step.edge ?? {}))
      where.push(`${edge}.${property} = ${literal(value)}`);
    for (const [property, value] of Object.entries(step.node ?? {}))
      where.push(`${node}.${property} = ${literal(value)}`);
  });
  // One relationship type in one step meets a node once: relationships are merged, symmetric ones from the lesser key.
  const repeats = !relation.one && (steps.length > 1 || (steps[0]?.types.length ?? 0) > 1);
  return { text, where, edge, repeats };
}

/** Labels as they stand in a pattern, of which a node bears one: `:Company|Person`; nothing where any will do. */
export function labelText(labels: readonly string[]): string {
  return labels.length ? `:${labels.join('|')}` : '';
}

function segment(planning: Planning, step: Step, name: string): string {
  const types = step.types.join('|');
  const body = `[${name}:${types}]`;
  const arrow =
    step.direction === 'out' ? `-${body}->` : step.direction === 'in' ? `<-${body}-` : `-${body}-`;
  if (!step.upTo) return arrow;
  // The nearest that fits: what fits already is not walked past.
  const at = planning.name('v');
  const past = Object.entries(step.node ?? {}).map(
    ([property, value]) => `NOT coalesce(${at}.${property} = ${literal(value)}, false)`,
  );
  return ` ((${at}${past.length ? ` WHERE ${past.join(' AND ')}` : ''})${arrow}()){0,${step.upTo}} `;
}

/** A value of the blueprint as it stands in Cypher: identifiers and booleans only, so nothing needs escaping. */
function literal(value: string | boolean): string {
  return typeof value === 'boolean' ? String(value) : `'${value}'`;
}

/** Joins conditions; nothing where there is none. */
export function whereText(conditions: readonly string[]): string {
  const real = conditions.filter((each) => each && each !== 'true');
  return real.length ? ` WHERE ${real.join(' AND ')}` : '';
}
