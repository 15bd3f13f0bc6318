// The published packages, as npm packs and installs them: their files, their types, and the examples of their READMEs.
import { execFileSync, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { claimedModule, fencedBlocks, withClaims } from "./docValues.ts";
import {
  installTarballs,
  npx,
  packAll,
  publishedFolders,
  readPackageJson,
  root,
  type Tarball,
} from "./packedPackages.ts";

const folder = mkdtempSync(join(tmpdir(), "downhill-packages-"));
const libraryFolder = join(folder, "library"); // only the library is installed here
const allFolder = join(folder, "all");

const tarballs: Tarball[] = [];

beforeAll(() => {
  tarballs.push(...packAll(folder));
  installTarballs(
    tarballs.filter(({ name }) => name === "downhill"),
    libraryFolder,
  );
  installTarballs(tarballs, allFolder);
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true }));

const names = publishedFolders.map((path) => readPackageJson(join(root, path)).name);
const textOf = (page: string): string => readFileSync(join(root, page), "utf8");
const blocksOf = (page: string, language: string): string[] =>
  fencedBlocks(textOf(page)).flatMap((block) => (block.language === language ? [block.text] : []));

describe.each(names)("%s", (name) => {
  const tarball = (): Tarball => tarballs.find((each) => each.name === name)!;
  const installed = join(allFolder, "node_modules", name);
  const files = (): string[] =>
    readdirSync(installed, { recursive: true, encoding: "utf8" })
      .map((path) => path.replaceAll("\\", "/"))
      .filter((path) => statSync(join(installed, path)).isFile());

  test("contains its licence, its README, its compiled files, and no source maps", () => {
    const kinds =
      /^(LICENSE|README\.md|package\.json|bin\/downhill\.js|goldens\/\w+\.json|dist\/.*(\.d\.ts|\.js)|dist\/site\/(index\.html|thumbnails\.svg|tables\/\w+\.csv|assets\/[\w-]+\.css))$/;
    expect(files().filter((path) => !kinds.test(path))).toEqual([]);
    expect(files()).toEqual(expect.arrayContaining(["LICENSE", "README.md", "package.json"]));
    expect(readFileSync(join(installed, "LICENSE"), "utf8")).toBe(textOf("LICENSE"));
    for (const path of files())
      expect(readFileSync(join(installed, path), "utf8"), path).not.toMatch(/^\/\/# sourceMappingURL/m);
  });

  test("has declarations without the bytes of the module", () => {
    const sizes = files().flatMap((path) => (path.endsWith(".d.ts") ? [statSync(join(installed, path)).size] : []));
    expect(Math.max(0, ...sizes)).toBeLessThan(30_000);
  });

  test("has the addresses, the version and the licence of the repository", () => {
    const own = readPackageJson(installed);
    const workspace = readPackageJson(root);
    const { url } = workspace["repository"] as { readonly url: string };
    expect(own).toMatchObject({
      license: workspace["license"],
      author: workspace["author"],
      homepage: workspace["homepage"],
      bugs: workspace["bugs"],
      engines: workspace["engines"],
      publishConfig: { access: "public", provenance: true },
    });
    const directory = publishedFolders.find((path) => readPackageJson(join(root, path)).name === name)!;
    expect(own["repository"]).toEqual({ type: "git", url, directory: directory.replaceAll("\\", "/") });
    expect((own["keywords"] as string[]).length).toBeGreaterThan(3);
    expect(own.version).toBe(readPackageJson(join(root, "packages/downhill")).version);
    for (const [dependency, version] of Object.entries(own.dependencies ?? {}))
      if (names.includes(dependency)) expect(version, dependency).toBe(own.version);
    expect(own["scripts"]).toBeUndefined(); // nothing runs when it is installed
  });

  test("passes publint", async () => {
    const { messages, pkg } = await publint({ pkgDir: installed, pack: false });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  test("has types that TypeScript finds in each way to resolve modules", async () => {
    const result = await checkPackage(createPackageFromTarballData(readFileSync(tarball().path)));
    const problems = result.types === false ? [] : result.problems;
    const unexpected = problems.filter(({ kind }) => kind !== "CJSResolvesToESM"); // Node 20.19 and later can require ES modules
    expect(unexpected).toEqual([]);
    expect(result.types === false).toBe(name === "@downhill/cli"); // the command has no types
  });
});

describe("the library alone", () => {
  test("brings no other package", () => {
    const installed = readdirSync(join(libraryFolder, "node_modules")).filter((name) => !name.startsWith("."));
    expect(installed).toEqual(["downhill"]);
  });

  test("loads with require, without a flag, and trains", () => {
    const program = `
      const { linearRegression } = require("downhill");
      const model = linearRegression().fit([[0], [1], [2]], [1, 3, 5]);
      console.log(model.stopped, require("downhill/package.json").name);`;
    writeFileSync(join(libraryFolder, "requires.cjs"), program);
    const output = execFileSync(process.execPath, ["requires.cjs"], {
      cwd: libraryFolder,
      encoding: "utf8",
      env: { ...process.env, NODE_OPTIONS: "" },
    });
    expect(output).toBe("converged downhill\n");
  });
});

/** Compiles files of a folder with TypeScript, writes the results beside them, and returns the output of the compiler. */
function typeErrors(cwd: string, files: readonly string[], options: Readonly<Record<string, unknown>> = {}): string {
  const compilerOptions = {
    target: "es2022",
    module: "nodenext",
    strict: true,
    types: [],
    rewriteRelativeImportExtensions: true,
  };
  const config = join(cwd, "tsconfig.json");
  writeFileSync(config, JSON.stringify({ compilerOptions: { ...compilerOptions, ...options }, files }));
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  return spawnSync(process.execPath, [tsc, "-p", config], { cwd, encoding: "utf8" }).stdout;
}

test("TypeScript reads all declarations without skipLibCheck, with import and with require", () => {
  const entries = [
    "downhill",
    "@downhill/plots",
    "@downhill/plots/format",
    "@downhill/plots/zones",
    "@downhill/plots/page",
    "@downhill/gallery",
  ];
  const imports = entries.map((entry, i) => `import * as entry${i} from "${entry}";\nentry${i} satisfies object;\n`);
  const requires = entries.map((entry, i) => `import entry${i} = require("${entry}");\nentry${i} satisfies object;\n`);
  writeFileSync(join(allFolder, "imports.ts"), imports.join(""));
  writeFileSync(join(allFolder, "requires.cts"), requires.join(""));
  const node = { skipLibCheck: false, lib: ["es2022"] };
  expect(typeErrors(allFolder, ["imports.ts", "requires.cts"], node)).toBe("");
  const bundler = { ...node, module: "esnext", moduleResolution: "bundler" };
  expect(typeErrors(allFolder, ["imports.ts"], bundler)).toBe("");
}, 60_000);

describe("the examples", () => {
  const pages = ["README.md", ...publishedFolders.map((path) => join(path, "README.md"))];
  const programs = pages.flatMap((page) =>
    blocksOf(page, "ts").map((text, i) => ({ page, text, file: `${page.replaceAll(/[^a-z0-9]+/gi, "-")}-${i}.ts` })),
  );

  beforeAll(() => {
    mkdirSync(join(allFolder, "docs"));
    writeFileSync(join(allFolder, "claimed.ts"), claimedModule);
    for (const { file, text } of programs) writeFileSync(join(allFolder, file), withClaims(text).text);
  });

  test("pass the type check", () => {
    const options = { types: ["node"], typeRoots: [join(root, "node_modules/@types")] };
    expect(
      typeErrors(
        allFolder,
        programs.map(({ file }) => file),
        options,
      ),
    ).toBe("");
  }, 60_000);

  test.each(programs)(
    "$file runs from the installed packages",
    ({ file }) => {
      execFileSync(process.execPath, [file.replace(/\.ts$/, ".js")], { cwd: allFolder, stdio: "pipe" });
    },
    60_000,
  );

  test("the command of its README trains and predicts", () => {
    const page = "packages/cli/README.md";
    writeFileSync(join(allFolder, "exam.csv"), blocksOf(page, "csv")[0]!);
    const bin = join(allFolder, "node_modules", ".bin");
    const env = { ...process.env, PATH: `${bin}${delimiter}${process.env["PATH"]}` };
    const commands = blocksOf(page, "sh").filter((text) => !text.startsWith("npm install"));
    expect(commands).toHaveLength(1);
    const output = execFileSync(commands[0]!.trim().split("\n").join(" && "), {
      cwd: allFolder,
      env,
      shell: true,
      encoding: "utf8",
      stdio: "pipe",
    } as const);
    expect(output).toMatch(/Better than always predicting/);
    expect(existsSync(join(allFolder, "report.html"))).toBe(true);
  }, 60_000);

  test("the command writes the page of the lab with its scripts and its tables", () => {
    npx(["downhill", "lab", "--out", "site"], allFolder);
    const written = readdirSync(join(allFolder, "site"), { recursive: true, encoding: "utf8" });
    const names = written.map((path) => path.replaceAll("\\", "/"));
    expect(names).toEqual(expect.arrayContaining(["index.html", "tables/iris.csv", "tables/article_line.csv"]));
    const page = readFileSync(join(allFolder, "site/index.html"), "utf8");
    const scripts = [...page.matchAll(/"\.\/(assets\/[^"]+\.(?:js|css))"/g)].map(([, path]) => path);
    expect(scripts.length).toBeGreaterThan(1);
    expect(names).toEqual(expect.arrayContaining(scripts));
  }, 60_000);

  test("npx runs the command under its own name and under the name of its package", () => {
    const { version } = readPackageJson(join(root, "packages/cli"));
    expect(npx(["@downhill/cli", "--version"], allFolder).trim()).toBe(version);
    const table = join(root, "datasets/iris.csv");
    expect(npx(["downhill", "train", table, "--target", "species"], allFolder)).toContain("held-out");
  }, 60_000);
});
