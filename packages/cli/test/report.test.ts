// The report: one well-formed file that loads no other, for any column names. Its sentences are snapshots in reports/.

import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readHtml } from "../../plots/test/html.ts";
import { pageFaults } from "../../plots/test/safe.ts";
import { dataset, downhill, Scratch } from "./world.ts";

const scratch = new Scratch();
const page = scratch.at("report.html");
afterAll(() => scratch.remove());

async function report(...argv: string[]): Promise<string> {
  const { code, stderr } = await downhill([
    "train",
    ...argv,
    "--save",
    scratch.at("model.json"),
    "--report",
    page,
    "--progress",
    "none",
  ]);
  expect(code, stderr).toBe(argv.includes("--keep-diverged") ? 4 : 0);
  return readFileSync(page, "utf8");
}

function check(text: string): void {
  expect(pageFaults(text)).toEqual([]);
  expect(text.replaceAll("http://www.w3.org/2000/svg", "")).not.toMatch(/https?:|\/\/[a-z]|@import|url\((?!#)/i);
  const elements = readHtml(text);
  const figures = elements.filter(({ name }) => name === "figure");
  const full = figures.filter(({ attributes }) => attributes.get("class") === "full");
  expect(elements.filter(({ name }) => name === "svg")).toHaveLength(2 * figures.length + full.length);
}

const datasets = dirname(dataset("iris"));

const rateSection = /<section aria-labelledby="rate">.*?<\/section>/s;

/**
 * The sentences of a page, one line for each: headings, paragraphs, scores, titles and captions of charts and tables. The section
 * on the learning rate is left out: its sentences are those of the library, which has tests of them.
 */
function sentencesOf(page: string): string {
  const text = page.replace(rateSection, "");
  const shown = new Set(["h1", "h2", "h3", "p", "dt", "dd", "small", "title", "figcaption", "caption", "li", "footer"]);
  const lines = readHtml(text)
    .filter(({ name, text }) => shown.has(name) && text.trim() !== "")
    .map(
      ({ name, text }) => `${name}: ${text.trim().replaceAll(scratch.path, "FOLDER").replaceAll(datasets, "DATASETS")}`,
    );
  return `${lines.filter((line, i) => line !== lines[i - 1]).join("\n")}\n`; // a chart is there for each width
}

test("the section on the learning rate has the findings, the ruler, the sweep, and the states of the run", async () => {
  const argv = [dataset("diabetes"), "--target", "progression", "--learning-rate", "0.7", "--keep-diverged"];
  const text = await report(...argv);
  const elements = readHtml(text.replace(/<main>.*<\/main>/s, rateSection.exec(text)![0]));
  const textsOf = (name: string): string[] => elements.filter((each) => each.name === name).map((each) => each.text);
  const titles = [...new Set(textsOf("title"))].slice(1); // the first is that of the page
  expect(titles[0]).toBe("What a learning rate does on these rows");
  expect(titles[1]).toMatch(/^Loss after at most \d+ updates$/);
  expect(titles[2]).toBe("States of the run");
  expect(textsOf("li")[0]).toMatch(/^The learning rate 0\.7 is above the limit 0\.506/);
  expect(textsOf("caption").at(-1)).toBe("The states of the run.");
  const { diagnosis, states: stored, certificate } = runOf(text);
  expect(diagnosis).toMatchObject({ forecast: { band: "diverges", learningRate: 0.7 } });
  expect((stored as { state: string }[]).at(-1)!.state).toBe("diverged");
  expect(certificate).toBeNull();
});

test("the section on the learning rate explains dead units and the part of the penalty", async () => {
  const query = "SELECT i AS x, sin(i) AS y FROM range(1, 40) AS numbers(i)";
  const argv = [query, ..."--target y --model network --hidden 2 --no-standardize --seed 0".split(" ")];
  const section = rateSection.exec(await report(...argv))![0];
  expect(section).toMatch(/[12] of 2 hidden units (is|are) 0 for every row/);
  const penalised = rateSection.exec(await report(dataset("wine"), "--target", "cultivar"))![0];
  expect(penalised).toMatch(/\d+\s% of the objective [\d.]+ is the penalty\./);
});

const runOf = (text: string) =>
  JSON.parse(/<script type="application\/json" id="run">(.*)<\/script>/.exec(text)![1]!) as Record<string, unknown>;

test("logistic: headline, loss, confusion, ROC, coefficients, data and settings", async () => {
  const text = await report(dataset("breast_cancer"), "--target", "diagnosis");
  check(text);
  await expect(sentencesOf(text)).toMatchFileSnapshot("reports/logistic.txt");
  expect(runOf(text)).toMatchObject({
    format: "downhill run",
    model: "logistic",
    stopped: "converged",
    settings: { l2: 1 / 455 },
  });
  expect(text.length).toBeLessThan(300_000);
});

const wine = `SELECT alcohol, hue, cultivar = 'class_0' AS first FROM '${dataset("wine")}'`;
const iris = `SELECT petal_length_cm, petal_width_cm, species FROM '${dataset("iris")}'`;
const bmi = `SELECT bmi, progression FROM '${dataset("diabetes")}'`;
const runs: [name: string, argv: string[]][] = [
  ["softmax", [iris, "--target", "species"]],
  ["digits", [dataset("digits"), "--target", "digit", "--epochs", "20"]],
  ["network", [wine, ..."--target first --model network --epochs 5".split(" ")]],
  ["svm", [wine, ..."--target first --model svm".split(" ")]],
  ["linear", [dataset("diabetes"), "--target", "progression"]],
  ["one-feature", [bmi, ..."--target progression --hold-out 0".split(" ")]],
  ["early-stop", [dataset("iris"), ..."--target species --model network --patience 2 --epochs 5".split(" ")]],
  ["diverged", [bmi, ..."--target progression --learning-rate 3 --epochs 50 --keep-diverged".split(" ")]],
];

test("the error curve of a diverged run ends at its last epoch, on a logarithmic axis", async () => {
  const text = await report(bmi, ..."--target progression --learning-rate 3 --epochs 48 --keep-diverged".split(" "));
  const { errors, heldOut } = runOf(text) as Record<
    "errors" | "heldOut",
    { epochs: number[]; heldOut: number[]; rmse: number }
  >;
  expect(errors.epochs.at(-1)).toBe(48);
  expect(errors.heldOut.at(-1)! / heldOut.rmse).toBeCloseTo(1, 9);
  expect(text).toContain("RMSE (log scale)");
});

test.each(runs)("the report of %s", async (name, argv) => {
  const text = await report(...argv);
  check(text);
  await expect(sentencesOf(text)).toMatchFileSnapshot(`reports/${name}.txt`);
});

test("the plane of two features is paler where its class is less probable, and shows the slack of a margin", async () => {
  const argvOf = (name: string): string[] => runs.find((run) => run[0] === name)![1];
  const softmax = await report(...argvOf("softmax"));
  expect(softmax).toContain("A region has less colour where its class is less probable.");
  expect(softmax).toContain('opacity="0.3"');
  const svm = await report(...argvOf("svm"));
  expect(svm).toMatch(/>slack<\/text>/);
  const network = await report(...argvOf("network"));
  expect(network).not.toMatch(/>slack<\/text>|A region has less/);
});

test("the report of ratings", async () => {
  const lines = Array.from({ length: 60 }, (_, i) => `${i % 9},${(i * 4) % 7},${1 + (i % 5)}`);
  const data = scratch.file("ratings.csv", `user,item,rating\n${lines.join("\n")}\n`);
  const text = await report(
    data,
    ..."--model factorization --user user --item item --rating rating --rank 2".split(" "),
  );
  check(text);
  await expect(sentencesOf(text)).toMatchFileSnapshot("reports/factorization.txt");
});

test("a table sorted by class, nothing held out: the picture shows a fair sample of both classes", async () => {
  const lines = Array.from({ length: 6000 }, (_, i) => `${(i * 7) % 31},${(i * 11) % 37},${i < 3000 ? "a" : "b"}`);
  const data = scratch.file("sorted.csv", `u,v,y\n${lines.join("\n")}\n`);
  const text = await report(data, ..."--target y --hold-out 0 --epochs 5".split(" "));
  expect(text).toContain("The points are a random sample: 1,500 of the 6,000 training rows.");
  const elements = readHtml(text);
  const head = elements.findIndex((element) => element.text === "Points in the region of their class");
  const cells = elements.slice(head).filter(({ name }) => name === "td");
  const points = [1, 4].map((at) => Number(cells[at]!.text)); // of each class: area, points, on their own side
  expect(points.reduce((a, b) => a + b)).toBe(1500);
  for (const count of points) expect(Math.abs(count - 750)).toBeLessThan(100); // five standard deviations of the number in the sample
});

test("a chart of many rows shows a sample, but the score in its caption is of all rows", async () => {
  const lines = Array.from(
    { length: 9000 },
    (_, i) => `${i % 101},${(i % 101) * 2 + ((i * i) % 13) + (i > 5000 ? 40 : 0)}`,
  );
  const data = scratch.file("many.csv", `u,y\n${lines.join("\n")}\n`);
  const text = await report(data, ..."--target y --hold-out 0 --model linear".split(" "));
  const { train } = runOf(text) as { train: { rmse: number; r2: number } };
  expect(text).toContain("The picture shows 2,000 of 9,000 predictions. All predictions: root mean squared error ");
  const [, rmse, r2] = /root mean squared error ([\d.]+), R² ([\d.]+)\.</.exec(text)!;
  expect(text).toContain(`<dt>RMSE</dt><dd>${rmse}<small>`); // the number is written in the same way everywhere
  expect(text).toContain(`<dt>R²</dt><dd>${r2}<`);
  expect(Math.abs(Number(rmse) / train.rmse - 1)).toBeLessThan(5e-4); // four digits are shown
  expect(Math.abs(Number(r2) / train.r2 - 1)).toBeLessThan(5e-4);
});

test("hostile names stay text", async () => {
  const lines = Array.from({ length: 12 }, (_, i) => `${i},${i % 3},u<i>${i % 2},${i % 2 ? "</title>" : "yes&no"}`);
  const data = scratch.file(
    "hostile.csv",
    `"</script><b>x","a""b'c&d",<img src=x onerror=alert(1)>,"--></style>${"\u2028"}y"\n${lines.join("\n")}\n`,
  );
  const text = await report(data, "--target", `--></style>${"\u2028"}y`);
  check(text);
  expect(text).not.toMatch(/<b>|<img|<i>|<\/style>\u2028/);
  expect(runOf(text)).toMatchObject({ rows: 12 });
  expect(text).toContain("&#60;/script&#62;&#60;b&#62;x");
});

test("the table of the columns shows what each became in the model", async () => {
  const rows = ["22,red,1,a", ",blue,1,b", "30,red,1,a", "41,blue,1,b", "35,red,1,a", "27,,1,b"];
  const path = scratch.file("columns.csv", `age,color,same,y\n${rows.join("\n")}\n`);
  const text = await report(path, "--target", "y", "--hold-out", "0");
  check(text);
  const cells = readHtml(text)
    .filter(({ name }) => name === "th" || name === "td")
    .map(({ text }) => text.trim());
  const useOf = (column: string) => cells[cells.indexOf(column, cells.indexOf("In the model")) + 5];
  expect(useOf("age")).toBe("age, age is missing");
  expect(useOf("color")).toBe("color=blue, color=red, color is missing");
  expect(useOf("same")).toBe("not a feature");
  expect(useOf("y")).toBe("target");
});
