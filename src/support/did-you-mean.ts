/** The known words nearest to what was written, best first, at most three: for "did you mean ...?". */
export function nearest(written: string, known: Iterable<string>): string[] {
  const limit = Math.max(1, Math.floor(written.length * 0.4));
  const word = written.toLowerCase();
  return [...new Set(known)]
    .map((each) => ({ each, far: distance(word, each.toLowerCase(), limit) }))
    .filter(
      ({ each, far }) => far <= limit || (word.length > 2 && each.toLowerCase().startsWith(word)),
    )
    .sort((a, b) => a.far - b.far || (a.each < b.each ? -1 : 1))
    .slice(0, 3)
    .map(({ each }) => each);
}

/** ` Did you mean "a" or "b"?`, or nothing. */
export function didYouMean(written: string, known: Iterable<string>): string {
  const near = nearest(written, known);
  return near.length ? ` Did you mean ${near.map((each) => `"${each}"`).join(' or ')}?` : '';
}

/** Levenshtein's distance, two letters that changed places counted once; given up past `limit`. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return Infinity;
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(
        (row[j] as number) + 1,
        (next[j - 1] as number) + 1,
        (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1),
        a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (before[j - 2] as number) + 1 : Infinity,
      );
    if (Math.min(...next) > limit) return Infinity;
    before = row;
    row = next;
  }
  return row[b.length] as number;
}
