// Packs the published packages as `npm publish` does, and installs them into an empty folder, without a network.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));

/** The folders of the published packages. */
export const publishedFolders = ["downhill", "plots", "gallery", "mpi", "cli"].map((name) => join("packages", name));

export interface PackageJson {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

export const readPackageJson = (folder: string): PackageJson =>
  JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as PackageJson;

/** Environment without the settings of the npm process that runs these tests. */
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));

const npm = (args: readonly string[], cwd: string): string =>
  execFileSync("npm", args, { cwd, env, encoding: "utf8", stdio: "pipe", shell: process.platform === "win32" });

/** Runs a program of the packages in a folder, as `npx` does after an installation. */
export const npx = (args: readonly string[], cwd: string): string =>
  execFileSync("npx", ["--offline", "--yes", ...args], {
    cwd,
    env,
    encoding: "utf8",
    stdio: "pipe",
    shell: process.platform === "win32",
  });

export interface Tarball {
  readonly path: string;
  readonly source: string;
  readonly name: string;
}

/** Packs every published package into the folder. */
export function packAll(into: string): Tarball[] {
  const workspaces = publishedFolders.flatMap((folder) => ["--workspace", folder]);
  npm(["pack", ...workspaces, "--pack-destination", into], root);
  return publishedFolders.map((folder) => {
    const source = join(root, folder);
    const { name, version } = readPackageJson(source);
    return { name, source, path: join(into, `${name.replace("@", "").replace("/", "-")}-${version}.tgz`) };
  });
}

/**
 * Installs tarballs into an empty folder with npm. First the packages that they depend on are copied from this repository.
 * npm runs offline, so a missing declaration of a package fails, here or when the package is used.
 */
export function installTarballs(tarballs: readonly Tarball[], folder: string): void {
  mkdirSync(join(folder, "node_modules"), { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  const own = new Set(readPublishedNames());
  for (const { source } of tarballs) copyDependencies(source, folder, own);
  npm(["install", "--offline", "--no-audit", "--no-fund", ...tarballs.map(({ path }) => path)], folder);
}

const readPublishedNames = (): string[] => publishedFolders.map((folder) => readPackageJson(join(root, folder)).name);

/** Copies the dependencies that a package declares, and theirs, except packages that are copied already. */
function copyDependencies(source: string, folder: string, skipped: ReadonlySet<string>): void {
  const { dependencies = {}, optionalDependencies = {} } = readPackageJson(source);
  for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
    const target = join(folder, "node_modules", name);
    if (skipped.has(name) || existsSync(target)) continue;
    const found = findInstalled(name, source);
    if (found === null) {
      if (name in optionalDependencies) continue; // made for another system
      throw new Error(`${source} declares ${name}, which is not installed. Run npm ci.`);
    }
    cpSync(found, target, { recursive: true });
    copyDependencies(found, folder, skipped);
  }
}

/** The folder from which Node would load a package for a file in `from`. */
function findInstalled(name: string, from: string): string | null {
  const candidate = join(from, "node_modules", name);
  if (existsSync(candidate)) return candidate;
  return dirname(from) === from ? null : findInstalled(name, dirname(from));
}
