import fc from "fast-check";
import { expect, it } from "vitest";
import { fromByteText } from "./byteText.ts";

const writer: string = new URL("../../../../scripts/byte-text.mjs", import.meta.url).href;

it("fromByteText decodes what scripts/byte-text.mjs encodes, and the encoded text is ASCII without escapes", async () => {
  const { byteText } = (await import(writer)) as { byteText: (bytes: Uint8Array) => string };
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => {
      const text = byteText(bytes);
      expect(text).toMatch(/^[ !#%-[\]-_a-~]*$/);
      expect(fromByteText(text)).toEqual(bytes);
    }),
  );
  const all = Uint8Array.from({ length: 256 }, (_, i) => i);
  expect(fromByteText(byteText(all))).toEqual(all);
});
