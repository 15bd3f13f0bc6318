// Every `ts` and `sh` block of the README and of docs/ is run, and the values behind its lines are compared, so that none
// of them can go stale.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { claimedModule, claimOf, withClaims } from "./docValues.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const pages = ["README.md", ...readdirSync(join(root, "docs")).map((name) => `docs/${name}`)].filter((name) =>
  name.endsWith(".md"),
);

interface Block {
  readonly name: string;
  readonly language: string;
  readonly text: string;
}

function blocksOf(page: string): Block[] {
  const text = readFileSync(join(root, page), "utf8");
  return [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, language, body], i) => ({
    name: `${page} block ${i + 1}`,
    language: language!,
    text: body!,
  }));
}

const blocks = pages.flatMap(blocksOf);
const typed = blocks.filter(({ language }) => language === "ts");
const shell = blocks.filter(({ language }) => language === "sh");

// A place like the repository's root: what a block writes lands here.
const place = mkdtempSync(join(tmpdir(), "downhill-docs-"));
const fileOf = (block: Block): string => `${block.name.replaceAll(/[^a-z0-9]+/gi, "-")}.ts`;

beforeAll(() => {
  for (const name of ["node_modules", "datasets", "packages"]) symlinkSync(join(root, name), join(place, name));
  mkdirSync(join(place, "docs"));
  writeFileSync(join(place, "package.json"), '{ "type": "module" }');
  writeFileSync(join(place, "claimed.ts"), claimedModule);
  for (const block of typed) writeFileSync(join(place, fileOf(block)), withClaims(block.text).text);
});

afterAll(() => rmSync(place, { recursive: true }));

/** What a block leaves out because the tests run inside of it. */
const withoutInstall = (text: string): string =>
  text
    .split("\n")
    .map((line) => line.replace(/^npm ci && /, ""))
    .filter((line) => line !== "npm test")
    .join("\n");

describe("the blocks of README and docs", () => {
  test("are found", () => {
    expect(typed.length).toBeGreaterThan(3);
    expect(shell.length).toBeGreaterThan(1);
  });

  test("hold values that are checked when the block runs", () => {
    const claims = typed.flatMap((block) => withClaims(block.text).claims);
    expect(claims.map(({ expression }) => expression)).toEqual(
      expect.arrayContaining(["model.stopped", "quick.updates", "steady.updates", "JSON.parse(text).unit"]),
    );
  });

  test("a value is what JSON writes, at the end or before a comma or a semicolon", () => {
    const values: [line: string, value: unknown][] = [
      ['model.stopped; // "converged"', "converged"],
      ["steps; // 11, to a gradient of 1e-6", 11],
      ["  f(a, [b]); // [1, 2]; as a list", [1, 2]],
      ['spec; // { "rate": 0.1, "beta": 2 }', { rate: 0.1, beta: 2 }],
    ];
    for (const [line, value] of values) expect(claimOf(line)?.value, line).toEqual(value);
    const others = [
      "const a = 1; // 1",
      "step.t; // updates done",
      "predict(x); // a 6 × 2 matrix",
      "spec; // { rate: 0.1, … }",
      "valley.params; // near [1, 1]",
      "// f(); // 3",
    ];
    for (const line of others) expect(claimOf(line), line).toBeNull();
  });

  test("a value that is wrong stops the block", () => {
    const file = join(place, "wrong.ts");
    writeFileSync(file, withClaims('const model = { stopped: "epochs" };\nmodel.stopped; // "converged"\n').text);
    const compiled = spawnSync(
      join(root, "node_modules/.bin/tsc"),
      [...["--outDir", "wrong", "--rewriteRelativeImportExtensions", "--module", "nodenext", "--types", "node"], file],
      { cwd: place, encoding: "utf8" },
    );
    expect(compiled.stdout).toBe("");
    const ran = spawnSync(process.execPath, [join(place, "wrong", "wrong.js")], { encoding: "utf8" });
    expect(ran.status).toBe(1);
    expect(ran.stderr).toContain("converged");
  });

  test("ts blocks pass the type check", () => {
    const config = {
      extends: join(root, "tsconfig.base.json"),
      compilerOptions: { composite: false, rootDir: ".", outDir: "out", types: ["node"], noUnusedLocals: false },
      files: typed.map(fileOf),
    };
    writeFileSync(join(place, "tsconfig.json"), JSON.stringify(config));
    const { stdout } = spawnSync(join(root, "node_modules/.bin/tsc"), ["-p", place], { cwd: place, encoding: "utf8" });
    expect(stdout).toBe("");
  }, 60_000);

  for (const block of typed) {
    test(`${block.name} runs`, () => {
      const compiled = join("out", fileOf(block).replace(/\.ts$/, ".js"));
      execFileSync(process.execPath, [compiled], { cwd: place, stdio: "pipe" });
    }, 60_000);
  }

  test("the README's picture is what its lines draw", () => {
    const [drawn, stored] = [join(place, "moons.svg"), join(root, "docs/moons.svg")].map((file) => readFileSync(file));
    expect(drawn!.equals(stored!), "write docs/moons.svg anew with the README's lines, and look at it").toBe(true);
  });

  for (const block of shell) {
    test(`${block.name} runs`, () => {
      execFileSync("bash", ["-euo", "pipefail", "-c", withoutInstall(block.text)], { cwd: place, stdio: "pipe" });
    }, 120_000);
  }
});
