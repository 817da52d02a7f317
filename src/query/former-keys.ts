import type { Noun } from '../blueprint';
import { readFormer, formerHomes } from '../derive/who-is-who';
import type { Graph } from '../graph/graph';
import type { Reference } from '../support/global-id';
import { unless } from '../support/unless';

/** A parameter that names nodes by their keys, some of which may have been merged away. */
export interface KeyedParam {
  readonly noun: Noun;
  readonly param: string;
  /** Whether the answer tells that a key found nothing; filters do not. */
  readonly tells: boolean;
}

type Parameters = Readonly<Record<string, unknown>>;
type Homes = ReadonlyMap<string, string>;

/**
 * Lets keys that were merged away find what they were merged into. A root field that found its node costs nothing: it is
 * asked where a key leads only when it found none. A filter cannot tell that, so the keys that were merged away are
 * known here, and read again at most once in the time within which commits of others are noticed.
 */
export class FormerKeys {
  #homes: Homes = new Map();
  #epoch: number | undefined;
  #at = -Infinity;
  #reading: Promise<Homes> | undefined;

  constructor(readonly graph: Graph) {}

  /** All keys that were merged away, as `Noun:key`, each with the key now. One reading is shared by all who ask. */
  async all(signal?: AbortSignal): Promise<Homes> {
    const { epoch, within } = this.graph.revision;
    if (epoch === this.#epoch || performance.now() - this.#at < within) return this.#homes;
    this.#reading ??= this.#read().finally(() => (this.#reading = undefined));
    return unless(signal, this.#reading);
  }

  async #read(): Promise<Homes> {
    const at = performance.now();
    const { rows, revision } = await this.graph.read(formerHomes);
    const { known, epoch } = this.graph.revision;
    this.#epoch = known === revision ? epoch : undefined;
    this.#at = at;
    return (this.#homes = new Map(rows as [string, string][]));
  }

  /** The parameters to send: in filters, keys that were merged away stand for what they lead to. */
  async inFilters(
    keyed: readonly KeyedParam[],
    p: Parameters,
    signal?: AbortSignal,
  ): Promise<Parameters> {
    const filters = keyed.filter(({ tells }) => !tells);
    if (!filters.length) return p;
    return replaced(filters, p, await this.all(signal)) ?? p;
  }

  /** Parameters to ask once more with, where keys that found nothing were merged away. */
  async ofMissing(
    keyed: readonly KeyedParam[],
    p: Parameters,
    signal?: AbortSignal,
  ): Promise<Parameters | null> {
    const told = keyed.filter(({ tells }) => tells);
    const ids = told.flatMap(({ noun, param }) =>
      listed(p[param]).map((each) =>
        typeof each === 'string' ? `${noun.name}:${each}` : `${each.type}:${each.key}`,
      ),
    );
    if (!ids.length) return null;
    const { rows } = await this.graph.read(readFormer, { ids }, { signal });
    return rows.length ? replaced(told, p, new Map(rows as [string, string][])) : null;
  }

  /** Names as given, those that were merged away as what they lead to. */
  async now(names: readonly (readonly [noun: string, key: string])[], signal?: AbortSignal) {
    const homes = await this.all(signal);
    return names.map(([noun, key]) => [noun, homes.get(`${noun}:${key}`) ?? key] as const);
  }
}

type Key = string | Reference;

const listed = (value: unknown): readonly Key[] =>
  (Array.isArray(value) ? value : [value]) as readonly Key[];

/** The parameters with keys replaced; null where nothing is. */
function replaced(keyed: readonly KeyedParam[], p: Parameters, homes: Homes): Parameters | null {
  if (!homes.size) return null;
  const next: Record<string, unknown> = {};
  for (const { noun, param } of keyed) {
    const value = p[param];
    const keys = listed(value);
    const now = keys.flatMap((key) => homesOf(noun, key, homes));
    if (now.length === keys.length && now.every((key, at) => key === keys[at])) continue;
    next[param] = Array.isArray(value) ? now : now[0];
  }
  return Object.keys(next).length ? { ...p, ...next } : null;
}

/** What a key stands for; under an interface it may have been several things. */
function homesOf(noun: Noun, key: Key, homes: Homes): Key[] {
  if (typeof key !== 'string' && key.type) {
    const home = homes.get(`${key.type}:${key.key}`);
    return [home === undefined ? key : { ...key, key: home }];
  }
  const plain = typeof key === 'string' ? key : key.key;
  const found = noun.nouns.flatMap((each) => {
    const home = homes.get(`${each.name}:${plain}`);
    return home === undefined ? [] : [{ type: each.name, key: home }];
  });
  if (!noun.isInterface) return [found[0]?.key ?? key];
  return [key, ...found.map((each) => (typeof key === 'string' ? each.key : each))];
}
