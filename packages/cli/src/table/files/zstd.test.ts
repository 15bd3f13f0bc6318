import { expect, test } from "vitest";
import type { DecompressionError } from "./decompressionError.ts";
import { unzstd } from "./zstd.ts";

/** Two frames that the zstd command wrote: "x,y\n1,2\n" with a checksum and "3,4\n" without one. */
const checked = Buffer.from("KLUv/SQIQQAAeCx5CjEsMgokh5vk", "base64");
const unchecked = Buffer.from("KLUv/SAEIQAAMyw0Cg==", "base64");
const skippable = Buffer.from([0x5a, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);

async function* chunksOf(data: Buffer, size: number) {
  for (let at = 0; at < data.length; at += size) yield data.subarray(at, at + size);
}

async function textOf(data: Buffer, size = 1000): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of unzstd(chunksOf(data, size))) pieces.push(piece.slice());
  return Buffer.concat(pieces).toString();
}

const faultOf = async (data: Buffer): Promise<unknown> => {
  try {
    return await textOf(data);
  } catch (error) {
    return (error as DecompressionError).fault;
  }
};

test.each([1, 2, 7, 1000])("frames one after another, in chunks of %i bytes", async (size) => {
  expect(await textOf(checked, size)).toBe("x,y\n1,2\n");
  expect(await textOf(Buffer.concat([checked, skippable, unchecked, checked]), size)).toBe("x,y\n1,2\n3,4\nx,y\n1,2\n");
});

test("data that were cut at any byte of a frame give the error “short”", async () => {
  for (let length = 1; length < checked.length; length++) {
    expect(await faultOf(checked.subarray(0, length)), String(length)).toBe("short");
  }
  expect(await faultOf(Buffer.concat([checked, unchecked.subarray(0, 7)]))).toBe("short");
});

test("a changed byte of the text or of the checksum is an error, and so are other data after a frame", async () => {
  for (const at of [10, checked.length - 1]) {
    const changed = Buffer.from(checked);
    changed[at]! ^= 1;
    expect(await faultOf(changed), String(at)).toBe("damaged");
  }
  expect(await faultOf(Buffer.concat([checked, Buffer.from("more")]))).toBe("damaged");
});
