// Kills `downhill train --checkpoint` with SIGKILL at random moments, resumes it, and compares the model with that of a run without
// an interruption, byte for byte: six models, three sizes of batches, alone, with --folds, and with --search. Prints a table.
// Usage: node scripts/kill-runs.mjs [kills, by default 300] [seed, by default 1]
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const kills = Number(process.argv[2] ?? 300);
let seed = Number(process.argv[3] ?? 1);
const bin = fileURLToPath(new URL("../packages/cli/bin/downhill.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "downhill-kills-"));
const at = (name) => join(folder, name);

/** A number from 0 to 1 of a small generator (mulberry32). */
function random() {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}

const numbers = Array.from({ length: 900 }, (_, i) => [(i * 37) % 401, (i * 101) % 397, (i * i) % 89]);
const colors = ["red", "green", "blue"];
writeFileSync(
  at("table.csv"),
  `a,b,color,class,two,price\n${numbers
    .map(
      ([a, b, c], i) =>
        `${i % 13 === 0 ? "" : a},${b},${colors[(i * 7) % 3]},k${c % 3},${c > 40 ? "yes" : "no"},${(a + 2 * b + c) / 10}`,
    )
    .join("\n")}\n`,
);
writeFileSync(
  at("ratings.csv"),
  `u,i,r\n${numbers.map(([a, b, c]) => `u${a % 60},i${b % 80},${1 + (c % 9) / 2}`).join("\n")}\n`,
);

const table = (target) => [
  "table.csv",
  "--target",
  target,
  ...["price", "class", "two"].filter((name) => name !== target).flatMap((name) => ["--drop", name]),
];
const models = {
  linear: [...table("price"), "--model", "linear"],
  logistic: [...table("two"), "--model", "logistic"],
  softmax: [...table("class"), "--model", "softmax"],
  svm: [...table("two"), "--model", "svm"],
  network: [...table("class"), "--model", "network", "--hidden", "8"],
  factorization: ["ratings.csv", "--model", "factorization", "--user", "u", "--item", "i", "--rating", "r"],
};
/** Enough epochs for some tenths of a second; a full batch with a fixed learning rate does not converge before. */
const batches = {
  full: (model) => [
    "--batch-size",
    "full",
    "--optimizer",
    "adam",
    "--learning-rate",
    "0.001",
    "--epochs",
    model === "network" ? "200" : "500",
  ],
  mini: () => ["--batch-size", "32", "--epochs", "100"],
  one: (model) => [
    "--batch-size",
    "1",
    "--epochs",
    model === "network" ? "30" : "60",
    ...(model === "factorization" ? [] : ["--patience", "1000"]),
  ],
};
const evaluations = {
  alone: [],
  folds: ["--folds", "3"],
  search: ["--search", "l2=1e-5..1", "--trials", "3", "--folds", "2"],
};

/** Runs the command; kills it a time in milliseconds after its begin, or after it has read the data. */
const run = (argv, { after = Infinity, reads = false } = {}) =>
  new Promise((resolve) => {
    const began = performance.now();
    const out = [];
    const errors = [];
    const child = spawn(process.execPath, [bin, "train", ...argv, "--json", "--threads", "1"], {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let timer;
    let readAt = 0;
    const start = () => {
      if (after !== Infinity) timer = setTimeout(() => child.kill("SIGKILL"), after);
    };
    if (!reads) start();
    child.stdout.on("data", (data) => {
      out.push(data);
      if (readAt > 0) return;
      readAt = performance.now();
      if (reads) start();
    });
    child.stderr.on("data", (data) => errors.push(data));
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      const lines = Buffer.concat(out).toString().split("\n").slice(0, -1);
      resolve({
        killed: signal === "SIGKILL",
        code,
        lines,
        error: Buffer.concat(errors).toString(),
        time: performance.now() - began,
        training: performance.now() - readAt,
      });
    });
  });

/** The events with results, without the names of files. */
const resultsOf = ({ lines }) =>
  lines
    .filter((line) => /^\{"event":"(search|folds|end)"/.test(line))
    .join("\n")
    .replace(/"files":.*/, "");
const leftOvers = () => readdirSync(folder).filter((name) => name.endsWith(".part")).length;

/** Kills a run some times, and resumes it until its end. Adds to the counts; returns the faults. */
async function test(argv, count, counts) {
  const whole = await run([...argv, "--save", "whole.json"]);
  if (whole.code !== 0) return [`exit code ${whole.code} without an interruption: ${whole.error}`];
  const model = readFileSync(at("whole.json"), "utf8");
  const faults = [];
  let done = 0;
  while (done < count) {
    for (const name of ["k.ckpt", "k.json"]) rmSync(at(name), { force: true });
    for (;;) {
      const every = random() < 0.5 ? "25" : "1s";
      const resumes = existsSync(at("k.ckpt"));
      const before = leftOvers();
      const own = [
        ...argv,
        "--save",
        "k.json",
        "--checkpoint",
        "k.ckpt",
        "--every",
        every,
        ...(resumes ? ["--resume", "k.ckpt"] : []),
      ];
      const isLast = done >= count;
      const reads = random() < 0.8; // 4 of 5 kills come after the data were read
      const moment = { reads, after: random() * (reads ? whole.training : whole.time) };
      const ran = await run(own, isLast ? {} : moment);
      if (ran.killed) {
        done += 1;
        counts.kills += 1;
        if (!ran.lines.some((line) => line.startsWith('{"event":"start"'))) counts.reading += 1;
        else if (!ran.lines.some((line) => line.startsWith('{"event":"settings"'))) counts.before += 1;
        else counts.training += 1;
        if (leftOvers() > before) counts.writing += 1;
        continue;
      }
      const hasEnded = /the run of the checkpoint .* has (ended|done)/.test(ran.error);
      if (ran.code !== 0 && !hasEnded) faults.push(`exit code ${ran.code}: ${ran.error}`);
      else if (readFileSync(at("k.json"), "utf8") !== model) faults.push("another model");
      else if (!hasEnded && resultsOf(ran) !== resultsOf(whole)) faults.push("other results");
      counts.ends += 1;
      break;
    }
    if (faults.length > 0) break;
  }
  if (leftOvers() > 0) faults.push("temporary files remain");
  return faults;
}

const cases = Object.keys(models).flatMap((model) =>
  Object.keys(batches).flatMap((batch) =>
    (model === "factorization" ? ["alone"] : Object.keys(evaluations)).map((evaluation) => ({
      model,
      batch,
      evaluation,
    })),
  ),
);
const totals = new Map(
  Object.keys(models).map((model) => [
    model,
    { kills: 0, reading: 0, before: 0, training: 0, writing: 0, ends: 0, faults: 0 },
  ]),
);
try {
  for (const [i, { model, batch, evaluation }] of cases.entries()) {
    const count = Math.floor(((i + 1) * kills) / cases.length) - Math.floor((i * kills) / cases.length);
    const counts = totals.get(model);
    const faults = await test([...models[model], ...batches[batch](model), ...evaluations[evaluation]], count, counts);
    counts.faults += faults.length;
    process.stderr.write(
      `${model}, ${batch}, ${evaluation}: ${count} kills${faults.length === 0 ? "" : `, FAULTS: ${faults.join("; ")}`}\n`,
    );
  }
} finally {
  rmSync(folder, { recursive: true });
}
const names = ["kills", "reading", "before", "training", "writing", "ends", "faults"];
const heads = [
  "kills",
  "while the data were read",
  "before the first update",
  "in the training",
  "while a checkpoint was written",
  "resumed runs that ended",
  "with another model or other results",
];
const sum = Object.fromEntries(
  names.map((name) => [name, [...totals.values()].reduce((total, counts) => total + counts[name], 0)]),
);
console.log(`| model | ${heads.join(" | ")} |\n|---|${heads.map(() => "--:|").join("")}`);
for (const [model, counts] of [...totals, ["all", sum]])
  console.log(`| ${model} | ${names.map((name) => counts[name]).join(" | ")} |`);
process.exitCode = sum.faults === 0 ? 0 : 1;
