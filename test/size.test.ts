// The library must load fast in a page, so its size has a limit.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const program = fileURLToPath(new URL("../scripts/library-size.mjs", import.meta.url));

test("the library, bundled, minified and compressed, is at most 68 kB", () => {
  const bytes = Number(execFileSync(process.execPath, [program], { encoding: "utf8" }));
  expect(bytes).toBeGreaterThan(10_000);
  expect(bytes, `it is ${(bytes / 1000).toFixed(1)} kB`).toBeLessThanOrEqual(68_000);
});
