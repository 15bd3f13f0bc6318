// --checkpoint and --resume: a run that ends at any moment and resumes has the model of the uninterrupted run, byte for byte.
import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { cases } from "../../downhill/test/cases.ts";
import { dataset, downhill, eventsOf, type Ran, Scratch, type World } from "./world.ts";

const scratch = new Scratch();
afterAll(() => scratch.remove());
const $ = (name: string): string => scratch.at(name);

const diabetes = [dataset("diabetes"), "--target", "progression"];
const cancer = [dataset("breast_cancer"), "--target", "diagnosis"];
const iris = [dataset("iris"), "--target", "species"];
const pairs = Array.from({ length: 400 }, (_, i) => `u${(i * 7) % 23},i${(i * 11) % 31},${1 + ((i * 5) % 9) / 2}`);
const ratings = [scratch.file("ratings.csv", `user,item,rating\n${pairs.join("\n")}\n`)];
const factorization = [...ratings, "--model", "factorization", "--user", "user", "--item", "item"];
const mixed = scratch.file(
  "mixed.csv",
  `size,color,joined,y\n${Array.from({ length: 90 }, (_, i) => `${i % 11 === 0 ? "" : i % 17},${["red", "blue", "green"][i % 3]},2024-01-${String(1 + (i % 28)).padStart(2, "0")},${(i * i) % 7 > 2 ? "yes" : "no"}`).join("\n")}\n`,
);

/** A run of Adam that its patience ends: its validation loss is lowest after epoch 6, and it waits for 5 epochs. */
const patient = [
  ...[...cancer, "--batch-size", "16", "--optimizer", "adam", "--learning-rate", "0.1"],
  ...["--epochs", "30", "--patience", "5"],
];

/** A clock that counts its calls in seconds, and ends the run at one of them as a crash does. */
function crashingClock(at: number): World {
  let calls = 0;
  return {
    now() {
      calls += 1;
      if (calls === at) throw new Error("the machine stops");
      return 1000 * calls;
    },
  };
}

/** Runs, with crashes after these numbers of calls of the clock, and resumes until the run ends. Whether the last run had a checkpoint. */
async function withCrashes(
  argv: readonly string[],
  crashes: readonly number[],
  every: string,
): Promise<Ran & { readonly hadCheckpoint: boolean }> {
  const checkpoint = $("crash.ckpt");
  if (existsSync(checkpoint)) scratch.drop("crash.ckpt");
  const own = ["train", ...argv, "--save", $("resumed.json"), "--json", "--checkpoint", checkpoint, "--every", every];
  for (const at of [...crashes, -1]) {
    const hadCheckpoint = existsSync(checkpoint);
    const ran = await downhill(hadCheckpoint ? [...own, "--resume", checkpoint] : own, crashingClock(at));
    if (!ran.stderr.includes("the machine stops")) return { ...ran, hadCheckpoint };
  }
  throw new Error("the last run has no crash");
}

const commands: readonly (readonly [name: string, argv: readonly string[]])[] = [
  ["linear, full batch", [...diabetes, "--loss", "absolute", "--epochs", "40", "--l1", "0.3"]],
  ["linear, one row, dog", [...diabetes, "--batch-size", "1", "--optimizer", "dog", "--epochs", "5"]],
  ["logistic, adam, patience", patient],
  ["logistic, one row, missing cells and categories", [mixed, "--target", "y", "--batch-size", "1", "--epochs", "6"]],
  [
    "softmax, mini-batches",
    [...iris, "--model", "softmax", "--batch-size", "10", "--epochs", "20", "--trace", "running"],
  ],
  ["svm, hinge", [...cancer, "--model", "svm"]],
  ["network, defaults", [...iris, "--model", "network", "--epochs", "30"]],
  ["factorization, one rating", [...factorization, "--rating", "rating", "--epochs", "9"]],
  ["factorization, implicit", [...factorization, "--feedback", "implicit", "--epochs", "6"]],
  ["search", [...iris, "--model", "softmax", "--search", "l2=1e-4..1", "--trials", "4", "--folds", "3"]],
  ["folds and threshold", [...cancer, "--folds", "4", "--threshold", "f1"]],
  ["rows in parts", [mixed, "--target", "y", "--stream", "--batch-size", "8", "--epochs", "9", "--patience", "8"]],
  ["a run that diverges", [...diabetes, "--learning-rate", "4", "--batch-size", "full", "--keep-diverged"]],
];

/** Other batches of the same models. The contracts of the library (resume.contract.test.ts) resume every optimizer with every size of batches. */
const more: typeof commands = [
  ["linear, mini-batches", [...diabetes, "--batch-size", "32", "--epochs", "9"]],
  ["logistic, full batch", [...cancer, "--no-standardize", "--epochs", "60"]],
  ["softmax, full batch", [...iris, "--model", "softmax"]],
  ["softmax, one row", [...iris, "--model", "softmax", "--batch-size", "1", "--epochs", "8"]],
  ["svm, mini-batches", [...cancer, "--model", "svm", "--batch-size", "8", "--epochs", "7"]],
  ["svm, one row", [...cancer, "--model", "svm", "--batch-size", "1", "--learning-rate", "0.001", "--epochs", "4"]],
  ["network, full batch", [...iris, "--model", "network", "--batch-size", "full", "--epochs", "60"]],
  ["network, one row", [...iris, "--model", "network", "--hidden", "5,4", "--batch-size", "1", "--epochs", "6"]],
  ["factorization, mini-batches", [...factorization, "--rating", "rating", "--batch-size", "20", "--epochs", "9"]],
  ["factorization, full batch", [...factorization, "--rating", "rating", "--penalty", "uniform", "--epochs", "30"]],
  ["rows in parts, full batch", [...cancer, "--stream"]],
];

/** Where two texts begin to differ; "" if they are equal. */
function difference(a: string, b: string): string {
  if (a === b) return "";
  const at = [...a].findIndex((letter, i) => letter !== b[i]);
  return `at ${at}: ${a.slice(at - 80, at + 80)} | ${b.slice(at - 80, at + 80)}`;
}

const endOf = (ran: Ran): string =>
  JSON.stringify(eventsOf(ran).filter(({ event }) => ["search", "folds", "end"].includes(String(event)))).replaceAll(
    /"files":.*?\]/g,
    "",
  );

test.each(cases(commands, [...commands, ...more]))(
  "%s: after crashes at any moment, the same model byte for byte, and the same results",
  async (name, argv) => {
    let resumes = 0;
    let calls = 0;
    const now = (): number => 1000 * ++calls;
    const whole = await downhill(["train", ...argv, "--save", $("whole.json"), "--json"], { now });
    const model = readFileSync($("whole.json"), "utf8");
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 50, max: 90 }), // earlier the first run has no checkpoint yet; sometimes it has none then either
        fc.array(fc.integer({ min: 3, max: 40 }), { minLength: 1, maxLength: 2 }),
        fc.constantFrom("1", "2", "1s", "4s"),
        async (percent, later, every) => {
          const resumed = await withCrashes(argv, [Math.floor((calls * percent) / 100), ...later], every);
          expect(difference(readFileSync($("resumed.json"), "utf8"), model)).toBe("");
          if (/the run of the checkpoint .* has (ended|done)/.test(resumed.stderr)) {
            resumes += 1; // the crash came after all results
            return;
          }
          expect(resumed.stdout.includes('"event":"resumed"')).toBe(resumed.hadCheckpoint);
          if (resumed.hadCheckpoint) resumes += 1;
          expect([resumed.code, endOf(resumed)]).toEqual([whole.code, endOf(whole)]);
        },
      ),
      { numRuns: cases(1, 10), seed: name.length }, // the same cases on every machine
    );
    expect(resumes).toBeGreaterThan(0);
  },
  120_000,
);

test("a checkpoint while the patience waits: the counter and the best parameters are kept", async () => {
  const whole = await downhill(["train", ...patient, "--save", $("whole.json"), "--json"], crashingClock(-1));
  const { stopped, epochs } = eventsOf(whole).at(-1)!;
  expect([stopped, epochs]).toEqual(["validation", 11]);
  const { stdout } = await withCrashes(patient, [28], "1");
  const resumed = eventsOf({ ...whole, stdout }).find(({ event }) => event === "resumed")!;
  expect(resumed["epoch"]).toBeGreaterThan(6);
  expect(resumed["epoch"]).toBeLessThan(11);
  expect(difference(readFileSync($("resumed.json"), "utf8"), readFileSync($("whole.json"), "utf8"))).toBe("");
});

test("a checkpoint in the middle of an epoch: rows that were used are not used again", async () => {
  const many = Array.from(
    { length: 30_000 },
    (_, i) => `${(i * 7919) % 1009},${(i * 104_729) % 997},${(i * 31) % 503}`,
  );
  const argv = [
    scratch.file("many.csv", `a,b,y\n${many.join("\n")}\n`),
    "--target",
    "y",
    "--batch-size",
    "1",
    "--epochs",
    "2",
  ];
  await downhill(["train", ...argv, "--save", $("whole.json"), "--json"]);
  const updates: number[] = [];
  for (const crash of cases([9], [7, 9, 13])) {
    const { stdout } = await withCrashes(argv, [crash], "1s");
    const [, update] = /"event":"resumed".*?"update":(\d+)/.exec(stdout) ?? [];
    updates.push(Number(update ?? 0) % 24_000); // of the rows that are not held out
    expect(difference(readFileSync($("resumed.json"), "utf8"), readFileSync($("whole.json"), "utf8"))).toBe("");
  }
  expect(updates.some((update) => update > 0)).toBe(true);
}, 120_000);

test("the report has the charts, states and numbers of the whole run", async () => {
  const argv = [
    ...iris,
    "--model",
    "network",
    "--batch-size",
    "10",
    "--optimizer",
    "momentum",
    "--learning-rate",
    "0.01",
  ];
  const own = [...argv, "--epochs", "70", "--report", $("report.html")];
  await downhill(["train", ...own, "--save", $("resumed.json"), "--json"], crashingClock(-1));
  const whole = readFileSync($("report.html"), "utf8");
  await withCrashes(own, [20, 25], "2s");
  /** The page without the command line. */
  const charts = (page: string) => page.replace(/<pre.*?<\/pre>/gs, "").replace(/"command":\[.*?\]/, "");
  expect(difference(charts(readFileSync($("report.html"), "utf8")), charts(whole))).toBe("");
});
