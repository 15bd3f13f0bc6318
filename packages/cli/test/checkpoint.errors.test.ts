// --checkpoint and --resume: files, data and options that do not fit, Ctrl-C, and runs that have ended.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { resumeLine } from "../src/checkpoint/files.ts";
import { version } from "../src/process/version.ts";
import { downhill, type Ran, Scratch, standardInput, type World } from "./world.ts";

const scratch = new Scratch();
afterAll(() => scratch.remove());
const $ = (name: string): string => scratch.at(name);

const lines = Array.from({ length: 80 }, (_, i) => `${(i * 37) % 41},${["red", "blue"][i % 2]},${(i * 13) % 29}`);
const textOf = (rows: readonly string[], head = "size,color,price"): string => `${head}\n${rows.join("\n")}\n`;
const table = scratch.file("table.csv", textOf(lines));
const base = ["train", table, "--target", "price", "--batch-size", "8", "--learning-rate", "0.01", "--epochs", "20"];
const quiet = ["--no-save", "--quiet"];

/** Presses Ctrl-C at a call of the clock. */
function interruptedAt(at: number): World {
  let handler = () => {};
  let calls = 0;
  return {
    now() {
      calls += 1;
      if (calls === at) handler();
      return 1000 * calls;
    },
    onInterrupt(own) {
      handler = own;
      return () => {
        handler = () => {};
      };
    },
  };
}

const errorOf = ({ code, stderr }: Ran): [number, string] => [
  code,
  stderr.trim().split("\n").at(-1)!.replaceAll(scratch.path, "DIR"),
];
const resumed = (argv: readonly string[], from = $("run.ckpt")): Promise<Ran> =>
  downhill([...argv, ...quiet, "--resume", from]);

beforeAll(async () => {
  const { code } = await downhill([...base, ...quiet, "--checkpoint", $("run.ckpt")], interruptedAt(10));
  expect(code).toBe(130);
});

describe("options", () => {
  const without = (name: string): string[] => base.filter((word, i) => word !== name && base[i - 1] !== name);
  const isOf = '✖ train: "DIR/run.ckpt" is the checkpoint of a run with other options:';
  const advice = "Use the options of the checkpoint, or leave out --resume to start anew.";

  test.each([
    [[...base, "--l2", "0.2"], "the checkpoint has no --l2, and this run has --l2 0.2"],
    [without("--learning-rate"), "the checkpoint has --learning-rate 0.01, and this run has no --learning-rate"],
    [[...base, "--no-standardize"], "the checkpoint has no --standardize, and this run has --no-standardize"],
    [[...base, "--seed", "7"], "the checkpoint has --seed 0, and this run has --seed 7"],
    [[...base, "--folds", "3"], "the checkpoint has no --folds, and this run has --folds 3"],
    [[...base, "--start", "random"], "the checkpoint has no --start, and this run has --start random"],
    [[...base, "--start=-1,0.5,2"], "the checkpoint has no --start, and this run has --start -1,0.5,2"],
    [
      [...base, "--schedule", "step:factor=0.5,every=10"],
      "the checkpoint has no --schedule, and this run has --schedule step:factor=0.5,every=10",
    ],
    [[...base, "--drop", "color"], "the checkpoint has no --drop, and this run has --drop color"],
    [
      [...without("--batch-size"), "--batch-size", "16", "--patience", "3"],
      "the checkpoint has --batch-size 8, and this run has --batch-size 16; the checkpoint has no --patience, and this run has --patience 3",
    ],
  ])("%j", async (argv, difference) => {
    expect(errorOf(await resumed(argv))).toEqual([2, `${isOf} ${difference}. ${advice}`]);
  });

  test("another start", async () => {
    const from = $("start.ckpt");
    const own = [...base, "--start", "random*0.5"];
    expect((await downhill([...own, ...quiet, "--checkpoint", from], interruptedAt(10))).code).toBe(130);
    const path = isOf.replace("run.ckpt", "start.ckpt");
    for (const [argv, now] of [
      [base, "no --start"],
      [[...base, "--start", "random*2"], "--start random*2"],
      [[...base, "--start", "zeros"], "--start zeros"],
    ] as const) {
      const difference = `the checkpoint has --start random*0.5, and this run has ${now}`;
      expect(errorOf(await resumed(argv, from))).toEqual([2, `${path} ${difference}. ${advice}`]);
    }
    const ended = await resumed(own, from);
    expect([ended.code, ended.stdout]).toEqual([0, (await downhill([...own, ...quiet])).stdout]);
  });

  test.each([
    ["a schedule", ["--schedule", "cosine:updates=150,last=1e-4", "--warm-up", "20", "--order", "sequential"]],
    ["rows drawn with replacement", ["--order", "replacement"]],
  ])("a run with %s resumes with the bits of the uninterrupted run", async (name, more) => {
    const from = $(`${name}.ckpt`);
    const own = [...base, ...more];
    expect((await downhill([...own, ...quiet, "--checkpoint", from], interruptedAt(10))).code).toBe(130);
    const ended = await resumed(own, from);
    expect([ended.code, ended.stdout]).toEqual([0, (await downhill([...own, ...quiet])).stdout]);
    expect(ended.stdout).not.toBe((await downhill([...base, ...quiet])).stdout);
  });

  test("the defaults of --seed and --hold-out may be set; output, threads and --epochs may change", async () => {
    const more = ["--seed", "0", "--hold-out", "0.2", "--threads", "2"];
    const argv = [...without("--epochs"), "--epochs", "25", ...more];
    const { code, stdout } = await resumed(argv);
    expect(code).toBe(0);
    expect(stdout).toBe((await downhill([...argv, ...quiet])).stdout);
  });
});

describe("data", () => {
  const isOf = '✖ train: "DIR/run.ckpt" is the checkpoint of a run with other data:';
  const advice = "Use the data of the checkpoint, or leave out --resume to start anew.";
  const changed = (row: number, line: string): string[] => lines.with(row, line);
  const another = (path: string): string[] => base.with(1, path);

  test.each([
    [textOf(lines.slice(1)), "it has 64 training rows, and these data have 63"],
    [textOf(lines, "size,colour,price"), "its columns are color, size, and these data have colour, size"],
    [
      textOf(lines.map((line) => line.replace("red", "1").replace("blue", "0"))),
      'its column "color" has the kind category, and in these data the kind number',
    ],
    [
      textOf(lines.map((line) => line.replace("red", "green"))),
      "rows and columns are as many as before, but some of their values are different",
    ],
  ])("other data, case %#", async (text, difference) => {
    expect(errorOf(await resumed(another(scratch.file("other.csv", text))))).toEqual([
      2,
      `${isOf} ${difference}. ${advice}`,
    ]);
  });

  test("every changed number is found, also in a held-out row", async () => {
    for (const row of [0, 17, 79]) {
      const path = scratch.file(
        "other.csv",
        textOf(changed(row, `${(row * 37) % 41},${["red", "blue"][row % 2]},28.5`)),
      );
      expect(errorOf(await resumed(another(path)))[1]).toContain("some of their values are different");
    }
  });

  test("rows in parts: every changed number is found, and --cache may be added", async () => {
    const path = $("parts.ckpt");
    const own = [...base, "--stream"];
    await downhill([...own, ...quiet, "--checkpoint", path], interruptedAt(10));
    const { stdout } = await downhill([...own, ...quiet]);
    expect((await resumed([...own, "--cache", $("parts.rows")], path)).stdout).toBe(stdout);
    for (const row of [0, 41, 79]) {
      const other = scratch.file(
        "other.csv",
        textOf(changed(row, `${(row * 37) % 41},${["red", "blue"][row % 2]},28.5`)),
      );
      expect(errorOf(await resumed(own.with(1, other), path))[1]).toContain("some of their values are different");
    }
  });

  test("the same rows may come from another file, a query, or standard input", async () => {
    const { stdout } = await downhill([...base, ...quiet]);
    const copy = scratch.file("copy.csv", textOf(lines));
    for (const data of [copy, `SELECT * FROM '${table}'`]) {
      expect((await resumed(another(data))).stdout).toBe(stdout);
    }
    const piped = await downhill([...another("-"), ...quiet, "--resume", $("run.ckpt")], {
      stdin: standardInput(textOf(lines)),
    });
    expect(piped.stdout).toBe(stdout);
  });
});

describe("files", () => {
  const bytes = () => readFileSync($("run.ckpt"));
  const anew = "or leave out --resume to start anew.";

  test("a file that is missing, is no checkpoint, or has another version", async () => {
    expect(errorOf(await resumed(base, $("none.ckpt")))).toEqual([
      3,
      `✖ train: the checkpoint "DIR/none.ckpt" cannot be read: no such file or directory. Correct the name, ${anew}`,
    ]);
    expect(errorOf(await resumed(base, table))).toEqual([
      3,
      '✖ train: "DIR/table.csv" is not a checkpoint of downhill. Use a file that train wrote with --checkpoint, or leave out --resume.',
    ]);
    const older = bytes().toString("latin1").replace(`"downhill":"${version}"`, '"downhill":"0.0.9"');
    expect(errorOf(await resumed(base, scratch.file("old.ckpt", Buffer.from(older, "latin1"))))).toEqual([
      3,
      `✖ train: the checkpoint "DIR/old.ckpt" was written by downhill 0.0.9, and this is downhill ${version}, whose numbers can differ in their last digits. ` +
        `Resume with version 0.0.9, ${anew}`,
    ]);
  });

  test("a file that is incomplete or was changed", async () => {
    const damaged = `✖ train: the checkpoint "DIR/bad.ckpt" is incomplete or was changed. Copy it again, ${anew}`;
    for (const length of [40, 60, 100, 500, bytes().length - 1]) {
      const from = scratch.file("bad.ckpt", bytes().subarray(0, length));
      expect(errorOf(await resumed(base, from)), `${length} bytes`).toEqual([3, damaged]);
    }
    for (const at of [90, 200, bytes().length - 3]) {
      const copy = Buffer.from(bytes());
      copy[at]! ^= 4;
      expect(errorOf(await resumed(base, scratch.file("bad.ckpt", copy))), `byte ${at}`).toEqual([3, damaged]);
    }
  });

  test("a checkpoint of a run that has not ended is not lost", async () => {
    const before = bytes();
    const own = [...base, ...quiet, "--checkpoint", $("run.ckpt")];
    expect(errorOf(await downhill(own))).toEqual([
      2,
      '✖ train: --checkpoint "DIR/run.ckpt" would replace the checkpoint of a run that has not ended. ' +
        "Add --resume DIR/run.ckpt to continue that run, or add --force to replace it.",
    ]);
    expect(bytes()).toEqual(before);
    const copy = scratch.file("forced.ckpt", before);
    expect((await downhill([...base, ...quiet, "--checkpoint", copy, "--force"])).code).toBe(0);
    expect((await downhill([...base, ...quiet, "--checkpoint", copy])).code).toBe(0); // the run of this one has ended
  });

  test("--checkpoint is not another file of the run, a foreign file, or a pipe; --every needs it", async () => {
    const run = async (...argv: string[]) => errorOf(await downhill([...base, ...quiet.slice(1), ...argv]));
    expect(await run("--no-save", "--checkpoint", table)).toEqual([
      2,
      '✖ train: --checkpoint "DIR/table.csv" is the same file as the data. Use another file for --checkpoint.',
    ]);
    expect(await run("--save", $("one"), "--checkpoint", $("one"))).toEqual([
      2,
      '✖ train: --checkpoint "DIR/one" is the same file as --save. Use another file for --checkpoint.',
    ]);
    expect(await run("--save", $("run.ckpt"), "--resume", $("run.ckpt"), "--force")).toEqual([
      2,
      '✖ train: --save "DIR/run.ckpt" is the same file as the checkpoint of --resume. Use another file for --save.',
    ]);
    expect(await run("--no-save", "--checkpoint", scratch.file("notes.txt", "notes"))).toEqual([
      2,
      '✖ train: --checkpoint would replace "DIR/notes.txt", which is not a checkpoint of downhill. Use another file, or add --force to replace it.',
    ]);
    expect(await run("--no-save", "--checkpoint", "/dev/null")).toEqual([
      2,
      '✖ train: --checkpoint "/dev/null" must be a file on a disk, because each checkpoint replaces the last one. Name a file.',
    ]);
    expect(await run("--no-save", "--every", "5")).toEqual([
      2,
      "✖ train: --every works only with --checkpoint. Add --checkpoint run.ckpt, or leave out --every.",
    ]);
  });

  test.each(["0", "0s", "1.5s", "5 minutes", "", "-3", "s"])("--every %j is no interval", async (text) => {
    const { code, stderr } = await downhill([...base, "--checkpoint", $("new.ckpt"), "--every", text]);
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining("It must be a time such as 60s, 10m or 2h, or a number of epochs such as 5."),
    ]);
  });
});

describe("a run that has ended", () => {
  test("all epochs: more epochs continue it with the bits of an uninterrupted run", async () => {
    const own = (epochs: string) => [...base.with(-1, epochs), "--quiet", "--save", $("model.json")];
    const done = $("done.ckpt");
    await downhill([...own("6"), "--checkpoint", done]);
    expect(errorOf(await downhill([...own("6"), "--resume", done]))).toEqual([
      2,
      '✖ train: the run of the checkpoint "DIR/done.ckpt" has done 6 epochs, and the maximum is 6. ' +
        "Set --epochs to at least 7, or leave out --resume to start anew.",
    ]);
    await downhill([...own("9"), "--resume", done]);
    const model = readFileSync($("model.json"), "utf8");
    await downhill(own("9"));
    expect(readFileSync($("model.json"), "utf8")).toBe(model);
  });

  test("all epochs of a run with a schedule: more epochs continue it too", async () => {
    const schedule = ["--schedule", "step:factor=0.5,every=20", "--warm-up", "4"];
    const own = (epochs: string) => [...base.with(-1, epochs), ...schedule, "--quiet", "--save", $("model.json")];
    const done = $("stepped.ckpt");
    await downhill([...own("6"), "--checkpoint", done]);
    expect(errorOf(await downhill([...own("6"), "--resume", done]))[1]).toContain("Set --epochs to at least 7");
    expect((await downhill([...own("9"), "--resume", done])).code).toBe(0);
    const model = readFileSync($("model.json"), "utf8");
    await downhill(own("9"));
    expect(readFileSync($("model.json"), "utf8")).toBe(model);
  });

  test("a run that has converged", async () => {
    const argv = ["train", table, "--target", "price", ...quiet];
    await downhill([...argv, "--checkpoint", $("converged.ckpt")]);
    const [code, error] = errorOf(await downhill([...argv, "--resume", $("converged.ckpt")]));
    expect(code).toBe(2);
    expect(error).toMatch(
      /^✖ train: the run of the checkpoint "DIR\/converged.ckpt" has ended: converged after \d+ epochs?\. Leave out --resume to train anew\.$/,
    );
  });

  test("a learning rate that falls in the second half of the epochs", async () => {
    const own = (epochs: string) => [
      ...[
        "train",
        table,
        "--target",
        "price",
        "--batch-size",
        "8",
        "--epochs",
        epochs,
        "--save",
        $("model.json"),
        "--quiet",
      ],
    ];
    const path = $("falling.ckpt");
    await downhill([...own("20"), "--checkpoint", path], interruptedAt(40)); // in the second half
    expect(errorOf(await downhill([...own("30"), "--resume", path]))).toEqual([
      2,
      '✖ train: the learning rates of the run of the checkpoint "DIR/falling.ckpt" depend on the maximum number of epochs, 20, but --epochs is 30. ' +
        "Set --epochs 20, or leave out --resume to start anew.",
    ]);
    expect((await downhill([...own("20"), "--resume", path, "--checkpoint", path])).code).toBe(0);
    const [code, error] = errorOf(await downhill([...own("30"), "--resume", path]));
    expect([code, error]).toEqual([
      2,
      '✖ train: the run of the checkpoint "DIR/falling.ckpt" has ended: finished all 20 epochs. Leave out --resume to train anew.',
    ]);

    await downhill([...own("20"), "--checkpoint", path], interruptedAt(10)); // in the first half
    expect((await downhill([...own("30"), "--resume", path])).code).toBe(0);
    const model = readFileSync($("model.json"), "utf8");
    await downhill(own("30"));
    expect(readFileSync($("model.json"), "utf8")).toBe(model);
  });
});

describe("Ctrl-C", () => {
  /** The words of the command line that the last line of stderr advises. */
  const advised = ({ stderr }: Ran): string[] => stderr.split("Continue with: downhill ")[1]!.trim().split(" ");

  test("during the training writes a checkpoint and prints the command that continues", async () => {
    const argv = [...base, "--save", $("model.json"), "--checkpoint", $("c.ckpt"), "--every", "1h"];
    const first = await downhill(argv, interruptedAt(10));
    expect([first.code, existsSync($("c.ckpt"))]).toEqual([130, true]);
    const again = await downhill(advised(first), interruptedAt(12));
    expect(again.code).toBe(130);
    expect((await downhill(advised(again))).code).toBe(0);
    const model = readFileSync($("model.json"), "utf8");
    await downhill([...base, "--save", $("model.json")]);
    expect(readFileSync($("model.json"), "utf8")).toBe(model);
  });

  test("during a search writes the finished folds, no model, and prints the command that continues", async () => {
    const argv = [...base, "--search", "l2=0.001..1", "--trials", "3", "--folds", "2", "--save", $("best.json")];
    const own = [...argv, "--checkpoint", $("s.ckpt")];
    const first = await downhill(own, interruptedAt(6));
    expect([first.code, existsSync($("best.json"))]).toEqual([130, false]);
    expect(first.stderr).toContain("train: interrupted before the training. The finished folds are in ");
    const rest = await downhill(advised(first));
    expect(rest.stderr).toMatch(/resumed from \S+: [1-5] finished folds?\n/);
    const whole = await downhill([...argv.slice(0, -1), $("whole.json")]);
    expect(rest.stdout).toBe(whole.stdout);
    expect(readFileSync($("best.json"), "utf8")).toBe(readFileSync($("whole.json"), "utf8"));
  });

  test("the command keeps its words, and has one --resume", () => {
    const argv = ["train", "my data.csv", "--resume", "old", "--target", "y", "--resume=older"];
    expect(resumeLine(argv, "a b")).toBe('downhill train "my data.csv" --target y --resume "a b"');
  });
});

test("--json reports the resumed run and each checkpoint", async () => {
  const path = $("json.ckpt");
  writeFileSync(path, readFileSync($("run.ckpt")));
  const { stdout } = await downhill([
    ...base,
    "--no-save",
    "--json",
    "--resume",
    path,
    "--checkpoint",
    path,
    "--every",
    "4",
  ]);
  const events = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const [start, first] = events.filter(({ event }) => event === "start" || event === "resumed");
  expect([start!["event"], first]).toEqual([
    "start",
    { event: "resumed", path, folds: 0, epoch: expect.any(Number), update: expect.any(Number) },
  ]);
  const written = events.filter(({ event }) => event === "checkpoint");
  expect(written.slice(-2)).toEqual([
    { event: "checkpoint", path, epoch: 16, update: 128, failure: null },
    { event: "checkpoint", path, epoch: 20, update: 160, failure: null },
  ]);
});
