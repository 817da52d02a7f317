/**
 * One number from many, as Cypher's own functions give it: percentiles interpolate, STDEV is the sample's.
 * @returns null over no values (0 for the counts)
 */
export function aggregateOf(fn: string, values: readonly number[]): number | null {
  const n = values.length;
  if (fn === 'COUNT') return n;
  if (fn === 'COUNT_DISTINCT') return new Set(values).size;
  if (!n) return null;
  const sum = values.reduce((a, b) => a + b, 0);
  switch (fn) {
    case 'SUM':
      return sum;
    case 'AVG':
      return sum / n;
    case 'MIN':
      return values.reduce((a, b) => Math.min(a, b));
    case 'MAX':
      return values.reduce((a, b) => Math.max(a, b));
    case 'MEDIAN':
      return percentile(values, 0.5);
    case 'P25':
      return percentile(values, 0.25);
    case 'P75':
      return percentile(values, 0.75);
    case 'STDEV': {
      const mean = sum / n;
      return n < 2 ? null : Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / (n - 1));
    }
    default:
      throw new Error(`No aggregate function is called "${fn}".`);
  }
}

function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = part * (sorted.length - 1);
  const low = sorted[Math.floor(at)] as number;
  const high = sorted[Math.ceil(at)] as number;
  return low + (high - low) * (at - Math.floor(at));
}
