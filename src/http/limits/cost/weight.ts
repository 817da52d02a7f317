/** What it takes to ask something of one row. */
export interface Weight {
  /** Comparisons, those about neighbours as often as there are some, as a rule. */
  readonly cost: number;
  /** Subqueries: one for each question about neighbours; comparisons are small parts of one. */
  readonly parts: number;
}

export const comparison: Weight = { cost: 1, parts: 1 / 4 };

/** How many neighbours a relation to many leads to, as a rule. */
export const neighbours = 5;

export function sum(weights: readonly Weight[]): Weight {
  return weights.reduce(
    (all, { cost, parts }) => ({ cost: all.cost + cost, parts: all.parts + parts }),
    { cost: 0, parts: 0 },
  );
}

/** Weighs each object once: a variable may stand in many places. */
export function onceEach<T>(weigh: (given: object) => T): (given: object) => T {
  const weighed = new WeakMap<object, T>();
  return (given) => {
    const known = weighed.get(given);
    if (known !== undefined) return known;
    const weight = weigh(given);
    weighed.set(given, weight);
    return weight;
  };
}
