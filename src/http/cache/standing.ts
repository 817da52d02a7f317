import type { Revision } from '../../graph/revision';
import { digest } from './key';

/** How a request stands to the cache, from its coming to its answer. */
export interface Standing {
  /** off: the cache is not used for it. */
  status: 'hit' | 'miss' | 'off';
  /** Under which its answer is kept, if it may be. */
  readonly key?: string;
  /** The revision known before anything was read for it. */
  readonly before?: string;
  /** The revision of its answer; undefined where a commit fell into the reading. */
  revision?: string;
  /** Whether the answer is whole and of one revision. */
  good?: boolean;
}

/**
 * Settles what revision an answer has. It has that of its beginning where that is still the one known: every statement
 * tells its own when it ends, so a commit in between would have been noticed.
 * @param changes whether it changed the graph: then the revision is the one after
 */
export function settle(
  standing: Standing,
  { known }: Revision,
  outcome: { readonly changes: boolean; readonly whole: boolean },
): void {
  if (outcome.changes) standing.status = 'off';
  standing.revision = outcome.changes || known === standing.before ? known : undefined;
  standing.good = outcome.whole && !outcome.changes && standing.revision !== undefined;
}

/** A revision as callers see it: to be compared for equality, nothing else. */
export function revisionTag(revision: string): string {
  if (revision !== last.revision) last = { revision, tag: digest(revision).slice(0, 16) };
  return last.tag;
}

let last = { revision: '', tag: '' };
