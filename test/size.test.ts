// The library must load fast in a page, so its size has limits. docs/architecture.md explains them.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const program = fileURLToPath(new URL("../scripts/library-size.mjs", import.meta.url));
const sizes = JSON.parse(execFileSync(process.execPath, [program], { encoding: "utf8" })) as Record<string, number>;

test.each([
  ["models", 68_000],
  ["whole", 110_000],
])("the part %j of the library, bundled, minified and compressed, has at most %i bytes", (part, limit) => {
  const bytes = sizes[part]!;
  expect(bytes).toBeGreaterThan(10_000);
  expect(bytes, `it is ${(bytes / 1000).toFixed(1)} kB`).toBeLessThanOrEqual(limit);
});
