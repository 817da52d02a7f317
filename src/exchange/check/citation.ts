import { createHash } from 'node:crypto';
import { quote } from '../../errors';

/** Where in a source something stands. */
export interface CheckedCitation {
  /** A digest of what it says, so that the same citation is one node. */
  readonly key: string;
  readonly page: number | null;
  readonly quote: string | null;
  readonly asPrinted: string | null;
  readonly source: string;
  readonly via: readonly string[];
}

const parts = ['page', 'quote', 'asPrinted', 'source', 'via'];

/** Checks a citation; `source` is the one that the row names for all. */
export function citationOf(
  given: unknown,
  source: unknown,
  complain: (message: string, field?: string) => void,
): CheckedCitation | null {
  if (typeof given !== 'object' || given === null) {
    complain(`${quote(given)} is not a citation: page, quote, asPrinted, source, via.`);
    return null;
  }
  const own = given as Record<string, unknown>;
  const odd = Object.keys(own).find((name) => !parts.includes(name));
  if (odd) complain(`"${odd}" is no part of a citation.`);
  const from = own.source ?? source;
  if (typeof from !== 'string') complain('names no source.', 'source');
  const page = own.page ?? null;
  if (page !== null && !(Number.isSafeInteger(page) && (page as number) > 0))
    complain(`${quote(page)} is no page.`, 'page');
  const via = own.via ?? [];
  if (!Array.isArray(via) || via.some((each) => typeof each !== 'string'))
    complain('is not a list of sources.', 'via');
  const said = {
    page: page as number | null,
    quote: (own.quote ?? null) as string | null,
    asPrinted:
      typeof own.asPrinted === 'string' || own.asPrinted == null
        ? (own.asPrinted ?? null)
        : JSON.stringify(own.asPrinted),
    source: from as string,
    via: via as string[],
  };
  const key = createHash('sha256').update(JSON.stringify(said)).digest('hex').slice(0, 24);
  return { key, ...said };
}
