import { comparison, neighbours, onceEach, type Weight } from './weight';

const quantifiers = new Set(['some', 'all', 'none', 'count']);

/** What it takes to ask a filter of one row. */
export function filterWeight(filter: unknown): Weight {
  return typeof filter === 'object' && filter !== null ? weigh(filter) : comparison;
}

const weigh = onceEach((filter): Weight => {
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
});
