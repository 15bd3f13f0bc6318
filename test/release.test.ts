// scripts/release.mjs in a small repository whose tests and build do nothing.
import { execFileSync, spawnSync } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { publishedFolders, readPackageJson, root } from "./packedPackages.ts";

const folder = mkdtempSync(join(tmpdir(), "downhill-release-"));
const repository = { type: "git", url: "git+https://example.org/other.git" };
const write = (path: string, value: unknown): void => writeFileSync(join(folder, path), JSON.stringify(value));
const text = (path: string): string => readFileSync(join(folder, path), "utf8");
const git = (...args: string[]): string => execFileSync("git", args, { cwd: folder, encoding: "utf8" });
const release = (...args: string[]) =>
  spawnSync(process.execPath, ["scripts/release.mjs", ...args], { cwd: folder, encoding: "utf8" });

beforeAll(() => {
  mkdirSync(join(folder, "scripts"));
  copyFileSync(join(root, "scripts/release.mjs"), join(folder, "scripts/release.mjs"));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "junction");
  write("package.json", {
    private: true,
    workspaces: ["packages/*"],
    homepage: "https://example.org/other",
    bugs: "https://example.org/other/issues",
    repository,
    scripts: { test: "node -e 0" },
  });
  for (const path of publishedFolders) {
    const { name, dependencies = {} } = readPackageJson(join(root, path));
    const own = Object.entries(dependencies).filter(([name]) => name === "downhill" || name.startsWith("@downhill/"));
    mkdirSync(join(folder, path, "dist"), { recursive: true });
    writeFileSync(join(folder, path, "dist", "moved.js"), "");
    write(join(path, "package.json"), {
      name,
      version: "0.1.0",
      license: "MIT",
      dependencies: Object.fromEntries(own),
    });
  }
  writeFileSync(join(folder, "CHANGELOG.md"), "# Changelog\n\n## Unreleased\n\n- One change.\n");
  writeFileSync(join(folder, ".gitignore"), "node_modules\ndist\nrelease\n");
  git("init", "--quiet");
  git("add", ".");
  git("-c", "user.name=test", "-c", "user.email=test@example.org", "commit", "--quiet", "--message", "start");
});

afterAll(() => rmSync(folder, { recursive: true }));

test("a version is needed, and it must be a later one", () => {
  for (const [args, message] of [
    [[], "release: one version is needed, such as 1.2.3 or 1.2.3-beta.1, got none.\n"],
    [["1.2"], "release: one version is needed, such as 1.2.3 or 1.2.3-beta.1, got 1.2.\n"],
    [
      ["0.0.9"],
      "release: the version must be later than 0.1.0 (or the same, if 0.1.0 is not published yet), got 0.0.9.\n",
    ],
  ] as const) {
    const { status, stderr } = release(...args);
    expect(stderr).toBe(message);
    expect(status).toBe(1);
  }
});

test("the working tree must have no changes", () => {
  writeFileSync(join(folder, "new.txt"), "");
  expect(release("0.2.0").stderr).toBe("release: the working tree has changes. Commit or stash them:\n?? new.txt\n");
  rmSync(join(folder, "new.txt"));
});

test("without --write nothing is changed", () => {
  const { status, stdout } = release("0.2.0");
  expect(status).toBe(0);
  expect(stdout).toContain(
    "Release 0.2.0 (now 0.1.0) of downhill, @downhill/plots, @downhill/gallery, @downhill/mpi, @downhill/cli",
  );
  expect(stdout).toContain("Changes:\n- One change.\n");
  expect(git("status", "--porcelain")).toBe("");
});

test("with --write the packages have the version and the addresses, and are packed from a clean build", () => {
  const { status, stdout, stderr } = release("0.2.0-beta.1", "--write");
  expect(stderr).not.toContain("ERR");
  expect(status).toBe(0);
  for (const path of publishedFolders) {
    const { name, version, dependencies = {}, ...rest } = readPackageJson(join(folder, path));
    expect(version, name).toBe("0.2.0-beta.1");
    for (const dependency of Object.values(dependencies)) expect(dependency, name).toBe("0.2.0-beta.1");
    expect(rest).toMatchObject({
      homepage: "https://example.org/other",
      repository: { ...repository, directory: path.replaceAll("\\", "/") },
    });
    expect(readdirSync(join(folder, path))).toEqual(["package.json"]); // dist is removed before the build
  }
  expect(text("CHANGELOG.md").replace(/\d{4}-\d\d-\d\d/, "DATE")).toBe(
    "# Changelog\n\n## Unreleased\n\n## 0.2.0-beta.1 (DATE)\n\n- One change.\n",
  );
  const packed = readdirSync(join(folder, "release"));
  expect(packed.sort()).toEqual(
    ["cli", "gallery", "mpi", "plots"]
      .map((name) => `downhill-${name}-0.2.0-beta.1.tgz`)
      .concat("downhill-0.2.0-beta.1.tgz")
      .sort(),
  );
  for (const file of packed) expect(stdout).toContain(`npm publish release/${file} --provenance=false`);
  expect(stdout.indexOf("downhill-0.2.0")).toBeLessThan(stdout.indexOf("npm publish release/downhill-cli"));
}, 60_000);

test("a changelog without an entry is an error", () => {
  git("checkout", "--quiet", "--", ".");
  writeFileSync(join(folder, "CHANGELOG.md"), "# Changelog\n\n## Unreleased\n\n## 0.1.0 (2026-01-01)\n\n- Old.\n");
  const message = 'release: CHANGELOG.md has no entry under "## Unreleased". Describe the changes there.\n';
  expect(release("0.2.0").stderr).toBe(message);
});
