// `mpirun -n N downhill train`: the same model as one process, and the errors of a job.
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cases } from "../../downhill/test/cases.ts";
import { describeMpi, type Ended, mpirun, OPTIONS, run } from "../../mpi/test/mpirun.ts";
import { launchOf } from "../src/process/launch.ts";
import { downhill, Scratch } from "./world.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const bin = join(root, "packages/cli/bin/downhill.js");
const scratch = new Scratch();
/** A network shares the work of these batches; smaller ones would not be worth an exchange. */
const LARGE_BATCHES = ["--batch-size", "2000"];
let table: string;

afterAll(() => scratch.remove());
beforeAll(() => {
  const random = (() => {
    let state = 5;
    return () => {
      state = (Math.imul(state, 1664525) + 1013904223) | 0;
      return state / 2147483648;
    };
  })();
  const columns = Array.from({ length: 20 }, (_, j) => `x${j}`);
  const lines = Array.from({ length: 5800 }, () => {
    const x = columns.map(() => random());
    const score = x[0]! + 0.5 * x[1]! - x[2]! + 0.3 * random();
    return [...x.map((value) => value.toFixed(3)), score.toFixed(3), score > 0 ? "yes" : "no"].join();
  });
  table = scratch.file("table.csv", [[...columns, "score", "class"].join(), ...lines].join("\n"));
});

const onRanks = (n: number, args: readonly string[], options: readonly string[] = []): Promise<Ended> =>
  mpirun(n, [process.execPath, bin, ...args], options);

interface Processes {
  readonly rank: number;
  /** The process that mpirun started. */
  readonly first: number;
  readonly training: number;
}

/** The processes of the ranks that an mpirun has started. */
async function processesOf(launcher: number): Promise<Processes[]> {
  const { stdout } = await run("ps", ["-e", "-o", "pid=,ppid=,args="]);
  const all = stdout
    .trim()
    .split("\n")
    .map((line) => /^ *(\d+) +(\d+) +(.*)$/.exec(line)!)
    .map(([, pid, parent, args]) => ({ pid: Number(pid), parent: Number(parent), args: args! }));
  return all.flatMap(({ pid, parent, args }) => {
    const rank = /^downhill waits for rank (\d+)/.exec(args)?.[1];
    if (parent !== launcher || rank === undefined) return [];
    return [{ rank: Number(rank), first: pid, training: all.find((other) => other.parent === pid)!.pid }];
  });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** The lines of the command, without those of mpirun and the times. */
const printed = ({ stdout }: Ended): string => stdout;

describeMpi("train on ranks", () => {
  test("each rank reads some of the files, and the model is that of one process", async () => {
    const folder = scratch.at("files");
    mkdirSync(folder);
    const connection = await (await DuckDBInstance.create()).connect();
    // In the last file a cell of "code" is no number, one of "long" is not exact, and "color" begins with another category.
    const rows = (part: number, count: number): string =>
      `SELECT i % 7 AS a, CASE WHEN i % 5 > 0 THEN (i * 37 + ${part}) % 101 END AS b, ` +
      `['red', 'green', 'blue', 'grey'][1 + (i // 3 + ${part}) % 4] AS color, ` +
      `CASE WHEN ${part} = 2 AND i = 9 THEN 'A7' ELSE (i % 9)::VARCHAR END AS code, ` +
      `CASE WHEN ${part} = 2 AND i = 5 THEN 9007199254740993 ELSE i % 11 END AS long, ` +
      `1 + i % 2 AS w, i % 7 + (i * 37) % 101 / 50.0 + i % 3 AS y FROM range(${count}) t(i)`;
    const copy = (sql: string, file: string, format: string) =>
      connection.run(`COPY (${sql}) TO '${join(folder, file)}' (FORMAT ${format})`);
    for (const part of [0, 1, 2]) await copy(rows(part, 600), `part-${part}.csv`, "csv, HEADER");
    await copy(rows(0, 5000), "part-0.parquet", "parquet, ROW_GROUP_SIZE 2048");
    await copy(rows(1, 3000), "part-1.parquet", "parquet, ROW_GROUP_SIZE 2048");
    await copy(rows(2, 0), "part-2.parquet", "parquet");
    const stream = (file: string): string[] => ["--stream", "--cache", scratch.at(`${file}.rows`)];
    const memory = (): string[] => [];
    // With four ranks one has no file; with three one has only the file without rows.
    const some = [
      [4, "csv", memory],
      [3, "parquet", stream],
    ] as const;
    const others = [
      [2, "csv", memory],
      [4, "csv", stream],
      [3, "parquet", memory],
    ] as const;
    for (const [n, kind, more] of cases<readonly (typeof some | typeof others)[number][]>(some, [...some, ...others])) {
      const args = (file: string) => {
        const options = ["--target", "y", "--weight", "w", "--epochs", "3", "--save", scratch.at(file), "--force"];
        return ["train", join(folder, `part-*.${kind}`), ...options, ...more(`${kind}-${file}`)];
      };
      const alone = await downhill(args("one.json"));
      expect(alone.code, alone.stderr).toBe(0);
      const together = await onRanks(n, args("several.json"));
      expect(together.code, together.stderr).toBe(0);
      expect(printed(together)).toBe(printed(alone));
      expect(readFileSync(scratch.at("several.json"), "utf8")).toBe(readFileSync(scratch.at("one.json"), "utf8"));
    }
    writeFileSync(join(folder, "part-3.csv"), "a,b,color,code,long,w,y\n1,2,red,4\n");
    const wrong = ["train", join(folder, "part-*.csv"), "--target", "y", "--no-save"];
    const alone = await downhill(wrong);
    const together = await onRanks(2, wrong);
    expect(alone.stderr).toMatch(/^✖ train: .*part-3\.csv:2 has 4 cells, but the header has 7\. Correct the line\.\n$/);
    expect(together.stderr.split("\n").filter((line) => line.includes("part-3.csv:2 has 4 cells"))).toHaveLength(1);
    expect([alone.code, together.code]).toEqual([3, 3]);
  }, 120_000);

  test("a search has the results of one process; report and times come from rank 0 alone", async () => {
    const folder = scratch.at("search");
    mkdirSync(folder);
    const search = ["--search", "l2=0|0.1", "--folds", "2", "--epochs", "3", "--model", "network", ...LARGE_BATCHES];
    const args = (model: string, report: string) => [
      ...["train", table, "--target", "score", "--drop", "class", ...search, "--save", model, "--report", report],
    ];
    const alone = await downhill(args(scratch.at("searched.json"), scratch.at("searched.html")));
    const model = join(folder, "model.json");
    const ended = await onRanks(2, [...args(model, join(folder, "report.html")), "--timings"]);
    expect(ended.code, ended.stderr).toBe(0);
    expect(ended.stdout).toBe(alone.stdout);
    expect(readFileSync(model, "utf8")).toBe(readFileSync(scratch.at("searched.json"), "utf8"));
    expect(readdirSync(folder).sort()).toEqual(["model.json", "report.html"]);
    expect(ended.stderr).toMatch(/2 ranks \(Open MPI \d+\.\d+\.\d+\) share the training/);
    expect(ended.stderr).toMatch(
      /Time: [\d.]+ s for reading, [\d.]+ s for the training, [\d.]+ s for measuring and writing\./,
    );
    expect(ended.stderr).toMatch(
      /Ranks: [1-9]\d* exchanges took [\d.]+ s, [\d.]+ % of the training, with the time of waiting\./,
    );
    expect(ended.stdout.match(/baseline RMSE/g)).toHaveLength(1);
  }, 120_000);

  test("one process resumes a checkpoint of two ranks, with the model of one process", async () => {
    const [model, checkpoint] = [scratch.at("resumed.json"), scratch.at("run.checkpoint")];
    const args = (epochs: number) => [
      ...["train", table, "--target", "class", "--drop", "score", "--model", "network", ...LARGE_BATCHES],
      ...["--learning-rate", "0.01", "--epochs", String(epochs)],
    ];
    const first = await onRanks(2, [...args(2), "--no-save", "--checkpoint", checkpoint, "--every", "1"]);
    expect(first.code, first.stderr).toBe(0);
    expect(first.stderr).not.toContain("shared no work");
    const second = await downhill([...args(4), "--save", model, "--resume", checkpoint]);
    expect(second.code, second.stderr).toBe(0);
    const alone = await downhill([...args(4), "--save", scratch.at("alone.json")]);
    expect(alone.code, alone.stderr).toBe(0);
    expect(readFileSync(model, "utf8")).toBe(readFileSync(scratch.at("alone.json"), "utf8"));
  }, 120_000);

  test("ranks resume the factorization of one process, with the model of one process", async () => {
    const pairs = Array.from({ length: 42_000 }, (_, i) => (i * 7919) % 150_000);
    const rows = pairs.map((pair, i) => `u${Math.floor(pair / 300)},i${pair % 300},${1 + ((pair + i) % 9) / 2}`);
    const ratings = scratch.file("ratings.csv", ["user,item,rating", ...rows].join("\n"));
    const [model, checkpoint] = [scratch.at("ranked.json"), scratch.at("ranked.checkpoint")];
    const args = (epochs: number) => [
      ...["train", ratings, "--model", "factorization", "--user", "user", "--item", "item", "--rating", "rating"],
      ...["--rank", "4", "--learning-rate", "0.02", "--epochs", String(epochs)],
    ];
    const first = await downhill([...args(2), "--no-save", "--checkpoint", checkpoint, "--every", "1"]);
    expect(first.code, first.stderr).toBe(0);
    const second = await onRanks(2, [...args(4), "--save", model, "--resume", checkpoint]);
    expect(second.code, second.stderr).toBe(0);
    expect(second.stderr).not.toContain("shared no work");
    const alone = await downhill([...args(4), "--save", scratch.at("unranked.json")]);
    expect(alone.code, alone.stderr).toBe(0);
    expect(readFileSync(model, "utf8")).toBe(readFileSync(scratch.at("unranked.json"), "utf8"));
  }, 120_000);

  test("rank 0 prepares ratings for the cache, which all ranks open, with the model of one process", async () => {
    const rows = Array.from({ length: 3000 }, (_, i) => `u${(i * 7) % 61},i${(i * 11) % 53},${1 + (i % 9) / 2}`);
    const ratings = scratch.file("few.csv", ["user,item,rating", ...rows].join("\n"));
    const args = (name: string) => [
      ...[
        "train",
        ratings,
        "--model",
        "factorization",
        "--user",
        "user",
        "--item",
        "item",
        "--rating",
        "rating",
        "--epochs",
        "3",
      ],
      ...["--stream", "--cache", scratch.at(`${name}.rows`), "--save", scratch.at(`${name}.json`)],
    ];
    const alone = await downhill(args("aloneRatings"));
    expect(alone.code, alone.stderr).toBe(0);
    const ended = await onRanks(2, args("twoRatings"));
    expect(ended.code, ended.stderr).toBe(0);
    expect(ended.stderr).toContain("The prepared rows are kept in the cache");
    expect(ended.stderr).toContain("they share only explicit ratings in memory");
    for (const file of ["json", "rows"]) {
      const [one, two] = ["aloneRatings", "twoRatings"].map((name) => readFileSync(scratch.at(`${name}.${file}`)));
      expect(one!.equals(two!)).toBe(true);
    }
  }, 120_000);

  test("trains with local epochs, and names them in the output and in the model", async () => {
    const model = scratch.at("local.json");
    const args = (batch: string): string[] => {
      const options = ["--target", "species", "--batch-size", batch, "--epochs", "3", "--local-epochs"];
      return ["train", join(root, "datasets/iris.csv"), ...options, "--save", model];
    };
    const ended = await onRanks(2, args("1"));
    expect(ended.code, ended.stderr).toBe(0);
    expect(ended.stderr).toMatch(/2 ranks \(Open MPI \d+\.\d+\.\d+\) train with local epochs: each on its own rows/);
    expect(ended.stderr).toContain("the model depends on the number of ranks");
    expect(ended.stderr + ended.stdout).toContain("local epochs on 2 ranks");
    expect(readFileSync(model, "utf8")).toContain('"localEpochs":2');
    const inMemory = readFileSync(model, "utf8");
    const stored = await onRanks(2, [...args("1"), "--stream", "--cache", scratch.at("local.rows"), "--force"]);
    expect(stored.code, stored.stderr).toBe(0);
    expect(readFileSync(model, "utf8")).toBe(inMemory);
    const alone = await downhill(args("1"));
    expect(alone.stderr).toContain("train: --local-epochs needs several ranks, but this is one process.");
    expect(alone.code).toBe(2);
    const full = await onRanks(2, args("full"));
    expect(full.stderr).toContain(
      "train: --local-epochs needs batches, but --batch-size is full. Use --batch-size 1, for example,",
    );
    expect(full.code).toBe(2);
  }, 120_000);

  test("reports that small updates are not shared", async () => {
    const options = ["--target", "species", "--no-save"];
    const { code, stderr } = await onRanks(2, ["train", join(root, "datasets/iris.csv"), ...options]);
    expect(code, stderr).toBe(0);
    expect(stderr).toContain("The ranks shared no work, because each update was too small: one process is as fast.");
  }, 60_000);

  test.each([
    [
      "its training",
      (rank: Processes) => rank.training,
      /rank 1 was lost, because its process was ended by SIGKILL/,
      1,
    ],
    ["its first process", (rank: Processes) => rank.first, /rank 1 was lost, because its first process was ended/, 137],
  ])(
    "a rank is lost, because %s is killed: one sentence, and no process remains",
    async (_, which, message, expected) => {
      const slow = [
        "--model",
        "network",
        ...LARGE_BATCHES,
        "--learning-rate",
        "1e-9",
        "--epochs",
        "1000000",
        "--no-save",
      ];
      const line = [process.execPath, bin, "train", table, "--target", "score", "--drop", "class", ...slow];
      const job = spawn("mpirun", [...OPTIONS, "-n", "2", ...line]);
      const ended = new Promise<number | null>((resolve) => job.once("exit", resolve));
      let stderr = "";
      await new Promise<void>((resolve) => {
        job.stderr.setEncoding("utf8").on("data", (text) => {
          stderr += text;
          if (/epoch 1:/.test(stderr)) resolve();
        });
        job.once("exit", () => resolve());
      });
      const ranks = await processesOf(job.pid!);
      expect(ranks, stderr).toHaveLength(2);
      process.kill(which(ranks.find(({ rank }) => rank === 1)!), "SIGKILL");
      expect(await ended).toBe(expected);
      expect(stderr.match(/was lost/g)).toHaveLength(1);
      expect(stderr).toMatch(message);
      expect(stderr).toContain("Continue from a checkpoint with --resume, or start again.");
      await expect.poll(() => ranks.filter(({ training }) => isAlive(training)), { timeout: 5000 }).toEqual([]);
    },
    60_000,
  );

  test.each([
    [1, "a rank without the file", "other", /train: rank 1 failed while it read its data: .*table\.csv/, 3],
    [
      2,
      "ranks with different files",
      "fewer",
      /train: all ranks must read the same files, but rank 0 has a file of \d+ bytes and rank 1 a file of \d+ bytes\./,
      3,
    ],
  ])(
    "%i: rejects %s",
    async (_, __, folder, message, code) => {
      mkdirSync(scratch.at(folder));
      if (folder === "fewer") {
        const lines = readFileSync(table, "utf8").split("\n");
        writeFileSync(join(scratch.at(folder), "table.csv"), lines.slice(0, 2000).join("\n"));
      }
      const line = ["train", "table.csv", "--target", "score", "--drop", "class", "--no-save"];
      const part = (path: string) => ["--wdir", path, process.execPath, bin, ...line];
      const ended = await mpirun(1, [...part(dirname(table)), ":", "-n", "1", ...part(scratch.at(folder))]);
      expect(ended.stderr.replaceAll("\n", " ")).toMatch(message);
      expect(ended.code).toBe(code);
    },
    60_000,
  );

  test("rejects ranks with different options", async () => {
    const part = (target: string) => [process.execPath, bin, "train", table, "--target", target];
    const { code, stderr } = await mpirun(1, [...part("score"), ":", "-n", "1", ...part("class")]);
    expect(stderr).toContain("train: all ranks must have the same options, but rank 0 has");
    expect(code).toBe(2);
  }, 60_000);

  test("rejects ranks with different versions, and a command without the package", async () => {
    const copy = (name: string, withPackage: boolean): string => {
      const folder = scratch.at(name);
      const own = join(root, "packages/cli");
      const manifest = JSON.parse(readFileSync(join(own, "package.json"), "utf8"));
      for (const part of ["bin", "dist/bundle"])
        cpSync(join(own, part), join(folder, "cli", part), { recursive: true });
      writeFileSync(join(folder, "cli/package.json"), JSON.stringify({ ...manifest, version: "9.9.9" }));
      for (const dependency of [...Object.keys(manifest.dependencies), ...(withPackage ? ["@downhill/mpi"] : [])]) {
        mkdirSync(dirname(join(folder, "node_modules", dependency)), { recursive: true });
        symlinkSync(join(root, "node_modules", dependency), join(folder, "node_modules", dependency));
      }
      return join(folder, "cli/bin/downhill.js");
    };
    const line = ["train", table, "--target", "score"];
    const other = copy("version", true);
    const versions = await mpirun(1, [
      process.execPath,
      bin,
      ...line,
      ":",
      "-n",
      "1",
      process.execPath,
      other,
      ...line,
    ]);
    expect(versions.stderr).toMatch(
      /all ranks must have the same version of downhill, but rank 0 has .* and rank 1 has 9\.9\.9/,
    );
    expect(versions.code).toBe(2);
    const without = await mpirun(2, [process.execPath, copy("without", false), ...line]);
    expect(without.stderr).toContain("2 processes were started, but the package @downhill/mpi is not installed");
    expect(without.stderr).not.toContain("rank 1");
    expect(without.code).toBe(2);
  }, 60_000);

  test("rejects standard input, and other commands", async () => {
    const input = await onRanks(2, ["train", "-", "--target", "y"]);
    expect(input.stderr).toContain("train: several ranks cannot read standard input");
    expect(input.code).toBe(2);
    const [first, second] = await Promise.all(
      ["0", "1"].map((rank) => downhill(["predict", "model.json", table], { env: { PMI_RANK: rank, PMI_SIZE: "2" } })),
    );
    expect(first!.stderr).toContain("predict: only train runs on several processes, but 2 were started.");
    expect(first!.code).toBe(2);
    expect(second).toEqual({ code: 0, stdout: "", stderr: "" }); // mpirun would end rank 0 before it has printed
  }, 60_000);

  test("names the library if it is not that of the launcher", async () => {
    const { code, stderr } = await run(process.execPath, [bin, "train", table, "--target", "score"], {
      PMI_RANK: "0",
      PMI_SIZE: "2",
    });
    expect(stderr).toMatch(
      /train: 2 processes were started, but Open MPI .* found 1\. It is not the library of this mpirun\./,
    );
    expect(code).toBe(2);
  }, 60_000);
});

describe("the variables of launchers", () => {
  const slurm = { SLURM_PROCID: "1", SLURM_STEP_NUM_TASKS: "4" };

  test.each([
    [
      "Open MPI",
      { OMPI_COMM_WORLD_RANK: "2", OMPI_COMM_WORLD_SIZE: "3", ...slurm },
      { rank: 2, size: 3, hasMpi: true },
    ],
    ["MPICH", { PMI_RANK: "0", PMI_SIZE: "2" }, { rank: 0, size: 2, hasMpi: true }],
    ["srun --mpi=pmix", { PMIX_RANK: "1", ...slurm }, { rank: 1, size: 4, hasMpi: true }],
    ["srun without MPI", slurm, { rank: 1, size: 4, hasMpi: false }],
    ["mpirun -n 1", { OMPI_COMM_WORLD_RANK: "0", OMPI_COMM_WORLD_SIZE: "1" }, null],
    ["a script of sbatch", { SLURM_NTASKS: "4", SLURM_PROCID: "0", SLURM_JOB_ID: "7" }, null],
    ["no launcher", {}, null],
  ])("%s", (_, env, expected) => {
    expect(launchOf(env)).toEqual(expected);
  });

  test("srun without MPI is an error, which task 0 alone prints", async () => {
    const argv = ["train", table, "--target", "score"];
    const [first, second] = await Promise.all(
      ["0", "1"].map((task) => downhill(argv, { env: { ...slurm, SLURM_PROCID: task } })),
    );
    expect(first).toMatchObject({ code: 2, stdout: "" });
    expect(first!.stderr).toContain("train: srun started 4 tasks without MPI, so each would train a model of its own.");
    expect(second).toEqual({ code: 2, stdout: "", stderr: "" });
  });
});
