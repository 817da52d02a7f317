import type { Blueprint, Noun } from '../../blueprint';

type Words = readonly [en: string, zh: string];

/** How lines are said. */
export class Wordings {
  readonly #says = new Map<string, Words>();

  constructor(blueprint: Blueprint) {
    for (const noun of blueprint.all.values())
      for (const { writes, says } of noun.relations.values()) {
        if (!writes || !says) continue;
        const words = [between(says[0]), between(says[1])] as const;
        this.#says.set(`${noun.name} ${writes}`, words);
        if (!this.#says.has(writes)) this.#says.set(writes, words);
      }
  }

  /** A relationship in words, without the names at its ends. */
  relation(from: string, type: string): Words {
    const plain = type.toLowerCase().replaceAll('_', ' ');
    return this.#says.get(`${from} ${type}`) ?? this.#says.get(type) ?? [plain, plain];
  }

  /** Several facts of one noun. */
  facts(noun: Noun, count: number): Words {
    const plural = noun.plural.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
    return [`${count} ${plural}`, `${count}个${noun.nameZh}`];
  }
}

/** What stands between the names: `{from} is based in {to}` -> `is based in`. */
function between(text: string): string {
  return text
    .replace(/\{(from|to)\}/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
