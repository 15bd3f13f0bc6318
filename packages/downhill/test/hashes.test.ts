import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { families } from "./families.ts";

const page = readFileSync(new URL("../../../docs/hashes.md", import.meta.url), "utf8");
const published = new Map(
  [...page.matchAll(/^\| ([a-z0-9 ]+) \| `([0-9a-f]{64})` \|$/gm)].map(([, name, hash]) => [name!, hash!]),
);

/** SHA-256 of the parameters as little-endian 64-bit numbers. */
function hashOf(params: Float64Array): string {
  const view = new DataView(new ArrayBuffer(8 * params.length));
  params.forEach((value, i) => {
    view.setFloat64(8 * i, value, true);
  });
  return createHash("sha256").update(new Uint8Array(view.buffer)).digest("hex");
}

test("docs/hashes.md has a hash for every model, and no other", () => {
  expect([...published.keys()]).toEqual(Object.keys(families));
});

test.each(Object.entries(families))("%s: the bits of the parameters are the published ones", (name, run) => {
  const params = run();
  expect(params.every(Number.isFinite)).toBe(true);
  expect(hashOf(params)).toBe(published.get(name));
});
