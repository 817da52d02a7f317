import type { DocumentNode } from 'graphql';

/** Bytes that a parsed document takes for each character, about: a name of one letter is two objects, a token and two places. */
const perCharacter = 120;

/** Bytes of memory that a parsed document takes, about: what is kept of documents is bounded by it. */
export function weightOf({ loc }: DocumentNode): number {
  return 1_000 + perCharacter * (loc?.source.body.length ?? 0);
}
