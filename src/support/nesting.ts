/** Whether a value holds others within others more than `most` deep. */
export function isDeeper(value: unknown, most: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return most <= 0 || Object.values(value).some((part) => isDeeper(part, most - 1));
}
