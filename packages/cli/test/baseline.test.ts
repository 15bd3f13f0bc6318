// The comparison of a model with its baseline, and the positive class.
import { readFileSync } from "node:fs";
import { formatNumber } from "@downhill/plots/format";
import { accuracy, type FittedClassifier, type FittedTableClassifier, logLossOfScores, rocCurve } from "downhill";
import { afterAll, describe, expect, test } from "vitest";
import { dataset, downhill, eventsOf, recordsOf, Scratch, savedTable } from "./world.ts";

const scratch = new Scratch();
const model = scratch.at("model.json");
const page = scratch.at("report.html");
afterAll(() => scratch.remove());

const train = (data: string, ...more: string[]) => ["train", data, "--target", "y", "--save", model, ...more];
const table = (name: string, rows: number, row: (i: number) => readonly (string | number | boolean)[]) =>
  scratch.file(name, ["a,b,y", ...Array.from({ length: rows }, (_, i) => row(i).join())].join("\n"));
const noise = (i: number) => ((i * 7919) % 997) / 997;
const savedModel = () => savedTable(model).model as FittedClassifier;
/** The headline of the report, with ordinary spaces. */
const headline = () => /<h1>(.*?)<\/h1>/.exec(readFileSync(page, "utf8"))![1]!.replaceAll("\u00a0", " ");

describe("the comparison with the baseline", () => {
  test("a model with the same accuracy as the baseline “ok”, 98 %", async () => {
    const data = table("ok.csv", 500, (i) => [noise(i), noise(i * 3 + 1), i % 50 === 0 ? "bad" : "ok"]);
    const ran = await downhill(train(data, "--report", page));
    expect(ran.code).toBe(0);
    expect(ran.stdout).toMatch(/\naccuracy +98\.0 % +98\.0 %\n {2}baseline accuracy +98\.0 % +98\.0 %\n/);
    expect(ran.stdout.split("\n").at(-2)).toBe(
      "No better than always predicting “ok”: both are right for 98.0 % of the held-out rows.",
    );
    expect(headline()).toBe("No better than always predicting “ok”: both are right for 98.0 % of the held-out rows.");
    const end = eventsOf(await downhill(train(data, "--json"))).at(-1)!;
    expect(end["heldOut"]).toMatchObject({
      accuracy: 0.98,
      recall: 0,
      precision: null,
      baseline: { answer: "ok", accuracy: 0.98, modelIs: "equal" },
    });
    const evaluated = await downhill(["evaluate", model, data]);
    expect(evaluated.stdout.split("\n").at(-2)).toBe(
      "No better than always predicting “ok”: both are right for 98.0 % of the rows.",
    );
  });

  test("a regression on noise", async () => {
    const data = table("noise.csv", 60, (i) => [noise(i), noise(i * i), noise(i * 31 + 5)]);
    const ran = await downhill(train(data, "--report", page));
    const sentence =
      /^Worse than always predicting 0\.\d+ \(the mean of the training rows\): the model has an RMSE of 0\.\d+ on the held-out rows, and the baseline has 0\.\d+\.$/;
    expect(ran.stdout.split("\n").at(-2)).toMatch(sentence);
    expect(headline()).toMatch(sentence);
    const evaluated = await downhill(["evaluate", model, data, "--json"]);
    const { rmse, baseline } = JSON.parse(evaluated.stdout) as {
      rmse: number;
      baseline: { rmse: number; modelIs: string };
    };
    expect(baseline.modelIs).toBe(rmse < baseline.rmse ? "better" : "worse");
  });

  test("errors that differ only by rounding are equal, in every unit", async () => {
    for (const unit of ["", "e-9", "e9"]) {
      const data = table("three.csv", 3, (i) => [i + 1, 1, `${2 * (i + 1)}${unit}`]);
      const end = eventsOf(await downhill(train(data, "--json"))).at(-1)!;
      expect(end["heldOut"]).toMatchObject({ baseline: { rmse: 0, modelIs: "equal" } });
    }
    const data = table("two.csv", 5, (i) => [i, 1, i + 2.5]);
    expect((await downhill(train(data))).stdout).toMatch(
      /No better than .*: the model has an RMSE of \S+ on the held-out rows, and the baseline has 0\. The difference is only rounding\.\n$/,
    );
  });

  test("predictions that are nearly exact are pointed out", async () => {
    const parts = table("parts.csv", 60, (i) => [i, (i * i) % 11, i + ((i * i) % 11)]);
    const hint = "The predictions are nearly exact: check whether the target is computed from these columns.";
    expect((await downhill(train(parts))).stdout).toContain(hint);
    const noisy = table("noisy.csv", 60, (i) => [i, (i * i) % 11, i + ((i * i) % 11) + ((i * 7) % 5) / 1000]);
    expect((await downhill(train(noisy))).stdout).not.toContain(hint);
  });

  test("evaluate uses the answer of the training rows", async () => {
    const data = table("line.csv", 50, (i) => [i, 1, 2 * i + 1]);
    await downhill(train(data));
    const { stdout } = await downhill(["evaluate", model, table("two.csv", 2, (i) => [i, 1, 2 * i + 1]), "--json"]);
    const mean = savedTable(model).training.baseline as number;
    expect(Math.abs(mean - 50)).toBeLessThan(5);
    const expected = Math.sqrt(((mean - 1) ** 2 + (mean - 3) ** 2) / 2);
    expect(JSON.parse(stdout)).toMatchObject({
      baseline: { answer: mean, rmse: expect.closeTo(expected, 9), modelIs: "better" },
    });
  });

  test("terminal, JSON and report give the same numbers", async () => {
    const argv = ["train", dataset("diabetes"), "--target", "progression", "--save", model, "--report", page];
    const end = eventsOf(await downhill([...argv, "--json"])).at(-1)!;
    const text = readFileSync(page, "utf8");
    const block = JSON.parse(/<script type="application\/json" id="run">(.*)<\/script>/.exec(text)![1]!) as typeof end;
    expect([block["train"], block["heldOut"], block["loss"]]).toEqual([end["train"], end["heldOut"], end["loss"]]);
    const { stdout } = await downhill([...argv, "--force"]);
    const [train, heldOut] = [end["train"], end["heldOut"]] as Record<"r2" | "rmse" | "mae", number>[];
    for (const [name, key] of [
      ["R²", "r2"],
      ["RMSE", "rmse"],
      ["MAE", "mae"],
    ] as const) {
      const values = [train![key], heldOut![key]].map((value) => formatNumber(value));
      expect(stdout.split("\n").map((line) => line.trim().split(/ +/))).toContainEqual([name, ...values]);
      expect(text).toMatch(new RegExp(`<dt>${name}</dt>\\s*<dd>${values[1]}\\s*<small>training rows ${values[0]}`));
    }
    expect(headline()).toMatch(new RegExp(`^It explains ${(100 * heldOut!.r2).toFixed(1)} % of the variance`));
  });

  test("a better model", async () => {
    const ran = await downhill(["train", dataset("breast_cancer"), "--target", "diagnosis", "--save", model]);
    expect(ran.stdout.split("\n").at(-2)).toMatch(
      /^Better than always predicting “benign”: the model is right for 9\d\.\d % of the held-out rows, and the baseline for 63\.2 %\.$/,
    );
  });
});

describe("the positive class of two", () => {
  /** The label is "yes" in one row of five; the larger a is, the more probable is "yes". */
  const rare = (yes: string, no: string) =>
    table(`${yes}.csv`, 200, (i) => [
      i % 5 === 0 ? 1 + noise(i) : 1.6 * noise(i),
      noise(3 * i),
      i % 5 === 0 ? yes : no,
    ]);

  test.each([
    ["zebra", "ant"],
    ["ant", "zebra"],
    ["0", "1"],
    ["false", "true"],
  ])("is the rarer: %s, not %s", async (yes, no) => {
    const data = rare(yes, no);
    const events = eventsOf(await downhill(train(data, "--json")));
    expect(events[1]!["positive"]).toEqual(JSON.parse(/^[\dtf]/.test(yes) ? yes : JSON.stringify(yes)));
    expect(savedModel().classes.map(String)).toEqual([no, yes]);
    const { stdout } = await downhill(["predict", model, data, "--probabilities"]);
    expect(stdout.split("\n")[0]).toBe(`prediction,probability_${no},probability_${yes}`);
    const fitted = savedModel() as FittedClassifier & { coefficients: { data: Float64Array } };
    expect(fitted.coefficients.data[0]).toBeGreaterThan(0);
    const text = await downhill(train(data, "--report", page));
    expect(text.stderr.replace(/\s+/g, " ")).toContain(`positive class ${yes} (the rarer class)`);
    expect(readFileSync(page, "utf8")).toContain(`ROC curve for ${yes}</title>`);
  });

  test("precision, recall and the ROC area refer to it", async () => {
    const data = rare("ant", "zebra");
    const end = eventsOf(await downhill(train(data, "--hold-out", "0", "--json"))).at(-1)!;
    const fitted = savedTable(model) as FittedTableClassifier;
    const X = recordsOf(readFileSync(data, "utf8"));
    const y = X.map((row) => row["y"]!);
    const prediction = fitted.predict(X);
    const hits = prediction.filter((label, i) => label === "ant" && y[i] === "ant").length;
    expect(hits).toBeGreaterThan(5);
    expect(end["train"]).toMatchObject({
      accuracy: accuracy(prediction, y),
      precision: hits / prediction.filter((label) => label === "ant").length,
      recall: hits / 40,
      rocArea: rocCurve(fitted.scores(X).data, y, "ant").area,
      logLoss: logLossOfScores(fitted.scores(X), y, ["zebra", "ant"]),
    });
  });

  test("is the class that --positive names", async () => {
    const events = eventsOf(await downhill(train(rare("ant", "zebra"), "--positive", "zebra", "--json")));
    expect(events[1]!["positive"]).toBe("zebra");
    expect(savedModel().classes).toEqual(["ant", "zebra"]);
  });

  test("is the later class if both are equally frequent", async () => {
    const { stderr } = await downhill(train(table("even.csv", 40, (i) => [i, noise(i), i % 2 ? "a" : "b"])));
    expect(stderr.replace(/\s+/g, " ")).toContain("positive class b (both are equally frequent)");
  });

  test.each([["maybe", 'train: --positive must be one of the classes ant, zebra, got "maybe". Choose one of these.']])(
    "%s, which is not a class, is an error",
    async (label, sentence) => {
      const { code, stderr } = await downhill(train(rare("ant", "zebra"), "--positive", label));
      expect([code, stderr]).toEqual([2, `✖ ${sentence}\n`]);
    },
  );

  test("is an error for a target that does not have two classes", async () => {
    const three = await downhill([
      "train",
      dataset("iris"),
      "--target",
      "species",
      "--positive",
      "setosa",
      "--save",
      model,
    ]);
    expect([three.code, three.stderr]).toEqual([
      2,
      "✖ train: --positive needs a target with two classes, but this target has 3 classes. Leave out --positive.\n",
    ]);
    const none = await downhill([
      "train",
      dataset("diabetes"),
      "--target",
      "progression",
      "--positive",
      "1",
      "--save",
      model,
    ]);
    expect(none.code).toBe(2);
  });
});

test("the log loss of a row whose probability rounds to 0 is finite", async () => {
  const data = table("far.csv", 100, (i) => [i, noise(i), i < 50 ? "low" : "high"]);
  await downhill(train(data, "--no-standardize", "--l2", "0", "--epochs", "50"));
  const far = table("outlier.csv", 1, () => [-1e6, 0, "high"]);
  const { stdout } = await downhill(["evaluate", model, far, "--json"]);
  const fitted = savedModel();
  const scores = fitted.scores([[-1e6, 0]]);
  expect(Math.min(...fitted.probabilities([[-1e6, 0]]).data)).toBe(0);
  expect((JSON.parse(stdout) as { logLoss: number }).logLoss).toBe(Math.abs(scores.data[0]!));
});
