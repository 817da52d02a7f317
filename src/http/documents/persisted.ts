import { Store } from './store';

/**
 * The documents that clients have sent once with their hash (automatic persisted queries), so that later the hash will
 * do. Bounded: a client whose document was forgotten is told so, and sends it again.
 */
export class PersistedQueries extends Store<string> {
  /** @param bytes memory for all of them */
  constructor(bytes = 16 * 1024 * 1024) {
    super(bytes, (text, hash) => 2 * (text.length + hash.length) + 100);
  }

  /** The document of a hash, at once. */
  peek(hash: string): string | undefined {
    return this.kept.get(`apq:${hash}`);
  }
}

/** What Apollo Server says of a hash that does not fit, without a code, and what is said instead. */
export const persistedFaults: Readonly<Record<string, string>> = {
  'provided sha does not match query':
    'extensions.persistedQuery: the provided sha does not match query: "sha256Hash" has to be the SHA-256 of "query", in hexadecimal.',
  'Unsupported persisted query version':
    'extensions.persistedQuery: Unsupported persisted query version: "version" has to be 1.',
};
