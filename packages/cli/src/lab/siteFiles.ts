// The files of the lab's page: the built site, which is a part of this package, and the user's data.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { DataError, OutputError } from "../errors/errors.ts";
import { show } from "../errors/quoting.ts";
import { pageMarks } from "../output/ownFiles.ts";
import { systemMessage } from "../process/systemMessage.ts";

/** The files of a site by their paths, such as "assets/page.js". A file is read when it is needed. */
export type SiteFiles = ReadonlyMap<string, () => Uint8Array>;

/** From a file of `src/lab` and from the bundle. */
const builtSite = fileURLToPath(new URL("../../dist/site/", import.meta.url));

/**
 * The files of the site. With data, the page contains their address in a meta element, and opens them.
 *
 * @param data  the path of the user's file
 * @throws DataError for data that cannot be read; OutputError if the site was not built
 */
export function siteFiles(data: string | undefined, folder = builtSite): SiteFiles {
  const files = new Map<string, () => Uint8Array>();
  for (const path of regularFiles(folder))
    files.set(path.replaceAll("\\", "/"), () => readFileSync(join(folder, path)));
  const page = files.get("index.html");
  if (page === undefined) {
    throw new OutputError(
      `lab: the page is missing in ${show(folder)}. Install @downhill/cli again, or run npm run build.`,
    );
  }
  const marks = [["generator", pageMarks.lab]];
  if (data !== undefined) {
    requireFile(data);
    const path = `data/${basename(data)}`;
    files.set(path, () => readFileSync(data));
    marks.push(["downhill-data", path.split("/").map(encodeURIComponent).join("/")]);
  }
  files.set("index.html", () => Buffer.from(withMarks(page(), marks)));
  return files;
}

/** The page with meta elements at the start of its head. */
function withMarks(page: Uint8Array, marks: readonly (readonly string[])[]): string {
  const elements = marks.map(([name, content]) => `\n    <meta name="${name}" content="${content}" />`);
  return Buffer.from(page)
    .toString("utf8")
    .replace("<head>", () => `<head>${elements.join("")}`);
}

/** The paths of the files in a folder. Symbolic links are left out. */
function regularFiles(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, "/").length));
  } catch {
    return []; // the folder is missing
  }
}

function requireFile(data: string): void {
  try {
    if (statSync(data).isFile()) return;
  } catch (error) {
    throw new DataError(`lab: cannot read ${show(data)}: ${systemMessage(error)}. Check the path.`);
  }
  throw new DataError(`lab: ${show(data)} is not a file. Name a CSV, Parquet or JSON file.`);
}
