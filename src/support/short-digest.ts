import { createHash } from 'node:crypto';

/** Eight characters by which texts are told apart: 48 bits of SHA-256, which nobody is kept from making alike. */
export function shortDigest(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 8);
}
