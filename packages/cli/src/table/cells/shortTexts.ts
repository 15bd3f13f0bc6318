// A hash table from short texts to codes. The key of a text is the four words of its entry in DuckDB's vector.

/** Codes by the four words at a position. */
export interface ShortTexts {
  find(words: Int32Array, at: number): number | undefined;
  /** Adds a text that is not in the table; returns its code. */
  add(words: Int32Array, at: number, code: number): number;
}

const FREE = -1;

export function shortTexts(): ShortTexts {
  let size = 0;
  let capacity = 1 << 10; // a power of two
  let keys = new Int32Array(4 * capacity);
  let codes = new Int32Array(capacity).fill(FREE);

  /** The slot of a text, or the free slot where it belongs. */
  function slotOf(words: Int32Array, at: number): number {
    const a = words[at]!;
    const b = words[at + 1]!;
    const c = words[at + 2]!;
    const d = words[at + 3]!;
    let hash = Math.imul(a ^ Math.imul(b, 0x9e3779b1), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 15) ^ c, 0xc2b2ae35);
    hash = Math.imul(hash ^ (hash >>> 13) ^ d, 0x27d4eb2f);
    let slot = (hash ^ (hash >>> 16)) & (capacity - 1);
    for (; codes[slot] !== FREE; slot = (slot + 1) & (capacity - 1)) {
      const key = 4 * slot;
      if (keys[key] === a && keys[key + 1] === b && keys[key + 2] === c && keys[key + 3] === d) break;
    }
    return slot;
  }

  function put(words: Int32Array, at: number, code: number): void {
    const slot = slotOf(words, at);
    for (let i = 0; i < 4; i++) keys[4 * slot + i] = words[at + i]!;
    codes[slot] = code;
  }

  function grow(): void {
    const [oldKeys, oldCodes] = [keys, codes];
    capacity *= 4;
    keys = new Int32Array(4 * capacity);
    codes = new Int32Array(capacity).fill(FREE);
    for (let slot = 0; slot < oldCodes.length; slot++) {
      if (oldCodes[slot] !== FREE) put(oldKeys, 4 * slot, oldCodes[slot]!);
    }
  }

  return {
    find(words, at) {
      const code = codes[slotOf(words, at)]!;
      return code === FREE ? undefined : code;
    },
    add(words, at, code) {
      if (2 * ++size > capacity) grow();
      put(words, at, code);
      return code;
    },
  };
}
