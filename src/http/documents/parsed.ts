import type { DocumentNode } from 'graphql';
import { weightOf } from '../../query/weight';
import { Store } from './store';

/**
 * The documents that Apollo Server has parsed and found valid: anybody may send as many as he likes, no two alike. Its own
 * store weighs them by a fifth of what they take.
 */
export class ParsedDocuments extends Store<DocumentNode> {
  constructor() {
    super(32 * 1024 * 1024, weightOf);
  }
}
