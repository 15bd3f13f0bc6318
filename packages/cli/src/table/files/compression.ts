// Compressed files: their kinds, and their plain bytes.
import { closeSync, createReadStream, openSync, readSync } from "node:fs";
import { pipeline, type Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { DecompressionError } from "./decompressionError.ts";

export type Compression = "gzip" | "zstd";

const endings: Readonly<Record<Compression, string>> = { gzip: ".gz", zstd: ".zst" };

/** ".gz" for gzip. */
export const endingOf = (compression: Compression): string => endings[compression];

/** The compression for an ending such as ".gz"; undefined for any other ending. */
export const compressionByEnding = (ending: string): Compression | undefined =>
  (Object.keys(endings) as Compression[]).find((kind) => endings[kind] === ending.toLowerCase());

/** The first bytes of each kind of compressed data. */
const starts: Readonly<Record<Compression, readonly number[]>> = {
  gzip: [0x1f, 0x8b],
  zstd: [0x28, 0xb5, 0x2f, 0xfd],
};

/** The shell command that prints the plain bytes of a file. */
export const unpackers: Readonly<Record<Compression, string>> = { gzip: "gunzip -c", zstd: "zstd -dc" };

/** The compression of data that begin with these bytes; undefined if it is not one of these. */
export const compressionOf = (bytes: Uint8Array): Compression | undefined =>
  (Object.keys(starts) as Compression[]).find((kind) => starts[kind].every((byte, i) => bytes[i] === byte));

/** The first bytes of a file. */
export function firstBytes(path: string, count: number): Buffer {
  const bytes = Buffer.allocUnsafe(count);
  const file = openSync(path, "r");
  try {
    return bytes.subarray(0, readSync(file, bytes, 0, count, 0));
  } finally {
    closeSync(file);
  }
}

/**
 * The plain bytes of a compressed file.
 *
 * @throws DecompressionError for data that end early or are damaged
 */
export async function* decompressed(path: string, kind: Compression): AsyncGenerator<Uint8Array, void> {
  const chunks = createReadStream(path);
  if (kind === "zstd") {
    const { unzstd } = await import("./zstd.ts");
    yield* unzstd(chunks);
    return;
  }
  try {
    yield* pipeline(chunks, createGunzip(), () => {}) as Readable;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "Z_BUF_ERROR") throw new DecompressionError("short");
    throw code?.startsWith("Z_") ? new DecompressionError("damaged", message) : error;
  }
}
