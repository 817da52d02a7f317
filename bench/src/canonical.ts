/** JSON with the fields of each object in order, so that equal answers are equal texts; null and absent are one. */
export function canonicalText(value: unknown): string {
  return JSON.stringify(value, (_name, each: unknown) =>
    each && typeof each === 'object' && !Array.isArray(each)
      ? Object.fromEntries(
          Object.entries(each)
            .filter(([, inner]) => inner !== null && inner !== undefined)
            .sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : each,
  );
}

/** Where two texts part, with a little around it. */
export function parting(a: string, b: string): string {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  const from = Math.max(0, at - 80);
  return `...${a.slice(from, at + 160)}\n...${b.slice(from, at + 160)}`;
}
