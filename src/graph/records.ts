import { createRequire } from 'node:module';

/** What is used of the driver's insides, which are those of the pinned version. */
interface Insides {
  /** One message of Bolt: in one piece, or in as many as it came in. */
  readonly Message: {
    position: number;
    readonly length: number;
    readonly _buffer?: Buffer;
    readonly _buffers?: readonly { readonly _buffer: Buffer }[];
  };
  readonly Unpacker: {
    prototype: {
      readonly _disableLosslessIntegers: boolean;
      readonly _useBigInt: boolean;
      unpack(message: Insides['Message'], hydrate: (structure: object) => unknown): unknown;
    };
  };
  readonly Structure: new (signature: number, fields: unknown[]) => object;
}

let done = false;

/**
 * Reads records in one go. The driver reads each byte through two calls, looks through all pieces of a message for
 * each, tries every type in turn, and keeps room for 17 items in a list of two: a third of the CPU of a large answer
 * went into that and the garbage it leaves. What is no record of plain values is left to the driver, from its first
 * byte on; so is anything that does not read well.
 */
export function readRecordsAtOnce(): void {
  if (done) return;
  done = true;
  const inside = createRequire(createRequire(__filename).resolve('neo4j-driver'));
  const packstream = 'neo4j-driver-bolt-connection/lib/packstream';
  const { Unpacker } = inside(`${packstream}/packstream-v1`) as Pick<Insides, 'Unpacker'>;
  const { Structure } = inside(`${packstream}/structure`) as Pick<Insides, 'Structure'>;
  const { unpack } = Unpacker.prototype;
  Unpacker.prototype.unpack = function (message, hydrate) {
    const bytes = this._disableLosslessIntegers && !this._useBigInt ? bytesOf(message) : null;
    const from = message.position;
    // A structure of one field whose signature says that it is a record.
    if (!bytes || bytes[from] !== 0xb1 || bytes[from + 1] !== 0x71)
      return unpack.call(this, message, hydrate);
    const fields = new Reader(bytes, from + 2).whole();
    if (!fields) return unpack.call(this, message, hydrate);
    message.position = message.length;
    return hydrate(new Structure(0x71, [fields]));
  };
}

function bytesOf({ _buffer, _buffers }: Insides['Message']): Buffer | null {
  if (_buffer) return _buffer;
  return _buffers ? Buffer.concat(_buffers.map((piece) => piece._buffer)) : null;
}

/** Thrown where something is met that the driver has to read. */
class Unread extends Error {
  static readonly it = new Unread();
}

/** Reads values of PackStream: null, booleans, numbers, texts, lists and maps. */
class Reader {
  constructor(
    readonly bytes: Buffer,
    public at: number,
  ) {}

  /** The list that ends where the bytes end, or null. */
  whole(): unknown[] | null {
    try {
      const value = this.value();
      return Array.isArray(value) && this.at === this.bytes.length ? value : null;
    } catch (error) {
      if (error instanceof Unread || error instanceof RangeError) return null;
      throw error;
    }
  }

  value(): unknown {
    const { bytes } = this;
    const marker = bytes[this.at++];
    if (marker === undefined) throw Unread.it;
    if (marker < 0x80) return marker;
    if (marker < 0x90) return this.text(marker & 0x0f);
    if (marker < 0xa0) return this.list(marker & 0x0f);
    if (marker < 0xb0) return this.map(marker & 0x0f);
    if (marker >= 0xf0) return marker - 0x100;
    switch (marker) {
      case 0xc0:
        return null;
      case 0xc1:
        return bytes.readDoubleBE(this.skip(8));
      case 0xc2:
        return false;
      case 0xc3:
        return true;
      case 0xc8:
        return bytes.readInt8(this.skip(1));
      case 0xc9:
        return bytes.readInt16BE(this.skip(2));
      case 0xca:
        return bytes.readInt32BE(this.skip(4));
      case 0xcb:
        return this.large();
      case 0xd0:
        return this.text(bytes.readUInt8(this.skip(1)));
      case 0xd1:
        return this.text(bytes.readUInt16BE(this.skip(2)));
      case 0xd2:
        return this.text(bytes.readUInt32BE(this.skip(4)));
      case 0xd4:
        return this.list(bytes.readUInt8(this.skip(1)));
      case 0xd5:
        return this.list(bytes.readUInt16BE(this.skip(2)));
      case 0xd6:
        return this.list(bytes.readUInt32BE(this.skip(4)));
      case 0xd8:
        return this.map(bytes.readUInt8(this.skip(1)));
      case 0xd9:
        return this.map(bytes.readUInt16BE(this.skip(2)));
      case 0xda:
        return this.map(bytes.readUInt32BE(this.skip(4)));
      default:
        throw Unread.it;
    }
  }

  /** Goes on by so many bytes; where it was. */
  skip(count: number): number {
    const { at } = this;
    this.at = at + count;
    return at;
  }

  /** An integer of 64 bits; as the driver has it, one that a number cannot hold is infinite. */
  large(): number {
    const at = this.skip(8);
    const value = this.bytes.readInt32BE(at) * 2 ** 32 + this.bytes.readUInt32BE(at + 4);
    return Number.isSafeInteger(value) ? value : value < 0 ? -Infinity : Infinity;
  }

  text(length: number): string {
    const end = this.at + length;
    if (end > this.bytes.length) throw Unread.it;
    return this.bytes.toString('utf8', this.skip(length), end);
  }

  list(size: number): unknown[] {
    // Each item takes a byte at the least.
    if (size > this.bytes.length - this.at) throw Unread.it;
    const items = new Array<unknown>(size);
    for (let i = 0; i < size; i++) items[i] = this.value();
    return items;
  }

  map(size: number): Record<string, unknown> {
    const map: Record<string, unknown> = {};
    for (let i = 0; i < size; i++) {
      const key = this.value() as string;
      map[key] = this.value();
    }
    return map;
  }
}
