// Every link from a page to a file of the repository, or to a heading, leads to one that exists. So do the names of files
// and folders in docs/architecture.md.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
  cwd: root,
  encoding: "utf8",
});
const files = listed.split("\n").filter((file) => file !== "" && existsSync(join(root, file)));
const pages = files.filter((file) => file.endsWith(".md"));

const proseOf = (page: string): string => readFileSync(join(root, page), "utf8").replaceAll(/^```.*?^```$/gms, "");

/** The anchors of a page: those that GitHub gives to headings, and `<a id="…">`. */
const anchorsOf = (page: string): string[] => [
  ...[...proseOf(page).matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  ),
  ...[...proseOf(page).matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id!),
];

/** Describes the fault of a link of a page; null when the link is right. */
function problemOf(page: string, link: string): string | null {
  if (/^[a-z]+:/.test(link)) return null; // an address outside the repository
  const [path, anchor] = link.split("#") as [string, string?];
  const target = path === "" ? page : join(dirname(page), path);
  if (!existsSync(join(root, target))) return `${page}: no file ${target}`;
  return anchor === undefined || anchorsOf(target).includes(anchor) ? null : `${page}: no heading ${link}`;
}

test("links between pages lead to files and headings", () => {
  const links = pages.flatMap((page) =>
    [...proseOf(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => ({ page, link: link! })),
  );
  expect(links.length).toBeGreaterThan(20);
  expect(links.map(({ page, link }) => problemOf(page, link)).filter((problem) => problem !== null)).toEqual([]);
  expect(problemOf("README.md", "docs/none.md")).toBe("README.md: no file docs/none.md");
  expect(problemOf("README.md", "docs/models.md#none")).toBe("README.md: no heading docs/models.md#none");
});

test("files and folders that the page on the architecture names exist", () => {
  const names = [...proseOf("docs/architecture.md").matchAll(/`([\w./-]+(?:\.(?:ts|css|md)|\/))`/g)].map(
    ([, name]) => name!,
  );
  expect(names.length).toBeGreaterThan(30);
  const paths = files.map((file) => `/${file}`);
  expect(names.filter((name) => !paths.some((path) => path.includes(`/${name}`)))).toEqual([]);
});
