/** Weak: an answer from the cache says so, and is the same but for that. */
export function etagOf(address: string): string {
  return `W/"${address}"`;
}

/** Whether an `If-None-Match` names it. */
export function names(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return (
    header === etag ||
    header.split(',').some((each) => each.trim().replace(/^(W\/)?/, 'W/') === etag)
  );
}
