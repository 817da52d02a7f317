/** One step along relationships, from the noun that declares it. */
export interface Step {
  readonly types: readonly string[];
  readonly direction: 'out' | 'in' | 'both';
  /** Zero to this many steps of the same kind. */
  readonly upTo?: number;
  /** What the relationship must say, such as `{ primary: true }`. */
  readonly edge?: Readonly<Record<string, string | boolean>>;
  /** What the node reached must say, such as `{ kind: 'COUNTRY' }`. */
  readonly node?: Readonly<Record<string, string | boolean>>;
}

type Extra = Omit<Step, 'types' | 'direction'>;

const step =
  (direction: Step['direction']) =>
  (types: string | readonly string[], extra: Extra = {}): Step => ({
    types: typeof types === 'string' ? [types] : types,
    direction,
    ...extra,
  });

export const out = step('out');
export const into = step('in');
export const either = step('both');

const reversed = { out: 'in', in: 'out', both: 'both' } as const;

/** The same step, walked from its far end. */
export function reverse(one: Step): Step {
  return { ...one, direction: reversed[one.direction] };
}
