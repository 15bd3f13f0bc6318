import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromBase64, toBase64 } from "./base64.ts";

describe("base64", () => {
  it("encodes the examples of RFC 4648", () => {
    const texts = {
      "": "",
      f: "Zg==",
      fo: "Zm8=",
      foo: "Zm9v",
      foob: "Zm9vYg==",
      fooba: "Zm9vYmE=",
      foobar: "Zm9vYmFy",
    };
    for (const [text, encoded] of Object.entries(texts)) {
      expect(toBase64(new TextEncoder().encode(text))).toBe(encoded);
      expect(new TextDecoder().decode(fromBase64(encoded))).toBe(text);
    }
  });

  it("encodes and decodes as Node does, for every length and all 256 bytes", () => {
    const drawn = fc.oneof(
      fc.uint8Array({ maxLength: 80 }),
      fc.constant(Uint8Array.from({ length: 256 }, (_, i) => i)),
    );
    fc.assert(
      fc.property(drawn, (bytes) => {
        const text = toBase64(bytes);
        expect(text).toBe(Buffer.from(bytes).toString("base64"));
        expect(fromBase64(text)).toEqual(Uint8Array.from(bytes));
      }),
    );
  });

  it.each(["Zg=", "Z", "Zm9vY", "=", "====", "Z===", "Zm9v!m9v", "Zm 9", "Zm9\n", "Zg==Zg==", "Zm9é", "Zm9-"])(
    "%j throws",
    (text) => {
      expect(() => fromBase64(text)).toThrow(
        /^fromBase64: text must be base64 in complete groups of four characters, got another group at \d/,
      );
    },
  );
});
