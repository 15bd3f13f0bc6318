// `downhill train … --open`: the page computes the run of the command again, to the last bit.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { DivergenceError } from "downhill";
import { afterAll, describe, expect, test } from "vitest";
import {
  labKinds,
  labLayers,
  labLimits,
  labLists,
  labOptimizers,
  labSchedules,
  labStart,
  MOST_BYTES,
} from "../../cli/src/lab/labOptions.ts";
import { dataset, downhill, interruptedSoon, Scratch, type World } from "../../cli/test/world.ts";
import { readTable } from "../src/files/readTable.ts";
import { decodeLink } from "../src/links/decodeLink.ts";
import { MOST_BYTES as mostBytesOfPage } from "../src/page/ownFiles.ts";
import { openRun } from "../src/page/runFiles.ts";
import { columnKinds, fileFields } from "../src/state/dataFields.ts";
import { finalLoss } from "../src/state/finalLoss.ts";
import { labRun } from "../src/state/labRun.ts";
import { heldOutField } from "../src/state/labState.ts";
import { descentFields, models, optimizers, schedules, seedFields } from "../src/state/trainingFields.ts";

const scratch = new Scratch();
afterAll(() => scratch.remove());

/** Runs the command until it serves the page. Returns its exit code, its messages, and the link of the page. */
async function opened(argv: readonly string[], world: World = {}) {
  let listeners = 0; // the first one belongs to the training, the second to the server
  const { code, stdout, stderr } = await downhill([...argv, "--no-save", "--open"], {
    env: { LANG: "C.UTF-8", PATH: "" }, // without a program that opens a browser
    onInterrupt(handler) {
      if (++listeners === 2) setTimeout(handler, 100);
      else return world.onInterrupt?.(handler) ?? (() => {});
      return () => {};
    },
    ...(world.now && { now: world.now }),
  });
  expect(stderr).toContain("Your data stay on this computer.");
  const link = stdout
    .split("\n")
    .at(-2)!
    .replace(/^[^#]*/, "");
  return { code, stderr, link };
}

/** The link of a run that ends well. */
async function linkOf(argv: readonly string[]): Promise<string> {
  const { code, link } = await opened(argv);
  expect(code).toBe(0);
  return link;
}

/** The run of a link as the page computes it. */
async function runOf(link: string, file: string) {
  const { state, problems } = await decodeLink(link);
  expect(problems).toEqual([]);
  const reading = await readTable(readFileSync(file), { name: basename(file) });
  return { updates: state.view.updates, steps: labRun(state, reading.table!).prepare({ every: 1 }).steps() };
}

/** Numbers and classes whose names and delimiter need quotes in a link. */
const odd = scratch.file(
  "odd, ä+b:c&d=e.csv",
  `a,b;x+y:z;left out;city;y&=\n${Array.from({ length: 80 }, (_, i) => `${i % 7};${(i * 5) % 9};${i};${["Rome", "", "Oslo"][i % 3]};${(i * 3) % 11},5`).join("\n")}\n`,
);
const ratings = scratch.file(
  "ratings.csv",
  `who,what,stars\n${Array.from({ length: 200 }, (_, i) => `u${i % 20},i${(i * 7) % 31},${1 + ((i * 3) % 5)}`).join("\n")}\n`,
);

describe("the link of a run", () => {
  test.each([
    ["defaults of classes", dataset("iris"), ["--target", "species"]],
    ["defaults of two classes", dataset("breast_cancer"), ["--target", "diagnosis"]],
    ["a column that is left out", dataset("diabetes"), ["--target", "progression", "--drop", "age", "--l2", "0.01"]],
    [
      "columns of other kinds, and texts that are missing",
      odd,
      ["--target", "y&=", "--na", "Oslo,+ 1", "--column", "left out:category", "--column", "x+y:z:category"],
    ],
    ["odd names", odd, ["--target", "y&=", "--drop", "left out", "--loss", "huber"]],
    [
      "codes as numbers",
      dataset("digits"),
      ["--target", "digit", "--column", "digit:number", "--l1", "0.1", "--epochs", "20"],
    ],
    ["a network", dataset("iris"), ["--target", "species", "--model", "network", "--hidden", "5,3", "--epochs", "20"]],
    ["patience", dataset("wine"), ["--target", "cultivar", "--optimizer", "adam", "--patience", "3", "--epochs", "40"]],
    [
      "numbers as the start",
      odd,
      ["--target", "y&=", "--column", "y&=:number", "--drop", "city", "--start=-1,1e-7,0.3,2"],
    ],
    ["a scaled start", dataset("wine"), ["--target", "cultivar", "--start", "random*4", "--epochs", "5"]],
    [
      "a schedule with a warm-up and numbers of the optimizer",
      dataset("wine"),
      [
        ...["--target", "cultivar", "--optimizer", "adamW", "--decay", "0.5", "--beta1", "0.8", "--epsilon", "1e-6"],
        ...["--schedule", "exponential:factor=0.9,every=5", "--warm-up", "4", "--epochs", "20"],
      ],
    ],
    [
      "rows in sequence, and a stop by the gradient",
      dataset("wine"),
      [
        ...["--target", "cultivar", "--learning-rate", "0.3", "--batch-size", "16", "--order", "sequential"],
        ...["--stop-gradient", "0.05"],
      ],
    ],
    [
      "rows drawn with replacement",
      dataset("wine"),
      [
        ...["--target", "cultivar", "--learning-rate", "0.3", "--batch-size", "16", "--order", "replacement"],
        ...["--epochs", "20"],
      ],
    ],
    ["a hinge", dataset("breast_cancer"), ["--target", "diagnosis", "--model", "svm", "--no-standardize"]],
    [
      "another seed",
      dataset("wine"),
      ["--target", "cultivar", "--learning-rate", "0.1", "--seed", "7", "--hold-out", "0", "--epochs", "60"],
    ],
    [
      "ratings",
      ratings,
      [
        "--model",
        "factorization",
        "--user",
        "who",
        "--item",
        "what",
        "--rating",
        "stars",
        "--rank",
        "3",
        "--epochs",
        "5",
      ],
    ],
  ])("has the loss of the command: %s", async (_, file, options) => {
    const argv = ["train", file, ...options];
    const { stdout } = await downhill([...argv, "--no-save", "--quiet"]);
    const { state, problems } = await decodeLink(await linkOf(argv));
    expect([problems, state.data]).toEqual([[], expect.objectContaining({ kind: "file", name: basename(file) })]);
    const reading = await readTable(readFileSync(file), { name: basename(file) });
    let loss = Number.NaN;
    let updates = 0;
    for (const step of labRun(state, reading.table!).prepare({ every: "epoch" }).steps()) {
      loss = finalLoss(step.history);
      updates = step.t;
    }
    expect([`${loss}\n`, state.view.updates]).toEqual([stdout, updates]);
  });

  test.each([
    [
      "in the first epoch",
      dataset("iris"),
      ["--target", "species", "--model", "network", "--batch-size", "1", "--learning-rate", "1e5"],
    ],
    [
      "after some epochs",
      dataset("diabetes"),
      ["--target", "progression", "--learning-rate", "2", "--batch-size", "full"],
    ],
    [
      "with its last model kept",
      dataset("diabetes"),
      ["--target", "progression", "--learning-rate", "2", "--batch-size", "full", "--keep-diverged"],
    ],
  ])("leads to the divergence of a run that diverges %s", async (_, file, options) => {
    const { code, stderr, link } = await opened(["train", file, ...options]);
    const error = stderr.indexOf("✖ ");
    expect([code, error >= 0 && error < stderr.indexOf("The lab is at this address")]).toEqual([4, true]);
    const { updates, steps } = await runOf(link, file);
    expect(() => Array.from(steps)).toThrow(
      expect.toSatisfy((thrown) => thrown instanceof DivergenceError && thrown.update === updates),
    );
  });

  test("leads to the kept model in the report of a run that diverged", async () => {
    const report = scratch.at("diverged.html");
    const options = ["--target", "progression", "--learning-rate", "2", "--batch-size", "full", "--keep-diverged"];
    await downhill(["train", dataset("diabetes"), ...options, "--report", report, "--no-save"]);
    const [, json] = /<script type="application\/json" id="run">(.*?)<\/script>/s.exec(readFileSync(report, "utf8"))!;
    const { lab, updates: kept, stopped } = JSON.parse(json!);
    const { updates, steps } = await runOf(lab, dataset("diabetes"));
    expect([updates, stopped]).toEqual([kept, "diverged"]);
    let last = 0;
    for (const { t } of steps) {
      last = t;
      if (t === updates) break;
    }
    expect(last).toBe(kept);
  });

  test("a run file or a report of more than 200 MB is not read", async () => {
    const piece = new Uint8Array(1_000_000).fill(32);
    for (const start of ['{ "kind": "downhill run"', "<!doctype html>"]) {
      const content = new Blob([start, ...Array<Uint8Array<ArrayBuffer>>(200).fill(piece)]);
      const { state, problems } = (await openRun("large.json", content))!;
      expect([state, problems]).toEqual([null, [expect.stringContaining("large.json has more than 200 MB")]]);
    }
  });

  test("leads to the update at which Ctrl-C ended a run", async () => {
    const ran = await opened(["train", dataset("digits"), "--target", "digit", "--batch-size", "8"], interruptedSoon());
    expect(ran.code).toBe(130);
    const { updates, steps } = await runOf(ran.link, dataset("digits"));
    const all = Array.from(steps, ({ t }) => t);
    expect([updates > 0, updates < all.at(-1)!]).toEqual([true, true]);
  });

  test("a run whose first update diverges is not opened", async () => {
    const huge = scratch.file(
      "huge.csv",
      `x,y\n${Array.from({ length: 9 }, (_, i) => `${i}e90,${i % 4}e90`).join("\n")}\n`,
    );
    const options = ["--target", "y", "--no-standardize", "--learning-rate", "1", "--hold-out", "0", "--no-save"];
    const { code, stderr } = await downhill(["train", huge, ...options, "--open"]);
    expect([code, stderr]).toEqual([
      4,
      expect.stringContaining("The lab is not opened, because the first update diverged."),
    ]);
  });

  test.each([
    [["--missing", "median"], "--missing"],
    [["--class-weights", "balanced"], "--class-weights"],
    [["--folds", "5"], "--folds"],
    [["--column", "petal_width_cm:ordinal:0.1<0.2"], "--column petal_width_cm:ordinal"],
    [["--column", "petal_width_cm:date:%Y"], "--column petal_width_cm:date"],
  ])("%j has no setting in the lab", async (options, name) => {
    const ran = await downhill(["train", dataset("iris"), "--target", "species", "--open", ...options]);
    const flag = name.split(" ")[0];
    expect([ran.code, ran.stdout, ran.stderr]).toEqual([
      2,
      "",
      `✖ train: the lab has no setting for ${name}, so --open does not work. Leave out ${flag} or --open.\n`,
    ]);
  });

  test("a value beyond the limits of the lab and DATA that the page cannot read are errors", async () => {
    const units = await downhill(["train", dataset("iris"), "--target", "species", "--hidden", "65", "--open"]);
    expect([units.code, units.stderr]).toEqual([2, expect.stringContaining("units in --hidden is at most 64, got 65")]);
    for (const [start, problem] of [
      ["random*1001", "the scale of --start is at most 1000, got 1001"],
      ["0,-2e9", "the size of a number in --start is at most 1000000000, got 2000000000"],
      [Array(401).fill(0).join(), "the number of numbers in --start is at most 400, got 401"],
    ] as const) {
      const ran = await downhill(["train", dataset("iris"), "--target", "species", "--start", start, "--open"]);
      expect([ran.code, ran.stderr]).toEqual([2, expect.stringContaining(problem)]);
    }
    for (const [options, problem] of [
      [["--optimizer", "adam", "--epsilon", "2"], "--epsilon is at most 1, got 2"],
      [
        ["--learning-rate", "1", "--schedule", "inverseTime:decay=1001"],
        "the number decay of --schedule is at most 1000, got 1001",
      ],
    ] as const) {
      const ran = await downhill(["train", dataset("iris"), "--target", "species", ...options, "--open"]);
      expect([ran.code, ran.stderr]).toEqual([2, expect.stringContaining(problem)]);
    }
    const query = await downhill(["train", `SELECT * FROM '${dataset("iris")}'`, "--target", "species", "--open"]);
    expect([query.code, query.stderr]).toEqual([2, expect.stringContaining("--open needs one CSV or Parquet file")]);
  });

  test("the command has the limits of the page", () => {
    const { rank, delta, holdOut, seed, ...descent } = labLimits;
    const fields = [
      [models.factorization.rank, rank],
      [models.linear.delta, delta],
      [heldOutField, holdOut],
      [seedFields.run, seed],
      ...Object.entries(descent).map(([name, limit]) => [descentFields[name as keyof typeof descent], limit] as const),
    ] as const;
    for (const [field, limit] of fields) {
      expect([field.allows(limit), field.allows(limit * 2)]).toEqual([true, false]);
    }
    for (const [limits, variants] of [
      [labOptimizers, optimizers],
      [labSchedules, schedules],
    ] as const) {
      for (const [name, fields] of Object.entries(variants)) {
        const own: Readonly<Record<string, number>> = (limits as Record<string, Record<string, number>>)[name] ?? {};
        expect(Object.keys(own).sort()).toEqual(Object.keys(fields).sort());
        for (const [number, field] of Object.entries<{ allows(value: unknown): boolean }>(fields))
          expect([field.allows(own[number]), field.allows(own[number]! * 2)]).toEqual([true, false]);
      }
    }
    expect(MOST_BYTES).toBe(mostBytesOfPage);
    expect(labKinds).toEqual(columnKinds);
    expect(
      [fileFields.na, fileFields.kinds].map((field) =>
        [labLists.na, labLists.column].map((count) => field.allows(Array(count).fill("a:number"))),
      ),
    ).toEqual([
      [true, false],
      [true, true],
    ]);
    const { start } = descentFields;
    const { scale, numbers, size } = labStart;
    for (const most of [{ random: scale }, Array(numbers).fill(-size)]) expect(start.allows(most)).toBe(true);
    for (const more of [{ random: 2 * scale }, Array(numbers + 1).fill(1), [2 * size], [-2 * size]])
      expect(start.allows(more)).toBe(false);
    const { hidden } = models.network;
    const { layers, units } = labLayers;
    expect(hidden.allows(Array(layers).fill(units))).toBe(true);
    expect([hidden.allows(Array(layers + 1).fill(1)), hidden.allows([units + 1])]).toEqual([false, false]);
  });
});
