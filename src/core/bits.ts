/** Bit-packed bytes for links: most significant bit first. */

/** Thrown by BitReader past the end or above a cap; codecs turn it into an Issue. */
export class BitError extends Error {
  override name = 'BitError';
}

export class BitWriter {
  private bytes: number[] = [];
  private free = 0;

  /** The lowest `width` bits of an unsigned integer, width 0 … 32. */
  uint(value: number, width: number): void {
    for (let bit = width - 1; bit >= 0; bit--) {
      if (this.free === 0) {
        this.bytes.push(0);
        this.free = 8;
      }
      this.free--;
      this.bytes[this.bytes.length - 1] |= ((value >>> bit) & 1) << this.free;
    }
  }

  bool(value: boolean): void {
    this.uint(value ? 1 : 0, 1);
  }

  /** A non-negative integer up to 2^53 in groups of 5 bits with a continuation bit. */
  varint(value: number): void {
    let rest = value;
    for (;;) {
      const group = rest % 32;
      rest = Math.floor(rest / 32);
      this.uint(rest > 0 ? 1 : 0, 1);
      this.uint(group, 5);
      if (rest === 0) return;
    }
  }

  /** A signed integer, zigzag. */
  signed(value: number): void {
    this.varint(value < 0 ? -value * 2 - 1 : value * 2);
  }

  /** An IEEE double, 64 bits. */
  double(value: number): void {
    const view = new DataView(new ArrayBuffer(8));
    view.setFloat64(0, value);
    this.uint(view.getUint32(0), 32);
    this.uint(view.getUint32(4), 32);
  }

  /** A finite number: decimals with up to 6 digits as scaled integers, others as doubles. */
  number(value: number): void {
    for (let digits = 0; digits <= 6; digits++) {
      const scaled = value * 10 ** digits;
      if (Math.abs(scaled) > 2 ** 50) break;
      if (Math.round(scaled) / 10 ** digits === value) {
        this.uint(digits, 3);
        this.signed(Math.round(scaled) || 0);
        return;
      }
    }
    this.uint(7, 3);
    this.double(value);
  }

  /** UTF-8 with its length. */
  string(value: string): void {
    const bytes = new TextEncoder().encode(value);
    this.varint(bytes.length);
    for (const byte of bytes) this.uint(byte, 8);
  }

  /** Integers as offsets from their minimum at one common width (≤ 32 bits); the count is the reader's to know. */
  integers(values: ArrayLike<number>): void {
    let min = Infinity;
    let max = -Infinity;
    for (let i = 0; i < values.length; i++) {
      min = Math.min(min, values[i]);
      max = Math.max(max, values[i]);
    }
    if (values.length === 0) return;
    const width = max === min ? 0 : 32 - Math.clz32(max - min);
    if (max - min > 0xffffffff) throw new BitError('Range of integers is too wide to pack.');
    this.signed(min);
    this.uint(width, 6);
    for (let i = 0; i < values.length; i++) this.uint(values[i] - min, width);
  }

  /** Finite numbers: as `integers` of 10^digits when all have at most 6 decimals, else doubles. */
  numbers(values: ArrayLike<number>): void {
    for (let digits = 0; digits <= 6; digits++) {
      const scale = 10 ** digits;
      let min = Infinity;
      let max = -Infinity;
      let exact = true;
      for (let i = 0; i < values.length && exact; i++) {
        const scaled = Math.round(values[i] * scale);
        exact = scaled / scale === values[i] && Math.abs(scaled) <= 2 ** 50;
        min = Math.min(min, scaled);
        max = Math.max(max, scaled);
      }
      if (!exact || max - min > 0xffffffff) continue;
      this.uint(digits, 3);
      this.integers(Array.from(values, (value) => Math.round(value * scale) || 0));
      return;
    }
    this.uint(7, 3);
    for (let i = 0; i < values.length; i++) this.double(values[i]);
  }

  finish(): Uint8Array {
    return Uint8Array.from(this.bytes);
  }
}

export class BitReader {
  private position = 0;

  constructor(private readonly bytes: Uint8Array) {}

  /** Bits not read yet. */
  get left(): number {
    return this.bytes.length * 8 - this.position;
  }

  uint(width: number): number {
    if (this.left < width) throw new BitError('The data ends too early.');
    let value = 0;
    for (let bit = 0; bit < width; bit++) {
      const byte = this.bytes[this.position >>> 3];
      value = value * 2 + ((byte >>> (7 - (this.position & 7))) & 1);
      this.position++;
    }
    return value;
  }

  bool(): boolean {
    return this.uint(1) === 1;
  }

  /** @param max a larger value is a BitError: cap counts before allocating. */
  varint(max: number = Number.MAX_SAFE_INTEGER): number {
    let value = 0;
    let scale = 1;
    for (;;) {
      const more = this.uint(1);
      value += this.uint(5) * scale;
      if (value > max) throw new BitError(`A count or value is above ${max}.`);
      if (!more) return value;
      scale *= 32;
      if (scale > 2 ** 53) throw new BitError('A number is too long.');
    }
  }

  signed(): number {
    const value = this.varint();
    return value % 2 === 1 ? -(value + 1) / 2 : value / 2;
  }

  double(): number {
    const view = new DataView(new ArrayBuffer(8));
    view.setUint32(0, this.uint(32));
    view.setUint32(4, this.uint(32));
    return view.getFloat64(0);
  }

  number(): number {
    const digits = this.uint(3);
    return digits === 7 ? this.double() : this.signed() / 10 ** digits;
  }

  string(maxBytes: number): string {
    const bytes = new Uint8Array(this.varint(maxBytes));
    for (let i = 0; i < bytes.length; i++) bytes[i] = this.uint(8);
    return new TextDecoder().decode(bytes);
  }

  /** @param count already capped by the caller. */
  integers(count: number): number[] {
    if (count === 0) return [];
    const min = this.signed();
    const width = this.uint(6);
    if (width > 32 || this.left < width * count) throw new BitError('The data ends too early.');
    return Array.from({ length: count }, () => min + this.uint(width));
  }

  numbers(count: number): number[] {
    const digits = this.uint(3);
    if (digits < 7) return this.integers(count).map((value) => value / 10 ** digits);
    if (this.left < 64 * count) throw new BitError('The data ends too early.');
    return Array.from({ length: count }, () => this.double());
  }
}
