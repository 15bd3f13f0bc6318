// Checkpoints of processes that are killed, and on a disk that is full. These need the signals and limits of Linux.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { cases } from "../../downhill/test/cases.ts";
import { Scratch } from "./world.ts";

const bin = fileURLToPath(new URL("../bin/downhill.js", import.meta.url));
const scratch = new Scratch();
const $ = (name: string): string => scratch.at(name);
afterAll(() => scratch.remove());
const rows = Array.from(
  { length: 600 },
  (_, i) => `${(i * 37) % 401},${(i * 101) % 397},${(i * i) % 89 > 40 ? "yes" : "no"}`,
);
scratch.file("t.csv", `a,b,y\n${rows.join("\n")}\n`);

const train = (words: string): string[] => [
  bin,
  "train",
  "t.csv",
  ..."--target y --threads 1 --quiet".split(" "),
  ...words.split(" "),
];

const checkpointFile = (): number => statSync($("k.ckpt"), { throwIfNoEntry: false })?.ino ?? 0;

/** Runs the command, and kills it when it has replaced its checkpoint some times. Returns whether it ended before. */
const killed = (argv: readonly string[], checkpoints: number): Promise<boolean> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, argv, { cwd: scratch.path, stdio: "ignore" });
    let last = checkpointFile();
    let replaced = 0;
    const timer = setInterval(() => {
      const now = checkpointFile();
      if (now !== last) replaced += 1;
      last = now;
      if (replaced >= checkpoints) child.kill("SIGKILL");
    }, 3);
    child.on("exit", (code) => {
      clearInterval(timer);
      resolve(code === 0);
    });
  });

describe.skipIf(process.platform !== "linux")("on Linux", () => {
  const search = [
    "a network with a search",
    "--model network --hidden 8 --epochs 60 --search l2=1e-4..1 --trials 3 --folds 3",
  ] as const;
  const single = ["one row per update", "--batch-size 1 --epochs 400 --learning-rate 0.01"] as const;
  test.each(cases<readonly (readonly [string, string])[]>([search], [search, single]))(
    "%s, killed several times: the same model, byte for byte",
    async (_, words) => {
      rmSync($("k.ckpt"), { force: true });
      expect(spawnSync(process.execPath, train(`${words} --save whole.json`), { cwd: scratch.path }).status).toBe(0);
      let kills = 0;
      const next = (): string[] =>
        train(
          `${words} --save k.json --checkpoint k.ckpt --every 10${existsSync($("k.ckpt")) ? " --resume k.ckpt" : ""}`,
        );
      while (kills < cases(3, 5)) {
        rmSync($("k.json"), { force: true });
        if (await killed(next(), 1 + (kills % 3))) break;
        kills += 1;
      }
      expect(kills).toBeGreaterThan(0);
      if (!existsSync($("k.json")))
        expect(spawnSync(process.execPath, next(), { cwd: scratch.path, encoding: "utf8" }).stderr).toBe("");
      expect(readFileSync($("k.json"), "utf8")).toBe(readFileSync($("whole.json"), "utf8"));
      expect(readdirSync(scratch.path).filter((name) => name.endsWith(".part"))).toEqual([]); // the last run removed those of the killed ones
    },
    180_000,
  );

  test("a full disk: the last complete checkpoint remains, the run goes on, and one warning appears", () => {
    const run = (limit: string, words: string) => {
      const argv = train(`--batch-size 8 --learning-rate 0.01 --no-save ${words}`);
      return spawnSync("sh", ["-c", `${limit} exec ${[process.execPath, ...argv].join(" ")}`], {
        cwd: scratch.path,
        encoding: "utf8",
      });
    };
    expect(run("", "--epochs 3 --checkpoint d.ckpt --every 1").status).toBe(0);
    const good = readFileSync($("d.ckpt"));
    const full = run("trap '' XFSZ; ulimit -f 1;", "--epochs 30 --checkpoint d.ckpt --every 1 --resume d.ckpt");
    expect([full.status, full.stdout]).toEqual([0, run("", "--epochs 30").stdout]);
    expect(full.stderr).toBe(
      'warning: cannot write "d.ckpt": file too large. Free some space, or use another file. ' +
        "The run goes on; d.ckpt is the last complete checkpoint.\n",
    );
    expect(readFileSync($("d.ckpt"))).toEqual(good);
    expect(run("", "--epochs 30 --resume d.ckpt").stdout).toBe(full.stdout);
  }, 120_000);
});
