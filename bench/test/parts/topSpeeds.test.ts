import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../src/data/temporaryFolder.ts";
import { inRepository } from "../../src/inRepository.ts";
import { openTopSpeeds } from "../../src/machine/topSpeedsModule.ts";

test("the loops that measure the highest speeds compute the right numbers", () => {
  const folder = temporaryFolder();
  const wasm = join(folder.path, "topSpeeds.wasm");
  const compiler = createRequire(import.meta.url).resolve("assemblyscript/bin/asc.js");
  const source = inRepository("bench/assembly/topSpeeds.ts");
  execFileSync(process.execPath, [compiler, source, "--outFile", wasm, "--runtime", "stub", "--enable", "simd"]);
  const { sumAll, multiplyAdds64, multiplyAdds32 } = openTopSpeeds(64_000, pathToFileURL(wasm));
  folder.remove();
  expect(sumAll()).toBe(8000);
  // a ← a/2 + 1 tends to 2 in twelve vectors; the functions return the sum of the first two numbers of each
  expect(multiplyAdds64(100, 0.5)).toBe(48);
  expect(multiplyAdds32(100, 0.5)).toBe(48);
  expect(multiplyAdds64(1, 0.5)).toBe(36);
});
