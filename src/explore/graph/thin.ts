import { compare } from '../../support/compare';

/** Lines of a picture at the most: those round one fact grow with the square of what it joins. */
export const mostLines = 8_000;

interface Line {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  /** How many facts it stands for. */
  readonly count: number;
  /** How unsure it is: of equals, the surer is kept. */
  readonly doubt: number;
}

/**
 * The lines that are drawn where there are too many: one from each node to those that came in before it, so that none
 * hangs loose, then those of the most facts.
 * @param places of the nodes, in the order in which they came in
 */
export function thinned<T extends Line>(
  lines: readonly T[],
  places: ReadonlyMap<string, number>,
): T[] {
  if (lines.length <= mostLines) return [...lines];
  const strongest = [...lines].sort(
    (a, b) => b.count - a.count || a.doubt - b.doubt || compare(a.id, b.id),
  );
  const place = (id: string): number => places.get(id) ?? -1;
  const ties = new Map<string, T>();
  for (const line of strongest) {
    const { source, target } = line;
    const later = place(source) > place(target) ? source : target;
    if (source !== target && !ties.has(later)) ties.set(later, line);
  }
  return [...new Set([...ties.values(), ...strongest])].slice(0, mostLines);
}
