// The words of a text, and the hash that gives each word its bucket.

const MOST_BUCKETS = 268_435_456; // 2²⁸

/** What a number of buckets must be, as a part of a sentence. */
export const bucketsRule = `a power of two from 2 to ${MOST_BUCKETS}`;

export const isBucketCount = (buckets: unknown): boolean =>
  typeof buckets === "number" &&
  Number.isInteger(buckets) &&
  buckets >= 2 &&
  buckets <= MOST_BUCKETS &&
  (buckets & (buckets - 1)) === 0;

/** Calls a function for each word of a text in lower case, with the positions of its first character and after its last one. */
export function eachWord(lower: string, take: (from: number, to: number) => void): void {
  for (let at = 0, from = 0; at <= lower.length; at++) {
    if (at < lower.length && isOfWord(lower.charCodeAt(at))) continue;
    if (at > from) take(from, at);
    from = at + 1;
  }
}

function isOfWord(code: number): boolean {
  if (code < 0x80) return (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39) || code === 0x5f;
  if (code < 0xc0 || code === 0xd7 || code === 0xf7) return false;
  const block = code >> 4;
  return !((block >= 0x200 && block <= 0x206) || (block >= 0x300 && block <= 0x303) || block === 0xff0);
}

/** MurmurHash3 (x86, 32 bits) of the code units from … to − 1 of a text, two in each block of 32 bits. */
export function wordHash(text: string, from: number, to: number, seed: number): number {
  let h = seed | 0;
  let at = from;
  for (; at + 2 <= to; at += 2) {
    h ^= scrambled(text.charCodeAt(at) | (text.charCodeAt(at + 1) << 16));
    h = (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
  }
  if (at < to) h ^= scrambled(text.charCodeAt(at));
  h ^= 2 * (to - from);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

function scrambled(block: number): number {
  const k = Math.imul(block, 0xcc9e2d51);
  return Math.imul((k << 15) | (k >>> 17), 0x1b873593);
}
