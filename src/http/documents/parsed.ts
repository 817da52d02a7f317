import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { weightOf } from '../../query/weight';

/**
 * The documents that Apollo Server has parsed and found valid, bounded by the memory that they take: anybody may send as
 * many as he likes, no two alike. It has a store of its own, which weighs them by a fifth of that.
 */
export class ParsedDocuments {
  readonly #documents = new LRUCache<string, DocumentNode>({
    maxSize: 32 * 1024 * 1024,
    sizeCalculation: weightOf,
  });

  async get(key: string): Promise<DocumentNode | undefined> {
    return this.#documents.get(key);
  }

  async set(key: string, document: DocumentNode): Promise<void> {
    this.#documents.set(key, document);
  }

  async delete(key: string): Promise<boolean> {
    return this.#documents.delete(key);
  }
}
