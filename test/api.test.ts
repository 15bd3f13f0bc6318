// TypeDoc makes the API reference without a warning: every public function, type and property of the library has a docstring,
// and every type that a public type names is public, too. TypeDoc does not check the types, because the build has done so.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "./blockFolder.ts";

test("the API reference is made without a warning, with a page for every function", () => {
  const out = mkdtempSync(join(tmpdir(), "downhill-api-"));
  const home = join(root, "scripts/api");
  const typedoc = join(home, "node_modules/typedoc/bin/typedoc");
  const { stdout, stderr, status } = spawnSync(process.execPath, [typedoc, "--out", out, "--logLevel", "Warn"], {
    cwd: home,
    encoding: "utf8",
  });
  expect(stdout + stderr).toBe("");
  expect(status).toBe(0);
  const pages = readdirSync(join(out, "functions"));
  rmSync(out, { recursive: true });
  for (const name of ["downhill.logisticRegression", "downhill.load", "_downhill_plots.lossCurve"]) {
    expect(pages).toContain(`${name}.html`);
  }
}, 120_000);
