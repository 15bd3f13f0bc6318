// Trains on a table that is larger than the memory, and measures time and peak memory beside those of scikit-learn's partial_fit. FILE has a
// list of runs; a run with another number of rows is added: npm run large -- --gigabytes 10 [--folder FOLDER] [--out FILE]
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statfsSync, statSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const { values } = parseArgs({
  options: {
    gigabytes: { type: "string", default: "10" },
    folder: { type: "string", default: tmpdir() },
    out: { type: "string", default: here("../../largeTable.json") },
  },
});
const gigabytes = Number(values.gigabytes);
if (!(gigabytes > 0)) throw new Error(`--gigabytes must be a number above 0, got ${values.gigabytes}.`);
const rows = Math.ceil((gigabytes * 1e9) / 187);
const needed = 3.4 * gigabytes; // the table, its cells and its prepared rows
const { bavail, bsize } = statfsSync(values.folder);
const free = (bavail * bsize) / 1e9;
if (free < needed) {
  throw new Error(
    `${values.folder} needs ${needed.toFixed(1)} GB of free space, but it has ${free.toFixed(1)} GB. Set another --folder, or fewer --gigabytes.`,
  );
}

/** Runs a program; returns its output, its time, and the peak of its memory. */
async function measured(program, args) {
  const start = performance.now();
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "inherit"] });
  let [output, peak] = ["", 0];
  child.stdout.on("data", (bytes) => {
    output += bytes;
  });
  const timer = setInterval(() => {
    try {
      peak = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))?.[1] ?? peak);
    } catch {
      // The process has ended, or the system has no /proc.
    }
  }, 50);
  const code = await new Promise((resolve, reject) => child.once("error", reject).once("close", resolve));
  clearInterval(timer);
  if (code !== 0) throw new Error(`${program} ${args.join(" ")} ended with code ${code}.`);
  return { output, seconds: (performance.now() - start) / 1000, peakMB: peak === 0 ? null : Math.round(peak / 1024) };
}

const round = (value) => Number(value.toPrecision(3));

const folder = mkdtempSync(join(values.folder, "downhill-large-"));
try {
  const csv = join(folder, "large.csv");
  await measured(process.execPath, [here("makeTable.mjs"), String(rows), csv]);
  const options = [
    "--target",
    "answer",
    "--hold-out",
    "0.1",
    "--epochs",
    "5",
    "--stream",
    "--no-save",
    "--json",
    "--timings",
  ];
  const train = [
    here("../../../packages/cli/bin/downhill.js"),
    "train",
    csv,
    ...options,
    "--cache",
    join(folder, "rows"),
  ];
  const prepared = await measured(process.execPath, train);
  const fromCache = await measured(process.execPath, train);
  const { heldOut } = JSON.parse(
    prepared.output
      .trim()
      .split("\n")
      .findLast((line) => line.includes('"heldOut"')),
  );
  const python = process.env["DOWNHILL_BENCH_PYTHON"] ?? "python3";
  const hasPeer = spawnSync(python, ["-c", "import sklearn, pandas"]).status === 0;
  const peer = hasPeer ? JSON.parse((await measured(python, [here("partial_fit.py"), csv, "1"])).output) : null;
  const result = {
    date: new Date().toISOString().slice(0, 10),
    processor: cpus()[0]?.model.trim(),
    table: { rows, csvGB: round(statSync(csv).size / 1e9) },
    downhill: {
      secondsPrepareAnd5Epochs: round(prepared.seconds),
      secondsFromCache: round(fromCache.seconds),
      peakMB: prepared.peakMB,
      heldOutLogLoss: heldOut.logLoss,
    },
    scikitLearn: peer && { secondsPerEpoch: round(peer.secondsPerEpoch[0]), peakMB: Math.round(peer.peakMB) },
  };
  const others = existsSync(values.out) ? JSON.parse(readFileSync(values.out, "utf8")) : [];
  const runs = [...others.filter(({ table }) => table.rows !== rows), result].sort(
    (a, b) => b.table.rows - a.table.rows,
  );
  writeFileSync(values.out, `${JSON.stringify(runs, null, 2)}\n`);
  console.log(JSON.stringify(result, null, 2));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
