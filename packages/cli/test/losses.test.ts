// --loss of a linear regression: settings, scores with the baseline of the loss, the saved model, and errors.
import { readFileSync } from "node:fs";
import { type FittedRegression, random } from "downhill";
import { afterAll, describe, expect, test } from "vitest";
import { downhill, eventsOf, Scratch, savedTable } from "./world.ts";

const scratch = new Scratch();
const model = scratch.at("model.json");
const report = scratch.at("report.html");
afterAll(() => scratch.remove());

/** Visits are counts with mean e^(0.5 + 0.4 x); every 40th row has far too many minutes. */
function table(): string {
  const draw = random(3);
  const lines = Array.from({ length: 400 }, (_, row) => {
    const x = 4 * draw.uniform();
    let visits = -1; // Knuth: multiply uniform numbers until the product is below e^−mean
    for (let product = 1; product > Math.exp(-Math.exp(0.5 + 0.4 * x)); visits++) product *= draw.uniform();
    const minutes = 20 + 5 * x + draw.normal() + (row % 40 === 0 ? 300 : 0);
    return `${x},${visits},${minutes}`;
  });
  return scratch.file("visits.csv", `x,visits,minutes\n${lines.join("\n")}\n`);
}
const data = table();

const train = (target: "visits" | "minutes", ...options: string[]) => {
  const other = target === "visits" ? "minutes" : "visits";
  return downhill(["train", data, "--target", target, "--drop", other, "--save", model, ...options]);
};

describe.each([
  ["huber", "minutes", [], "Huber loss · delta ", "mae", "an MAE", "the median"],
  ["absolute", "minutes", [], "absolute loss, smoothed in an interval of width 0.01", "mae", "an MAE", "the median"],
  ["quantile", "minutes", ["--quantile", "0.9"], "· quantile 0.9", "pinballLoss", "a pinball loss", "the quantile 0.9"],
  ["poisson", "visits", [], "Poisson loss", "deviance", "a Poisson deviance", "the mean"],
] as const)("--loss %s", (loss, target, options, settings, metric, error, constant) => {
  const run = (...more: string[]) => train(target, "--model", "linear", "--loss", loss, ...options, ...more);

  test("its settings and the comparison with the baseline of the loss are printed", async () => {
    const { code, stdout, stderr } = await run();
    expect(code).toBe(0);
    expect(stderr.replace(/\s+/g, " ")).toContain(settings);
    expect(stdout).toMatch(
      new RegExp(
        `Better than always predicting [\\d.]+ \\(${constant} of the training rows\\): the model has ${error} of`,
      ),
    );
  });

  test("evaluate measures the same error, and load of the library predicts the same numbers", async () => {
    const events = eventsOf(await run("--json"));
    const heldOut = events.find(({ event }) => event === "end")!["heldOut"] as Record<string, unknown>;
    const { stdout } = await downhill(["evaluate", model, data, "--json"]);
    const all = JSON.parse(stdout);
    expect(Object.keys(all)).toContain(metric);
    expect(all.baseline).toMatchObject({ modelIs: "better" });
    expect(Object.keys(heldOut)).toEqual(Object.keys(all).filter((name) => name !== "model" && name !== "rows"));
    const fitted = savedTable(model).model as FittedRegression;
    expect(fitted.settings["loss"]).toBe(loss);
    const predicted = await downhill(["predict", model, data]);
    expect(predicted.code).toBe(0);
  });

  test("the report compares with the same baseline", async () => {
    await run("--report", report);
    const page = readFileSync(report, "utf8");
    expect(page).toMatch(/is \d+\.\d(&nbsp;|\u00a0| )% below that of the baseline\./);
    expect(page.includes("the logarithm of visits")).toBe(loss === "poisson");
  });
});

test("the squared loss can be set, and gives the model of the default", async () => {
  await train("minutes", "--model", "linear");
  const one = readFileSync(model, "utf8");
  await train("minutes", "--model", "linear", "--loss", "squared");
  expect(JSON.parse(readFileSync(model, "utf8")).body).toEqual(JSON.parse(one).body);
});

test("--delta sets the delta of the Huber loss", async () => {
  const { stderr } = await train("minutes", "--loss", "huber", "--delta", "3");
  expect(stderr).toContain("Huber loss · delta 3");
  expect(savedTable(model).model).toMatchObject({ settings: { loss: "huber", delta: 3 } });
});

test("without --model, the loss of a linear regression chooses the model linear, also for counts that look like classes", async () => {
  const counts = scratch.file(
    "counts.csv",
    `x,n\n${Array.from({ length: 60 }, (_, i) => `${i % 7},${i % 3}`).join("\n")}\n`,
  );
  const { code, stderr } = await downhill(["train", counts, "--target", "n", "--loss", "poisson", "--no-save"]);
  expect(code).toBe(0);
  expect(stderr).toContain("model linear, because --loss poisson predicts numbers\n");
  const classes = await downhill(["train", counts, "--target", "n", "--no-save"]);
  expect(classes.stderr).toContain("model softmax");
});

describe("errors", () => {
  test.each([
    ["--loss quantile", "train: --loss quantile needs --quantile. Add --quantile 0.9, for example."],
    ["--delta 2", "train: --delta works only with --loss huber. Add --loss huber, or leave out --delta."],
    [
      "--quantile 0.5 --loss huber",
      "train: --quantile works only with --loss quantile. Add --loss quantile, or leave out --quantile.",
    ],
    ["--loss hinge", "the model linear, which suits this target, has no --loss hinge."],
    ["--loss quantile --quantile 1", "It must be a number above 0 and below 1."],
    [
      "--model svm --loss huber",
      "train: the model svm has no --loss huber. Use --loss hinge or squaredHinge, or use --model linear.",
    ],
    [
      "--model network --loss huber",
      "train: the model network has no option --loss. Leave out --loss, or use --model linear, svm or factorization.",
    ],
  ])("%s", async (options, sentence) => {
    const target = options.includes("svm") ? "visits" : "minutes";
    const { code, stderr } = await train(target, ...options.split(" "));
    expect(code).toBe(2);
    expect(stderr).toContain(sentence);
  });

  test("the advice works", async () => {
    expect((await train("minutes", "--loss", "quantile", "--quantile", "0.9")).code).toBe(0);
  });

  test("negative targets of the Poisson loss", async () => {
    const negative = scratch.file("negative.csv", "x,y\n1,2.5\n2,-1\n3,4\n4,-2\n5,6\n");
    const { code, stderr } = await downhill(["train", negative, "--target", "y", "--loss", "poisson", "--save", model]);
    expect(code).toBe(3);
    expect(stderr).toContain(
      "train: the Poisson loss needs a target from 0 to 1e15, but 2 rows have other numbers, such as -1. " +
        "Correct the rows, or train with another --loss.",
    );
    await train("visits", "--model", "linear", "--loss", "poisson");
    const rows = scratch.file("rows.csv", "x,visits\n1,2\n2,-1\n");
    expect((await downhill(["evaluate", model, rows])).stderr).toContain("evaluate: the Poisson loss needs a target");
  });
});
