import { createHash } from 'node:crypto';

const longest = 190;

/**
 * A text as part of a key: lower case, marks off Latin letters, whatever is no letter, digit, dot, plus or underscore a
 * hyphen. Letters of other scripts stay. Empty where nothing is left. What is already a key stays as it is.
 */
export function slug(text: string): string {
  const plain = /^[a-z0-9][a-z0-9._+-]*$/.test(text)
    ? text
    : text
        .normalize('NFKD')
        .replace(/(\p{Script=Latin})\p{M}+/gu, '$1')
        .normalize('NFKC')
        .toLowerCase()
        .replace(/['’]/g, '')
        .replace(/(?:[^\p{L}\p{N}._+]|[\ue000-\uffff])+/gu, '-')
        .replace(/^[-.]+|-+$/g, '');
  if (plain.length <= longest) return plain;
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 8);
  return `${plain.slice(0, longest - 9)}-${digest}`;
}
