/** Any value as a text: what is nested as JSON, a day without a time of day, nothing as an empty text. */
export function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value == null) return '';
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint')
    return `${value}`;
  if (value instanceof Date) return value.toISOString().replace('T00:00:00.000Z', '');
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'bigint' ? String(part) : part,
  );
}
