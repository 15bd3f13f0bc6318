// Training: the choices, the printed lines and the files; equal runs give equal files.
import { readFileSync } from "node:fs";
import {
  type FittedLinearRegression,
  linearRegression,
  load,
  logisticRegression,
  matrixFromRows,
  momentum,
  plain,
  type Start,
  step,
  trainTestSplit,
  warmUp,
} from "downhill";
import { afterAll, expect, test } from "vitest";
import { dataset, downhill, eventsOf, interruptedSoon, recordsOf, Scratch, savedTable } from "./world.ts";

const scratch = new Scratch();
const model = scratch.at("model.json");
const report = scratch.at("report.html");
afterAll(() => scratch.remove());

const train = (...args: string[]) => ["train", ...args, "--save", model];
const ratings = () => {
  const lines = ["user,item,rating"];
  for (let u = 0; u < 12; u++) {
    for (let i = 0; i < 15; i++) {
      if ((u * 7 + i * 3) % 5 !== 0) lines.push(`u${u},${i},${3 + Math.sin(u) * Math.cos(i)}`);
    }
  }
  return scratch.file("ratings.csv", `${lines.join("\n")}\n`);
};

test("the README's command, twice: the second replaces the files by the same bytes", async () => {
  const argv = [...train(dataset("breast_cancer"), "--target", "diagnosis"), "--report", report];
  const first = await downhill(argv);
  const bytes = [readFileSync(model, "utf8"), readFileSync(report, "utf8")];
  const second = await downhill(argv);
  expect([first.code, second.code]).toEqual([0, 0]);
  expect(first.stderr).toContain(`model written to ${model}\nreport written to ${report}\n`);
  expect(second.stderr).toContain(`report written to ${report} (replaced the existing file)\n`);
  expect([readFileSync(model, "utf8"), readFileSync(report, "utf8")]).toEqual(bytes);
  expect(second.stdout).toBe(first.stdout);
  expect(scratch.names().filter((name) => name.includes("part"))).toEqual([]);
});

test("every default is printed", async () => {
  const { stderr, stdout } = await downhill(train(dataset("breast_cancer"), "--target", "diagnosis"));
  const notes = stderr.replace(/\s+/g, " ");
  for (const phrase of [
    "569 rows",
    "30 features · target diagnosis (2 classes)",
    "20 % held out (114 rows, about the same share of each class)",
    "model logistic, because diagnosis has 2 different values, all text",
    "optimizer automatic · full batch · learning rate: 1, and less after a step that was too long",
    "stops when the loss can fall by at most a billionth of its value, or after 10,000 epochs",
    "l2 0.002198 (1/rows) · l1 0 · columns standardized · positive class malignant (the rarer class) · seed 0",
    "✔ converged after",
  ]) {
    expect(notes).toContain(phrase);
  }
  expect(stdout.split("\n").map((line) => line.split("  ")[0])).toEqual([
    "",
    "rows",
    "loss with penalty",
    "accuracy",
    "",
    "balanced accuracy",
    "log loss",
    "macro F1",
    "precision",
    "recall",
    "F1",
    "ROC area",
    "average precision",
    "Brier score",
    expect.stringMatching(/^Better than always predicting “benign”: /),
    "",
  ]);
  expect(stdout).toMatch(/rows +455 +114\n/);
});

test("a linear regression is least squares by default: five points on y = 2x + 1 give slope 2 and intercept 1", async () => {
  const line = scratch.file("line.csv", "x,y\n1,3.0\n2,5.0\n3,7.0\n4,9.0\n5,11.0\n");
  const ran = await downhill([...train(line, "--target", "y", "--model", "linear", "--hold-out", "0"), "--json"]);
  expect(eventsOf(ran)[1]).toMatchObject({ event: "settings", l2: 0, l1: 0 });
  const { stdout } = await downhill(train(line, "--target", "y", "--model", "linear", "--hold-out", "0"));
  expect(stdout).toMatch(/^loss +\S+$/m); // there is no penalty
  const { coefficients, intercepts } = savedTable(model).model as FittedLinearRegression;
  expect(coefficients.data[0]).toBeCloseTo(2, 5);
  expect(intercepts[0]).toBeCloseTo(1, 5);
});

test("--json prints start, settings, every epoch, and end", async () => {
  const argv = [...train(dataset("breast_cancer"), "--target", "diagnosis", "--epochs", "7", "--seed", "3"), "--json"];
  const ran = await downhill(argv);
  const [start, settings, ...rest] = eventsOf(ran);
  const end = rest.pop();
  expect(start).toMatchObject({
    event: "start",
    rows: 569,
    trainRows: 455,
    heldOutRows: 114,
    target: "diagnosis",
    model: "logistic",
    task: "classification",
    holdOut: 0.2,
    seed: 3,
  });
  expect(start!["features"]).toHaveLength(30);
  expect(settings).toEqual({
    event: "settings",
    optimizer: "automatic",
    batchSize: "full",
    learningRate: expect.any(Number),
    epochs: 7,
    l2: 1 / 455,
    l1: 0,
    standardize: true,
    positive: "malignant",
    seed: 3,
  });
  expect(rest.shift()).toMatchObject({ event: "forecast", learningRate: null });
  expect(rest.map(({ event, epoch }) => [event, epoch])).toEqual(
    [1, 2, 3, 4, 5, 6, 7].map((epoch) => ["epoch", epoch]),
  );
  const losses = rest.map(({ loss }) => loss as number);
  expect(losses).toEqual([...losses].sort((a, b) => b - a));
  expect(rest[0]!["learningRate"]).toBe(settings!["learningRate"]);
  for (const { learningRate } of rest) expect(learningRate).toBeLessThanOrEqual(1);
  expect(end).toMatchObject({ event: "end", epochs: 7, updates: 7, stopped: "epochs", loss: losses.at(-1) });
  const metrics = {
    accuracy: expect.any(Number),
    logLoss: expect.any(Number),
    macroF1: expect.any(Number),
    precision: expect.any(Number),
    recall: expect.any(Number),
    rocArea: expect.any(Number),
  };
  expect(end).toMatchObject({
    train: metrics,
    heldOut: metrics,
    classes: ["benign", "malignant"],
    files: [{ kind: "model", path: model }],
  });
  expect((await downhill(argv)).stdout.replace('"replaced":true', '"replaced":false')).toBe(
    ran.stdout.replace('"replaced":true', '"replaced":false'),
  );
});

test("the model equals the library's model on the library's split", async () => {
  await downhill(train(dataset("breast_cancer"), "--target", "diagnosis", "--epochs", "50", "--seed", "5"));
  const records = recordsOf(readFileSync(dataset("breast_cancer"), "utf8"));
  const names = Object.keys(records[0]!).filter((name) => name !== "diagnosis");
  const numbers = records.map((record) => names.sort().map((name) => Number(record[name])));
  const y = records.map((record) => record["diagnosis"]!);
  const rows = trainTestSplit(y, { testShare: 0.2, seed: 5, stratify: true }).train.sort(); // in the order of the table
  const X = matrixFromRows(Array.from(rows, (row) => numbers[row]!));
  const own = logisticRegression({ epochs: 50, seed: 5 }).fit(
    X,
    Array.from(rows, (row) => y[row]!),
  );
  const saved = savedTable(model);
  expect(saved.model.params()).toEqual(own.params());
  expect(saved.predict(records)).toEqual(own.predict(matrixFromRows(numbers)));
});

test.each<[string, Start]>([
  ["zeros", "zeros"],
  ["random", "random"],
  ["random*2.5", { random: 2.5 }],
  ["-1,0.5,1e-7", Float64Array.of(-1, 0.5, 1e-7)],
])("--start=%s starts where the library starts", async (text, start) => {
  const rows = Array.from({ length: 30 }, (_, i) => [i % 7, (i * 5) % 11, ((i * 3) % 13) / 4]);
  const data = scratch.file("start.csv", `a,b,y\n${rows.join("\n")}\n`);
  const options = ["--hold-out", "0", "--seed", "3", "--epochs", "2", "--learning-rate", "0.01"];
  const events = eventsOf(await downhill([...train(data, "--target", "y"), ...options, `--start=${text}`, "--json"]));
  const own = linearRegression({ start, seed: 3, epochs: 2, optimizer: plain(0.01) }).fit(
    matrixFromRows(rows.map(([a, b]) => [a!, b!])),
    rows.map((row) => row[2]!),
  );
  expect(savedTable(model).model.params()).toEqual(own.params());
  expect(events[1]).toMatchObject({ start: typeof start === "string" ? start : "random" in start ? text : [...start] });
});

test("a schedule, the numbers of an optimizer, the order and the stop are those of the library, and they are printed", async () => {
  const rows = Array.from({ length: 30 }, (_, i) => [i % 7, (i * 5) % 11, ((i * 3) % 13) / 4]);
  const data = scratch.file("schedule.csv", `a,b,y\n${rows.join("\n")}\n`);
  const argv = [
    ...[...train(data, "--target", "y"), "--hold-out", "0", "--epochs", "60", "--batch-size", "7", "--force"],
    ...["--optimizer", "momentum", "--decay", "0.5", "--learning-rate", "0.05", "--warm-up", "4"],
    ...["--schedule", "step:factor=0.5,every=40", "--order", "sequential", "--stop-gradient", "0.1"],
  ];
  const text = (await downhill(argv)).stderr;
  const events = eventsOf(await downhill([...argv, "--json"]));
  const own = linearRegression({
    optimizer: momentum(warmUp(step(0.05, { factor: 0.5, every: 40 }), { updates: 4 }), { decay: 0.5 }),
    ...{ epochs: 60, batchSize: 7, order: "sequential", stop: { gradient: 0.1 } },
  }).fit(
    matrixFromRows(rows.map(([a, b]) => [a!, b!])),
    rows.map((row) => row[2]!),
  );
  expect(own.stopped).toBe("converged");
  expect(savedTable(model).model.params()).toEqual(own.params());
  expect(events[1]).toMatchObject({
    ...{ learningRate: 0.05, schedule: "step:factor=0.5,every=40", warmUp: 4 },
    ...{ decay: 0.5, order: "sequential", stopGradient: 0.1 },
  });
  for (const words of [
    "first learning rate 0.05",
    "step schedule, factor 0.5, every 40",
    "learning rate rising over the first 4 updates",
    "decay 0.5",
    "rows in the same order in each epoch",
    "no entry of the gradient is above 0.1",
  ])
    expect(text.replace(/\s+/g, " ")).toContain(words);
});

test("--order replacement has the rows of the library, in every fold and trial, and is printed", async () => {
  const rows = Array.from({ length: 30 }, (_, i) => [i % 7, (i * 5) % 11, ((i * 3) % 13) / 4]);
  const data = scratch.file("replacement.csv", `a,b,y\n${rows.join("\n")}\n`);
  const argv = [
    ...[...train(data, "--target", "y"), "--hold-out", "0", "--epochs", "9", "--learning-rate", "0.05", "--seed", "3"],
    ...["--order", "replacement", "--force"],
  ];
  const batch = ["--batch-size", "7"];
  const text = (await downhill([...argv, ...batch])).stderr;
  const events = eventsOf(await downhill([...argv, ...batch, "--json"]));
  const numbers = matrixFromRows(rows.map(([a, b]) => [a!, b!]));
  const targets = rows.map((row) => row[2]!);
  const estimatorWith = (batchSize: number) =>
    linearRegression({ optimizer: plain(0.05), epochs: 9, batchSize, order: "replacement", seed: 3 });
  const own = estimatorWith(7).fit(numbers, targets);
  expect(savedTable(model).model.params()).toEqual(own.params());
  expect(events[1]).toMatchObject({ batchSize: 7, order: "replacement" });
  expect(text).toContain("rows drawn with replacement");
  const searched = await downhill([...argv, "--search", "batch-size=7|9", "--trials", "all"]);
  expect(searched.code, searched.stderr).toBe(0);
  const found = [7, 9].map((batchSize) => estimatorWith(batchSize).fit(numbers, targets).params());
  expect(found).toContainEqual(savedTable(model).model.params());
});

test("the numbers of --start are the weights and then the intercept", async () => {
  const data = scratch.file("start.csv", "a,b,y\n1,2,3.5\n2,0,1\n4,1,0\n");
  await downhill([
    ...train(data, "--target", "y", "--hold-out", "0", "--no-standardize", "--start=-1,0.5,7"),
    ...["--epochs", "1", "--learning-rate", "1e-300"],
  ]);
  const { coefficients, intercepts } = savedTable(model).model as FittedLinearRegression;
  expect([[...coefficients.data], [...intercepts]]).toEqual([[-1, 0.5], [7]]);
});

test.each([
  ["iris", "species", "softmax", "classification"],
  ["digits", "digit", "softmax", "classification"],
  ["diabetes", "progression", "linear", "regression"],
  ["diabetes", "sex", "logistic", "classification"],
  ["wine", "cultivar", "softmax", "classification"],
])("%s → %s is learnt by %s", async (name, target, kind, task) => {
  const [start] = eventsOf(await downhill([...train(dataset(name), "--target", target, "--epochs", "1"), "--json"]));
  expect(start).toMatchObject({ model: kind, task });
});

const options: [string, string[], Record<string, unknown>][] = [
  ["network", ["--hidden", "8,4", "--activation", "tanh"], { hidden: [8, 4], activation: "tanh", optimizer: "adam" }],
  ["svm", ["--loss", "squaredHinge"], { loss: "squaredHinge", batchSize: "full" }],
  ["softmax", ["--l1", "0.01", "--l2", "0"], { l1: 0.01, l2: 0 }],
  ["softmax", ["--batch-size", "120"], { batchSize: "full" }],
  ["svm", ["--optimizer", "plain", "--learning-rate", "0.01"], { optimizer: "plain" }],
  ["softmax", ["--batch-size", "32"], { optimizer: "plain" }],
  ["softmax", ["--optimizer", "automatic", "--l1", "0.01"], { optimizer: "automatic", l1: 0.01 }],
  ["network", ["--optimizer", "automatic", "--batch-size", "full"], { optimizer: "automatic" }],
  ["softmax", ["--batch-size", "1"], { batchSize: 1 }],
  ["softmax", ["--learning-rate", "0.125"], { optimizer: "plain", learningRate: 0.125 }],
  ["softmax", ["--optimizer", "adamW"], { optimizer: "adamW", learningRate: 0.01 }],
  ["softmax", ["--optimizer", "nesterov", "--learning-rate", "0.5"], { optimizer: "nesterov", learningRate: 0.5 }],
  ["svm", ["--no-standardize", "--class-weights", "balanced"], { standardize: false, classWeights: "balanced" }],
  ["network", ["--patience", "2"], { patience: 2 }],
];

test.each(options)("%s takes %j", async (kind, args, resolved) => {
  const ran = await downhill([
    ...train(dataset("iris"), "--target", "species", "--epochs", "3", "--model", kind, ...args),
    "--json",
  ]);
  expect(ran.stderr).not.toContain("✖");
  expect(eventsOf(ran)[1]).toMatchObject(resolved);
  expect(JSON.parse(readFileSync(model, "utf8"))).toMatchObject({ run: { model: kind, ...resolved } });
});

test("--trace running replaces the loss of each epoch by that of its batches, and changes neither the model nor the final loss", async () => {
  for (const more of [[], ["--patience", "3"]]) {
    const argv = train(dataset("iris"), "--target", "species", "--model", "network", "--epochs", "12", ...more);
    const ends: unknown[] = [];
    const params: string[] = [];
    for (const trace of ["exact", "running"]) {
      const events = eventsOf(await downhill([...argv, "--trace", trace, "--json"]));
      const epochs = events.filter(({ event }) => event === "epoch");
      expect(epochs.every((epoch) => "loss" in epoch === (trace === "exact"))).toBe(true);
      expect(epochs.every((epoch) => "batchLoss" in epoch === (trace === "running"))).toBe(true);
      ends.push(events.at(-1)!["loss"]);
      params.push(
        (JSON.parse(readFileSync(model, "utf8")) as { body: { model: { params: string } } }).body.model.params,
      );
    }
    expect(Math.abs((ends[1] as number) / (ends[0] as number) - 1)).toBeLessThan(1e-12);
    expect(params[1]).toBe(params[0]);
  }
});

test("with --trace running the progress, the settings, the states and the report name the mean of the batch losses", async () => {
  const argv = train(
    dataset("iris"),
    "--target",
    "species",
    "--model",
    "network",
    "--epochs",
    "20",
    "--trace",
    "running",
  );
  const { stderr } = await downhill([...argv, "--progress", "lines", "--report", report]);
  expect(stderr).toContain("the loss of an epoch is the mean over its batches");
  expect(stderr).toMatch(/epoch 20: 100 % of 20 epochs, batch loss 0\.\d+/);
  expect(stderr).not.toContain("The objective falls");
  expect(readFileSync(report, "utf8")).toContain("Mean loss of the batches of each epoch");
});

test("a decreasing learning rate is printed with its update", async () => {
  const { stderr } = await downhill(
    train(dataset("iris"), "--target", "species", "--batch-size", "50", "--epochs", "3"),
  );
  expect(stderr).toMatch(/learning rate [\d.]+ at update 3, decreasing along a cosine in the second half/);
});

test("--no-standardize, --class-weights and --optimizer change the parameters", async () => {
  const params = async (...args: string[]) => {
    await downhill(train(dataset("wine"), "--target", "cultivar", "--drop", "proline", "--epochs", "5", ...args));
    return (JSON.parse(readFileSync(model, "utf8")) as { body: { model: { params: string } } }).body.model.params;
  };
  const all = [
    await params(),
    await params("--no-standardize"),
    await params("--class-weights", "balanced"),
    await params("--optimizer", "rmsProp"),
    await params("--l1", "0.05"),
    await params("--seed", "1"),
  ];
  expect(new Set(all).size).toBe(all.length);
});

test("ratings: rank, biases and penalty reach the library", async () => {
  const argv = [
    "--model",
    "factorization",
    "--user",
    "user",
    "--item",
    "item",
    "--rating",
    "rating",
    "--rank",
    "2",
    "--no-biases",
    "--penalty",
    "uniform",
    "--epochs",
    "3",
    "--json",
  ];
  const ran = await downhill([...train(ratings()), ...argv]);
  const events = eventsOf(ran);
  expect(events[0]).toMatchObject({
    model: "factorization",
    task: "ratings",
    user: "user",
    item: "item",
    rating: "rating",
  });
  expect(events[1]).toMatchObject({ rank: 2, biases: false, penalty: "uniform", l2: 0.2 / 27, batchSize: "full" });
  expect(events.at(-1)).toMatchObject({
    users: 12,
    items: 15,
    heldOut: { rmse: expect.any(Number), mae: expect.any(Number) },
  });
});

test("--hold-out 0 measures only on training rows; --quiet prints only the loss", async () => {
  const withAllRows = await downhill([
    ...train(dataset("iris"), "--target", "species", "--hold-out", "0", "--epochs", "2"),
    "--json",
  ]);
  expect(eventsOf(withAllRows)[0]).toMatchObject({ trainRows: 150, heldOutRows: 0 });
  expect(eventsOf(withAllRows).at(-1)).toMatchObject({ heldOut: null });
  const quiet = await downhill([
    ...train(dataset("iris"), "--target", "species", "--hold-out", "0", "--epochs", "2"),
    "--quiet",
  ]);
  expect(quiet).toEqual({ code: 0, stderr: "", stdout: `${eventsOf(withAllRows).at(-1)!["loss"]}\n` });
});

test("a query gives the same model as its file", async () => {
  const [query, file] = [`SELECT * FROM '${dataset("iris")}'`, dataset("iris")];
  const end = async (data: string) =>
    eventsOf(await downhill([...train(data, "--target", "species", "--epochs", "5"), "--json"])).at(-1);
  expect((await end(query))!["train"]).toEqual((await end(file))!["train"]);
});

test("Ctrl-C finishes the update, saves the model and exits with 130", async () => {
  const ran = await downhill([...train(dataset("digits"), "--target", "digit"), "--json"], interruptedSoon());
  expect(ran.code).toBe(130);
  const end = eventsOf(ran).at(-1)!;
  expect(end).toMatchObject({ event: "end", stopped: "interrupted" });
  expect(end["epochs"]).toBeLessThan(100);
  expect(load(JSON.parse(readFileSync(model, "utf8")))).toMatchObject({ model: { stopped: "interrupted" } });
});

test("the columns that the model uses are printed by kind, with their numbers of features", async () => {
  const header = ["size", "sex", "member", "joined", "name", "y", ...Array.from({ length: 9 }, (_, c) => `n${c}`)];
  const rows = Array.from({ length: 40 }, (_, i) => [
    i % 9 === 0 ? "" : (i * 7) % 11,
    "abc"[i % 3],
    i % 2 === 0 ? "yes" : "no",
    `2020-0${1 + (i % 9)}-1${i % 7}`,
    `text ${i}`,
    i % 5 < 2 ? 1 : 0,
    ...Array.from({ length: 9 }, (_, c) => (i * (c + 3)) % 13),
  ]);
  const data = scratch.file("kinds.csv", [header, ...rows].map((cells) => cells.join(",")).join("\n"));
  const { stderr } = await downhill(["train", data, "--target", "y", "--epochs", "1", "--no-save"]);
  const lines = stderr.replace(/\n {2}(?=(booleans|categories|dates):)/g, " · ").split("\n");
  expect(lines.find((line) => line.startsWith("  numbers: "))).toBe(
    "  numbers: size (2 features), n0, n1, n2, n3, n4 and 4 more · booleans: member · categories: sex (3 features) · dates: joined (4 features)",
  );
});

test("a large table has a certificate if the run converges, or with --report; otherwise its absence is explained", async () => {
  // 11,000 rows times 99 parameters: few columns, whose importance in the report takes little time, with many categories.
  const row = (i: number): string => `${i % 2},a${(i * 31) % 37},b${(i * 7919) % 61}`;
  const large = scratch.file("large.csv", ["y,a,b", ...Array.from({ length: 11_000 }, (_, i) => row(i))].join("\n"));
  const argv = train(large, "--target", "y", "--hold-out", "0");
  const short = [...argv, "--batch-size", "1000", "--epochs", "1"];
  const absence = "The distance to the best possible loss is not computed";
  const [unconverged, explained, converged] = [
    await downhill(short),
    await downhill([...short, "--report", report]),
    await downhill(argv),
  ];
  expect(unconverged.stderr).toContain(absence);
  for (const { stderr } of [explained, converged]) {
    expect(stderr).not.toContain(absence);
    expect(stderr).toMatch(/The objective is/);
  }
});
