/** A pair as one string: `name=value`, with `=` and `%` of the name escaped. */
export function joinPair({
  name,
  value,
}: {
  readonly name: string;
  readonly value: string;
}): string {
  return `${name.replace(/[%=]/g, encodeURIComponent)}=${value}`;
}

/** The pair that `joinPair` made a string of: the name unescaped, the value as it is. */
export function splitPair(text: string): { name: string; value: string } {
  const at = text.indexOf('=');
  return { name: decodeURIComponent(text.slice(0, at)), value: text.slice(at + 1) };
}
