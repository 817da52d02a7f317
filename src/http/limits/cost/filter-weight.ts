/** What it takes to ask a filter of one row. */
export interface Weight {
  /** Comparisons, those about neighbours as often as there are some, as a rule. */
  readonly cost: number;
  /** Subqueries: one for each question about neighbours; comparisons are small parts of one. */
  readonly parts: number;
}

const quantifiers = new Set(['some', 'all', 'none', 'count']);
const neighbours = 5;
const comparison: Weight = { cost: 1, parts: 1 / 4 };

/** A variable may stand in many places: it is weighed once. */
const weighed = new WeakMap<object, Weight>();

export function filterWeight(filter: unknown): Weight {
  if (typeof filter !== 'object' || filter === null) return comparison;
  const known = weighed.get(filter);
  if (known) return known;
  const weight = weigh(filter);
  weighed.set(filter, weight);
  return weight;
}

function weigh(filter: object): Weight {
  if (Array.isArray(filter) && !filter.some((each) => typeof each === 'object' && each !== null))
    return { cost: 1 + filter.length / 10, parts: comparison.parts };
  let [cost, parts] = [0, 0];
  for (const [name, each] of Object.entries(filter)) {
    const inner = filterWeight(each);
    const quantified = quantifiers.has(name);
    cost += quantified ? neighbours * (1 + inner.cost) : inner.cost;
    parts += inner.parts + (quantified ? 1 : 0);
  }
  return { cost, parts };
}
