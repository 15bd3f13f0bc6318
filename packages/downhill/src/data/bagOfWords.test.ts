import { expect, it } from "vitest";
import { toDense } from "../core/sparse.ts";
import { bagOfWords } from "./bagOfWords.ts";

/** MurmurHash3 of the bytes of a text in UTF-16 (little endian), block by block, as its author wrote it. */
function murmur(word: string, seed: number): number {
  const bytes = [...word].flatMap((_, i) => [word.charCodeAt(i) & 255, word.charCodeAt(i) >> 8]);
  let h = BigInt(seed);
  const [mask, rotate] = [0xffffffffn, (x: bigint, r: bigint) => ((x << r) | (x >> (32n - r))) & 0xffffffffn];
  const mix = (k: bigint): bigint => (rotate((k * 0xcc9e2d51n) & mask, 15n) * 0x1b873593n) & mask;
  const whole = bytes.length - (bytes.length % 4);
  for (let at = 0; at < whole; at += 4) {
    const k = BigInt(bytes[at]! + bytes[at + 1]! * 2 ** 8 + bytes[at + 2]! * 2 ** 16 + bytes[at + 3]! * 2 ** 24);
    h = (rotate(h ^ mix(k), 13n) * 5n + 0xe6546b64n) & mask;
  }
  if (whole < bytes.length) h ^= mix(BigInt(bytes[whole]! + bytes[whole + 1]! * 2 ** 8));
  h ^= BigInt(bytes.length);
  h = ((h ^ (h >> 16n)) * 0x85ebca6bn) & mask;
  h = ((h ^ (h >> 13n)) * 0xc2b2ae35n) & mask;
  return Number(h ^ (h >> 16n));
}

const columnsOf = (text: string, options = {}): number[] => [...bagOfWords([text], options).indices];

it("the column of a word is its hash; upper and lower case are the same", () => {
  for (const word of ["a", "ab", "abc", "meeting", "straße", "東京", "x_1"]) {
    for (const seed of [0, 7, 4294967295]) expect(columnsOf(word, { seed })).toEqual([murmur(word, seed) % 262144]);
  }
  expect(columnsOf("MEETING Ärger")).toEqual(columnsOf("meeting ärger"));
});

it("separates words at punctuation and spaces, and counts them", () => {
  const words = ["one", "two", "three", "it", "s"];
  const expected = words.map((word) => murmur(word, 0) % 262144).sort((a, b) => a - b);
  expect(columnsOf("one, two—three…it's\u00a0(one)\n「two」 ×")).toEqual(expected);
  expect(columnsOf(" \t-- !")).toEqual([]);
  const X = bagOfWords(["b a b", "a"], { columns: 2 ** 20 });
  expect([X.rows, X.columns, [...X.values].sort()]).toEqual([2, 2 ** 20, [1, 1, 2]]);
  expect([...bagOfWords(["b a b"], { values: "binary" }).values]).toEqual([1, 1]);
});

it("adds up words with the same column", () => {
  const { data } = toDense(bagOfWords(["one two three four five"], { columns: 2 }));
  expect(data[0]! + data[1]!).toBe(5);
});

it.each([
  [() => bagOfWords([]), "bagOfWords: there must be at least one row, got none."],
  [
    () => bagOfWords([3 as never]),
    'bagOfWords: every text must be a string, got 3 in row 0. Pass "" for a missing text.',
  ],
  [() => bagOfWords(["a"], { columns: 1000 }), "columns must be a power of two from 2 to 268435456, got 1000."],
  [() => bagOfWords(["a"], { seed: -1 }), "seed must be a whole number of at least 0, got -1."],
  [() => bagOfWords(["a"], { values: "tfidf" as never }), 'values must be one of counts, binary, got "tfidf".'],
])("error %#", (call, message) => {
  expect(call).toThrow(message);
});
