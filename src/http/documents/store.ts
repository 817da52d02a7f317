import { LRUCache } from 'lru-cache';

/** What Apollo Server writes down and asks for, bounded by the memory that it takes: what was not asked for longest goes. */
export class Store<T extends object | string> {
  protected readonly kept: LRUCache<string, T>;

  /** @param weigh bytes that one takes, about */
  constructor(bytes: number, weigh: (value: T, key: string) => number) {
    this.kept = new LRUCache({ maxSize: bytes, sizeCalculation: weigh });
  }

  async get(key: string): Promise<T | undefined> {
    return this.kept.get(key);
  }

  async set(key: string, value: T): Promise<void> {
    this.kept.set(key, value);
  }

  async delete(key: string): Promise<boolean> {
    return this.kept.delete(key);
  }
}
