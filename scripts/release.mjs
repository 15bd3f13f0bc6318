// Prepares a release: npm run release -- VERSION [--write]
// It checks the version, the changelog and the working tree. Without --write it changes nothing.
// With --write it sets the version in all packages and in the changelog, deletes the build and builds again, runs the tests, packs the
// packages into the folder release/, and prints the commands that publish them. It never publishes.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import semver from "semver";

const root = fileURLToPath(new URL("..", import.meta.url));
const folders = ["downhill", "plots", "gallery", "mpi", "cli"].map((name) => `packages/${name}`); // in the order of their imports
const HEADING = "## Unreleased\n";
const LOCK_ONLY = ["--package-lock-only", "--ignore-scripts", "--no-audit", "--no-fund"];

function fail(message) {
  console.error(`release: ${message}`);
  process.exit(1);
}

const windows = process.platform === "win32"; // npm is a script there, which only a shell can start
function npm(...args) {
  const { status } = spawnSync("npm", args, { cwd: root, stdio: "inherit", shell: windows });
  if (status !== 0)
    fail(`npm ${args[0]} failed. The new versions are in the working tree: git restore . removes them.`);
}
const read = (path) => readFileSync(join(root, path), "utf8");
const readJson = (path) => JSON.parse(read(path));
const writeJson = (path, value) => writeFileSync(join(root, path), `${JSON.stringify(value, null, 2)}\n`);

/** The package.json of a package with the new version and with the addresses of the root's package.json. */
function released(manifest, version, folder, workspace, names) {
  const withVersion = (field) => {
    if (manifest[field] === undefined) return {};
    const ranges = Object.entries(manifest[field]).map(([name, range]) => [
      name,
      names.includes(name) ? version : range,
    ]);
    return { [field]: Object.fromEntries(ranges) };
  };
  return {
    ...manifest,
    version,
    homepage: workspace.homepage,
    bugs: workspace.bugs,
    repository: { ...workspace.repository, directory: folder },
    ...withVersion("dependencies"),
    ...withVersion("peerDependencies"),
  };
}

const { values, positionals } = parseArgs({ options: { write: { type: "boolean" } }, allowPositionals: true });
const [version = ""] = positionals;
if (positionals.length !== 1 || semver.valid(version) !== version) {
  fail(`one version is needed, such as 1.2.3 or 1.2.3-beta.1, got ${positionals.join(" ") || "none"}.`);
}
const workspace = readJson("package.json");
const manifests = folders.map((folder) => ({ folder, manifest: readJson(`${folder}/package.json`) }));
const names = manifests.map(({ manifest }) => manifest.name);
const current = manifests[0].manifest.version;
if (version !== current && !semver.gt(version, current)) {
  fail(`the version must be later than ${current} (or the same, if ${current} is not published yet), got ${version}.`);
}
const changelog = read("CHANGELOG.md");
const changes = changelog.split(HEADING)[1]?.split("\n## ")[0].trim();
if (!changes) fail('CHANGELOG.md has no entry under "## Unreleased". Describe the changes there.');
const changed = execFileSync("git", ["status", "--porcelain"], { cwd: root, encoding: "utf8" });
if (changed !== "") fail(`the working tree has changes. Commit or stash them:\n${changed.trimEnd()}`);

console.log(`Release ${version} (now ${current}) of ${names.join(", ")}`);
console.log(`Address in the packages: ${workspace.repository.url} (change it in the root's package.json)`);
console.log(`Changes:\n${changes}\n`);
if (!values.write) {
  console.log(
    `Nothing was changed. Run it again with --write to set the versions, run the tests and pack the packages.`,
  );
  process.exit(0);
}

for (const { folder, manifest } of manifests) {
  writeJson(`${folder}/package.json`, released(manifest, version, folder, workspace, names));
}
const date = new Date().toISOString().slice(0, 10);
writeFileSync(join(root, "CHANGELOG.md"), changelog.replace(HEADING, `${HEADING}\n## ${version} (${date})\n`));
npm("install", ...LOCK_ONLY);
if (existsSync(join(root, "bench/package-lock.json"))) {
  npm("install", ...LOCK_ONLY, "--prefix", "bench");
}
for (const folder of folders) {
  rmSync(join(root, folder, "dist"), { recursive: true, force: true }); // it may contain files whose source was moved
  for (const name of readdirSync(join(root, folder)))
    if (name.endsWith(".tsbuildinfo")) rmSync(join(root, folder, name));
}
npm("test");
rmSync(join(root, "release"), { recursive: true, force: true });
mkdirSync(join(root, "release"));
npm("pack", ...folders.flatMap((folder) => ["--workspace", folder]), "--pack-destination", "release");

const files = names.map((name) => `release/${name.replace("@", "").replace("/", "-")}-${version}.tgz`);
console.log(`
The packages are in release/. Look at them, and then publish with the workflow:

  git commit --all --message "Release ${version}"
  git tag v${version}
  git push --follow-tags origin HEAD v${version}

Or publish by hand, without the proof of origin that only the workflow can give:

${files.map((file) => `  npm publish ${file} --provenance=false`).join("\n")}`);
