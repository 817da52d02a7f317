import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** What a token lets its bearer do: `reader` nothing more than anyone, but counted for itself; `curator` change the graph. */
export const roles = ['reader', 'curator'] as const;
export type Role = (typeof roles)[number];

/** A token as it is configured: whose it is, what it allows, and the SHA-256 of its text, never the text. */
export interface Token {
  readonly name: string;
  readonly roles: readonly Role[];
  readonly hash: string;
}

/** What a request's `Authorization` header comes to: nobody's, one that is not known, or a token. */
export type Bearer = 'none' | 'unknown' | Token;

/** Reads `name:role+role:hash` entries with commas between; undefined where one is of another form. */
export function parseTokens(text: string): readonly Token[] | undefined {
  const tokens = text.split(',').map((entry): Token | undefined => {
    const match = /^([\w.@-]{1,60}):([a-z+]+):([\da-f]{64})$/.exec(entry.trim());
    if (!match) return undefined;
    const [, name = '', own = '', hash = ''] = match;
    const known = own.split('+').filter((role): role is Role => roles.includes(role as Role));
    return known.join('+') === own ? { name, roles: known, hash } : undefined;
  });
  const names = new Set(tokens.map((token) => token?.name));
  return tokens.includes(undefined) || names.size < tokens.length ? undefined : (tokens as Token[]);
}

/** A new token of 256 random bits, and the entry that lets a server know it by its hash. */
export function newToken(name: string, own: readonly Role[]): { token: string; entry: string } {
  const token = `yuntu_${randomBytes(32).toString('base64url')}`;
  return { token, entry: `${name}:${own.join('+')}:${digest(token).toString('hex')}` };
}

/**
 * Whose token a header bears. What was sent is hashed and the hashes are compared in constant time, each of them, so that
 * the time tells nothing. A header of another scheme is not ours: a proxy before the server may have signed in with it.
 */
export function bearerOf(header: string | undefined, tokens: readonly Token[]): Bearer {
  const sent = tokens.length ? /^Bearer +(.*)$/i.exec(header ?? '')?.[1] : undefined;
  if (sent === undefined) return 'none';
  const own = digest(sent.trim());
  let found: Token | undefined;
  for (const token of tokens)
    if (timingSafeEqual(own, Buffer.from(token.hash, 'hex'))) found ??= token;
  return found ?? 'unknown';
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
