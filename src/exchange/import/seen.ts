/**
 * Which keys came by already, in twelve bytes each: a table of hashes. A key and the text that it was made of are told
 * apart, so that two texts that make one key are noticed. (Of ten million keys, two would share a hash of 64 bits in one
 * of four hundred thousand files.)
 */
export class Seen {
  #size = 1 << 12;
  #slots = new Uint32Array(this.#size * 3);
  #count = 0;
  /** For keys that came again: the texts in order, by their hashes. */
  readonly #again = new Map<string, number[]>();
  readonly #times = new Map<string, number>();

  /**
   * Notes a key.
   * @param text what the key was made of
   * @returns how often the key came before; which of its texts this is, from 0; whether another text made it before
   */
  note(key: string, text: string): { before: number; text: number; collides: boolean } {
    const own = hash(text)[0];
    const slot = this.#find(hash(key));
    if (this.#slots[slot + 1] === 0 && this.#slots[slot] === 0) {
      const [high, low] = hash(key);
      this.#slots.set([high, low, own], slot);
      if (++this.#count > this.#size * 0.7) this.#grow();
      return { before: 0, text: 0, collides: false };
    }
    const before = this.#times.get(key) ?? 1;
    this.#times.set(key, before + 1);
    let texts = this.#again.get(key);
    if (!texts && this.#slots[slot + 2] === own) return { before, text: 0, collides: false };
    if (!texts) this.#again.set(key, (texts = [this.#slots[slot + 2] as number]));
    let at = texts.indexOf(own);
    if (at < 0) at = texts.push(own) - 1;
    return { before, text: at, collides: at > 0 };
  }

  has(key: string): boolean {
    const slot = this.#find(hash(key));
    return this.#slots[slot] !== 0 || this.#slots[slot + 1] !== 0;
  }

  #find([high, low]: readonly [number, number]): number {
    for (let at = low % this.#size; ; at = (at + 1) % this.#size) {
      const slot = at * 3;
      const [a, b] = [this.#slots[slot], this.#slots[slot + 1]];
      if ((a === 0 && b === 0) || (a === high && b === low)) return slot;
    }
  }

  #grow(): void {
    const old = this.#slots;
    this.#size = Math.ceil(this.#size * 1.6);
    this.#slots = new Uint32Array(this.#size * 3);
    for (let slot = 0; slot < old.length; slot += 3) {
      if (old[slot] === 0 && old[slot + 1] === 0) continue;
      const to = this.#find([old[slot] as number, old[slot + 1] as number]);
      this.#slots.set(old.subarray(slot, slot + 3), to);
    }
  }
}

/** Two independent hashes of 32 bits; never both 0. */
function hash(text: string): readonly [number, number] {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    a = Math.imul(a ^ code, 0x9e3779b1);
    b = Math.imul(b ^ code, 0x5f356495);
  }
  a = Math.imul(a ^ (a >>> 16), 0x85ebca6b) ^ Math.imul(b ^ (b >>> 13), 0xc2b2ae35);
  b = Math.imul(b ^ (b >>> 16), 0x85ebca6b) ^ Math.imul(a ^ (a >>> 13), 0xc2b2ae35);
  return [a >>> 0 || 1, b >>> 0];
}
