import type { Blueprint } from '../../blueprint';

/** A name in both languages. */
export interface Named {
  readonly name: string;
  readonly nameZh: string | null;
}

export interface Sentence {
  readonly en: string;
  readonly zh: string;
}

type Words = readonly [en: string, zh: string];
const linked: Words = ['{from} is linked to {to}', '{from}与{to}相关'];

/** How each relationship is said, in English and Chinese: the words of the relation that writes it. */
export class Wordings {
  /** By the noun that it starts from, and type. */
  readonly #words = new Map<string, Words>();

  constructor(blueprint: Blueprint) {
    for (const { name, relations } of blueprint.all.values())
      for (const { writes, says } of relations.values())
        if (writes && says) this.#words.set(`${name} ${writes}`, says);
  }

  /** A relationship of a type, from a node of a noun, as a sentence. */
  say(noun: string, type: string, from: Named, to: Named): Sentence {
    const [en, zh] = this.#words.get(`${noun} ${type}`) ?? linked;
    return {
      en: fill(en, from.name, to.name),
      zh: spaced(fill(zh, ...mark(from.nameZh ?? from.name, to.nameZh ?? to.name))),
    };
  }
}

/** Puts both names in at once, so that a name which holds braces is only a name. */
function fill(text: string, from: string, to: string): string {
  return text.replace(/\{(from|to)\}/g, (_, which) => (which === 'from' ? from : to));
}

/** Where a name begins and ends: a character that no name holds. */
const edge = '\u0000';
const mark = (from: string, to: string): [string, string] => [
  `${edge}${from}${edge}`,
  `${edge}${to}${edge}`,
];

/** Chinese and Latin stand apart by a space where a name begins or ends: 月之暗面研发 moonshot-v1-8k. */
function spaced(text: string): string {
  return text
    .replace(/(?<=\p{Script=Han})\0(?=[\p{Script=Latin}\p{N}])/gu, ' ')
    .replace(/(?<=[\p{Script=Latin}\p{N}])\0(?=\p{Script=Han})/gu, ' ')
    .replaceAll(edge, '');
}

/** Words with one name in them, as {to}. */
export function phrase([en, zh]: Words, { name, nameZh }: Named): Sentence {
  return { en: fill(en, '', name), zh: spaced(fill(zh, ...mark('', nameZh ?? name))) };
}
