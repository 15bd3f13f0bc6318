// Decompresses Zstandard data. fzstd decompresses the blocks; this file finds the frames and compares their checksums, which
// fzstd ignores. Node has Zstandard only from version 22.15.
import { Decompress } from "fzstd";
import xxhash from "xxhash-wasm";
import { DecompressionError } from "./decompressionError.ts";

const FRAME = 0xfd2fb528;
const SKIPPABLE = 0x184d2a50; // the lowest four bits may be anything
const DICTIONARY_BYTES = [0, 1, 2, 4];
const CONTENT_SIZE_BYTES = [0, 2, 4, 8];
const RUN_LENGTH = 1; // the type of a block that stores one byte and how often it repeats

/**
 * The plain bytes of Zstandard data, which may have several frames.
 *
 * @throws DecompressionError for other data, data that end early, and data that do not match their checksum
 * Source: RFC 8878, section 3.1.
 */
export async function* unzstd(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  const { create64 } = await xxhash();
  const bytes = byteReader(chunks);
  while (!(await bytes.atEnd())) {
    const start = await bytes.take(4);
    const magic = start.readUInt32LE();
    if ((magic & 0xfffffff0) >>> 0 === SKIPPABLE) {
      await bytes.skip((await bytes.take(4)).readUInt32LE());
      continue;
    }
    if (magic !== FRAME) throw new DecompressionError("damaged", "it holds bytes that are not a frame");

    const pieces: Uint8Array[] = [];
    const frame = new Decompress((piece) => pieces.push(piece));
    const hash = create64();
    function* decompressed(data: Uint8Array, final = false): Generator<Uint8Array, void> {
      try {
        frame.push(data, final);
      } catch (error) {
        throw new DecompressionError("damaged", (error as Error).message);
      }
      for (const piece of pieces) hash.update(piece);
      yield* pieces.splice(0);
    }

    const descriptor = await bytes.take(1);
    const flags = descriptor[0]!;
    const singleSegment = ((flags >> 5) & 1) === 1;
    const contentSize = singleSegment && flags >> 6 === 0 ? 1 : CONTENT_SIZE_BYTES[flags >> 6]!;
    const rest = await bytes.take((singleSegment ? 0 : 1) + DICTIONARY_BYTES[flags & 3]! + contentSize);
    yield* decompressed(Buffer.concat([start, descriptor, rest]));
    for (let last = false; !last; ) {
      const header = await bytes.take(3);
      const bits = header.readUIntLE(0, 3);
      last = (bits & 1) === 1;
      const block = await bytes.take(((bits >> 1) & 3) === RUN_LENGTH ? 1 : bits >> 3);
      yield* decompressed(Buffer.concat([header, block]));
    }
    const hasChecksum = ((flags >> 2) & 1) === 1;
    const checksum = await bytes.take(hasChecksum ? 4 : 0);
    yield* decompressed(checksum, true);
    if (hasChecksum && Number(hash.digest() & 0xffffffffn) !== checksum.readUInt32LE()) {
      throw new DecompressionError("damaged", "its checksum is wrong");
    }
  }
}

/** Reads chunks in pieces of other lengths. */
function byteReader(chunks: AsyncIterable<Uint8Array>) {
  const iterator = chunks[Symbol.asyncIterator]();
  let held = Buffer.alloc(0);
  /** Holds so many bytes, or all that there are. */
  async function hold(count: number): Promise<void> {
    const parts = [held];
    for (let length = held.length; length < count; ) {
      const { value, done } = await iterator.next();
      if (done === true) break;
      parts.push(Buffer.from(value));
      length += value.length;
    }
    held = parts.length === 1 ? held : Buffer.concat(parts);
  }
  async function take(count: number): Promise<Buffer> {
    await hold(count);
    if (held.length < count) throw new DecompressionError("short");
    const taken = held.subarray(0, count);
    held = held.subarray(count);
    return taken;
  }
  return {
    take,
    async atEnd(): Promise<boolean> {
      await hold(1);
      return held.length === 0;
    },
    async skip(count: number): Promise<void> {
      for (let left = count; left > 0; ) left -= (await take(Math.min(left, 1 << 16))).length;
    },
  };
}
