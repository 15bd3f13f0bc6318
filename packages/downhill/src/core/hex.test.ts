import fc from "fast-check";
import { expect, it } from "vitest";
import { fromHex } from "./hex.ts";

it("fromHex reads what Node writes", () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(fromHex(Buffer.from(bytes).toString("hex"))).toEqual(bytes);
    }),
  );
});
