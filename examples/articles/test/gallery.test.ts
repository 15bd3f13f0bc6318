import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type GalleryRun, programs, runGallery, writeGallery } from "../src/index.ts";

const figures = [
  ...["line-loss", "line-fit", "line-rates", "linear-loss", "linear-fit", "logistic-loss", "logistic-field"],
  ...["softmax-loss", "softmax-regions", "network-loss", "network-regions", "network-steady-loss"],
  ...["network-steady-regions", "svm-loss", "svm-margins", "factorization-loss", "factorization-ratings"],
  ...["factorization-objective", "factorization-as-plotted", "factorization-steady-loss"],
  "factorization-steady-ratings",
];

let folder: string;
let runs: GalleryRun[];
let paths: string[];
let page: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gallery-"));
  runs = runGallery();
  paths = await writeGallery(join(folder, "new", "one"), runs);
  page = await readFile(paths[0]!, "utf8");
}, 20_000);

afterAll(() => rm(folder, { recursive: true }));

/** Throws unless every element that begins also ends, in the right place. */
function requireClosed(markup: string): void {
  const open: string[] = [];
  const text = markup.replace(/<style>[^<]*<\/style>/g, "").replace(/^<!doctype html>/, "");
  for (const [tag, end, name] of text.matchAll(/<(\/?)([A-Za-z][\w-]*)(?:\s+[\w:-]+="[^"<]*")*\s*\/?>/g)) {
    if (name === "meta" || tag.endsWith("/>")) continue;
    if (end === "") open.push(name!);
    else if (open.pop() !== name) throw new Error(`</${name}> ends what it did not begin`);
  }
  if (open.length > 0) throw new Error(`<${open.at(-1)}> has no end`);
  const rest = text.replace(/<\/?[A-Za-z][\w-]*(?:\s+[\w:-]+="[^"<]*")*\s*\/?>/g, "");
  if (/[<>]|&(?!(?:amp|lt|gt|quot|#\d+);)/.test(rest)) throw new Error("a sign is not escaped");
}

describe("runGallery", () => {
  it("runs all seven programs in order and compares them with NumPy", () => {
    expect(runs.map(({ program }) => program)).toEqual(Object.keys(programs));
    for (const { result, firstLoss, lastLoss, epochs, maxRelativeDifference, differences } of runs) {
      expect(result.losses).toHaveLength(epochs);
      expect([firstLoss, lastLoss]).toEqual([result.losses[0], result.losses[epochs - 1]]);
      expect(maxRelativeDifference).toBe(Math.max(...Object.values(differences)));
      expect(maxRelativeDifference).toBeLessThan(1e-10);
    }
  });
});

describe("writeGallery", () => {
  it("writes the page and one SVG per figure, and nothing else", async () => {
    expect(paths.map((path) => basename(path))).toEqual(["index.html", ...figures.map((name) => `${name}.svg`)]);
    expect((await readdir(join(folder, "new", "one"))).sort()).toEqual(paths.map((path) => basename(path)).sort());
  });

  it("writes the same bytes twice, over what is there", async () => {
    const again = await writeGallery(join(folder, "new", "one"), runGallery());
    expect(again).toEqual(paths);
    expect((await readFile(again[0]!, "utf8")) === page).toBe(true);
    const other = await writeGallery(join(folder, "two"), runs);
    for (const [i, path] of other.entries())
      expect((await readFile(path)).equals(await readFile(paths[i]!))).toBe(true);
  }, 20_000);

  it("writes well-formed SVGs that stand alone", async () => {
    for (const path of paths.slice(1)) {
      const svg = await readFile(path, "utf8");
      requireClosed(svg);
      expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
      expect(svg.match(/NaN|undefined|light-dark/)).toBeNull();
    }
  });
});

describe("the page", () => {
  it("is well-formed, with one id for one thing and links to what is there", () => {
    requireClosed(page);
    const ids = Array.from(page.matchAll(/\sid="([^"]+)"/g), ([, id]) => id!);
    expect(new Set(ids).size).toBe(ids.length);
    const links = Array.from(page.matchAll(/(?:href="|url\()#([^")]+)/g), ([, id]) => id!);
    expect(links.length).toBeGreaterThan(7);
    for (const link of links) expect(ids).toContain(link);
    expect(page.match(/NaN|undefined/)).toBeNull();
  });

  it("asks for nothing: no script, no address but the names of SVG", () => {
    const asking = [
      /<(?:script|link|img|image|iframe|object|embed|base)\b/i,
      /\s(?:src|srcset|xlink:href|on\w+)="|@import|javascript:/i,
      /url\((?!#)|href="(?!#)/,
      /https?:|\/\/[a-z]/i,
    ];
    const own = page.replaceAll('xmlns="http://www.w3.org/2000/svg"', "");
    for (const pattern of asking) expect(own.match(pattern)?.[0]).toBeUndefined();
  });

  it("says its language, follows light and dark, and has a section per program", () => {
    expect(page).toContain('<html lang="en">');
    expect(page).toContain('<meta name="color-scheme" content="light dark">');
    expect(page.match(/<h1>/g)).toHaveLength(1);
    for (const { program } of runs) expect(page).toContain(`<section id="${program}">`);
  });

  it("holds every figure, wide and narrow, with a caption", () => {
    for (const name of figures) {
      const figure = page.match(new RegExp(`<figure id="${name}"[^]*?</figure>`))?.[0] ?? "";
      expect(Array.from(figure.matchAll(/<svg [^>]*?id="([^"]+)"/g), ([, id]) => id)).toEqual([
        `${name}-wide`,
        `${name}-narrow`,
      ]);
      expect(figure.match(/<figcaption>([^<]+)<\/figcaption>/)?.[1]?.length).toBeGreaterThan(10);
    }
  });

  it("says with numbers what misbehaves", () => {
    const words = page.replaceAll("\u00a0", " ");
    expect(words).toContain(
      "The loss rises in 93 of the 199 epochs after the first, and in 19 of them it more than doubles",
    );
    expect(words).toContain("of the 150 points of class 2, 0 are given to class 2 and 150 to class 0. Only 65.8 %");
    expect(words).toContain("The plotted loss rises from 4.318 to 16.75, in 74 of the 79 epochs");
    expect(words).toContain("That mean falls in every epoch, from 4.106 to 0.788");
    expect(words).toContain("L = 34.25 and the limit is 2 / L = 0.05839");
  });
});
