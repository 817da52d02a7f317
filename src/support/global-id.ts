/** What an id names: a noun and a key. */
export interface Reference {
  readonly type: string;
  readonly key: string;
}

/** The opaque id of a node: base64url of `Noun:key`. */
export function toGlobalId(type: string, key: string): string {
  return Buffer.from(`${type}:${key}`).toString('base64url');
}

/** Reads an opaque id, or its readable form `Company:moonshot-ai`; null where it is neither. */
export function fromGlobalId(id: string): Reference | null {
  return split(id) ?? split(decode(id));
}

function split(text: string): Reference | null {
  const match = /^([A-Z][A-Za-z]*):(.+)$/s.exec(text);
  return match ? { type: match[1] as string, key: match[2] as string } : null;
}

function decode(id: string): string {
  const text = Buffer.from(id, 'base64url').toString();
  // A decoder that skips what it does not know would find a node for a mistyped id.
  return Buffer.from(text).toString('base64url') === id.replace(/=+$/, '') ? text : '';
}
