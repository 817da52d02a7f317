import type DataLoader from 'dataloader';
import type { Note } from './notes';

/** One request: what its statements share. */
export interface Request {
  readonly signal?: AbortSignal;
  /** The class of callers that see the same; all are one unless told otherwise. */
  readonly caller?: string;
  /** How its relations are read: the whole tree at once, or level by level through the loaders. */
  readonly depth?: 'tree' | 'level';
  /** Loaders by field, arguments and selection; one set for each request. */
  readonly loaders: Map<string, DataLoader<string, unknown>>;
  readonly notes: Note[];
  /** Statements sent for it. */
  statements: number;
  /** Graph revisions after each of its statements. */
  readonly revisions: Set<string>;
}

/** A request that has sent nothing so far; unless told otherwise, of whole trees and for callers who see what all see. */
export function newRequest(options: Pick<Request, 'signal' | 'depth' | 'caller'> = {}): Request {
  return { ...options, loaders: new Map(), notes: [], statements: 0, revisions: new Set() };
}
