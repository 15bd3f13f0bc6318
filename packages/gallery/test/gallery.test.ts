import { beforeAll, describe, expect, it } from "vitest";
import { readHtml } from "../../plots/test/html.ts";
import { pageFaults, svgFaults } from "../../plots/test/safe.ts";
import { type GalleryRun, galleryFiles, programs, runGallery } from "../src/index.ts";
import { sectionOf } from "../src/page/galleryFiles.ts";
import { page as pageOfChapters } from "../src/page/pageHtml.ts";

const figures = [
  ...["line-loss", "line-fit", "line-ruler", "line-rates", "linear-loss", "linear-fit", "linear-ruler"],
  ...["logistic-loss", "logistic-field", "logistic-ruler", "softmax-loss", "softmax-regions", "softmax-ruler"],
  ...["network-loss", "network-regions", "network-sharpness", "network-stable-loss", "network-stable-regions"],
  ...["svm-loss", "svm-margins", "svm-ruler", "factorization-loss", "factorization-ratings"],
  ...["factorization-objective", "factorization-plotted-loss", "factorization-ruler", "factorization-formula-loss"],
  "factorization-formula-ratings",
];

let runs: GalleryRun[];
let files: ReturnType<typeof galleryFiles>;
let page: string;
let elements: ReturnType<typeof readHtml>; // of the page

beforeAll(() => {
  runs = runGallery();
  files = galleryFiles(runs);
  page = files[0]!.text;
  elements = readHtml(page);
}, 60_000);

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

describe("galleryFiles", () => {
  it("returns the page and one SVG per figure", () => {
    expect(files.map(({ name }) => name)).toEqual(["index.html", ...figures.map((name) => `${name}.svg`)]);
  });

  it("returns well-formed SVG files that need no other file", async () => {
    for (const { name, text } of files.slice(1)) {
      expect(svgFaults(text)).toEqual([]);
      expect(text).not.toContain("light-dark");
      await expect(text).toMatchFileSnapshot(`snapshots/${name}`); // vitest -u rewrites it; look at the picture before
    }
  });
});

describe("the page", () => {
  it("is well-formed, has unique ids and working links, and loads no other file", () => {
    expect(pageFaults(page)).toEqual([]);
    expect(elements.filter(({ name }) => name === "a")).toHaveLength(7);
    expect(elements.some(({ name }) => name === "script")).toBe(false);
    expect(page.replaceAll("http://www.w3.org/2000/svg", "")).not.toMatch(/https?:|\/\/[a-z]/i);
  });

  it("has a light and a dark theme, and a section per program", () => {
    const scheme = elements.find(({ attributes }) => attributes.get("name") === "color-scheme");
    expect(scheme?.attributes.get("content")).toBe("light dark");
    const sections = elements.filter(({ name }) => name === "section").map(({ attributes }) => attributes.get("id"));
    expect(sections).toEqual(runs.map(({ program }) => program));
  });

  it("has every figure for wide and narrow windows, with a caption", () => {
    const ids = elements
      .filter(({ name }) => name === "figure" || name === "svg")
      .map(({ attributes }) => attributes.get("id"));
    expect(ids).toEqual(figures.flatMap((name) => [name, `${name}-wide`, `${name}-narrow`]));
    for (const { text } of elements.filter(({ name }) => name === "figcaption"))
      expect(text.length).toBeGreaterThan(10);
  });

  it("escapes the text of a section", () => {
    const hostile = "<img src=x onerror=\"alert(1)\"> & 'x' = 1";
    const [{ run, section }] = [{ run: runs[0]!, section: sectionOf(runs[0]!.result) }];
    const part = {
      title: hostile,
      paragraphs: [hostile],
      table: { head: [hostile, hostile], rows: [[hostile, hostile]] },
      figures: [],
    };
    const text = pageOfChapters([{ run, section: { ...section, title: hostile, parts: [part] } }]);
    expect(pageFaults(text)).toEqual([]);
    expect(readHtml(text).find(({ name }) => name === "h2")?.text).toBe(hostile);
    expect(readHtml(text).findLast(({ name }) => name === "td")?.text).toBe(hostile);
  });

  it("explains the problems of the two runs with numbers", () => {
    const words = page.replaceAll("\u00a0", " ");
    expect(words).toContain(
      "The loss rises in 93 of the 199 epochs after the first, and in 19 of them it more than doubles",
    );
    expect(words).toContain(
      "assigns 0 of the 150 points of class 2 to class 2 and 150 of them to class 0. The network classifies only 65.8 %",
    );
    expect(words).toContain("The plotted loss rises from 4.318 to 16.75, in 74 of the 79 epochs");
    expect(words).toContain("This mean falls in every epoch, from 4.106 to 0.788");
    expect(words).toContain("For the article’s learning rate of 0.05 the limit is 40.");
    expect(words).toMatch(/In 1\d of these epochs a mini-batch is above the limit; the largest curvature is 88\.\d\./);
    expect(words).toMatch(
      /The article’s learning rate 0\.05 needs 84 epochs until a millionth .+ The learning rate 0\.45 needs 8\./,
    );
    expect(words).toContain("L = 34.25, and the limit is 2 / L = 0.05839");
  });
});
