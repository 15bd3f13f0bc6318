// Results on devices, pipes and full disks, by processes that are killed, and through closed streams. These need Linux:
// /dev/full, mkfifo, ulimit, users by number. Tests that need the superuser, or must not run as it, are skipped otherwise.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  copyFileSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { removeLeftovers, temporaryPath } from "../src/output/temporary.ts";
import { Scratch, savedTable } from "./world.ts";

const bin = fileURLToPath(new URL("../bin/downhill.js", import.meta.url));
const writer = new URL("../dist/output/writeOutput.js", import.meta.url).href;
const scratch = new Scratch();
const $ = (name: string) => scratch.at(name);
const root = process.getuid?.() === 0;
const NOBODY = 65534;
afterAll(() => scratch.remove());
scratch.file(
  "own.csv",
  `a,y\n${Array.from({ length: 60 }, (_, i) => `${(i * 7) % 60},${i % 2 ? "yes" : "no"}`).join("\n")}\n`,
);
chmodSync(scratch.path, 0o777);

/** Runs a line of shell in the scratch directory; $D is the command. */
function shell(line: string, options: { uid?: number } = {}) {
  const env = { ...process.env, D: `${process.execPath} ${bin}`, T: "own.csv --target y --epochs 3" };
  const user = options.uid === undefined ? {} : { uid: options.uid, gid: options.uid };
  const { status, stdout, stderr } = spawnSync("sh", ["-c", line], {
    cwd: scratch.path,
    env,
    encoding: "utf8",
    ...user,
  });
  return { status, stdout, stderr };
}

/** Writes the model of `train $T`, which one process has written. */
const writeModel = (name: string): void => copyFileSync($("plain.json"), $(name));
const kindOf = (name: string): string => savedTable($(name)).model.kind;
const leftovers = (directory = scratch.path): string[] =>
  readdirSync(directory).filter((name) => name.endsWith(".part"));
const lastLine = (text: string): string => text.trim().split("\n").at(-1)!;

describe.skipIf(process.platform !== "linux")("on Linux", () => {
  beforeAll(() => {
    expect(shell("$D train $T --save plain.json").status).toBe(0);
  });

  describe("devices and pipes", () => {
    test.skipIf(!root)("a device is not replaced by a file (only the superuser could replace it)", () => {
      expect(shell("mknod null c 1 3; $D train $T --save null --report null").status).toBe(0);
      expect(statSync($("null")).isCharacterDevice()).toBe(true);
    });

    test("a full device: one message, and exit code 1", () => {
      const { status, stderr } = shell("$D train $T --save /dev/full");
      expect([status, lastLine(stderr)]).toEqual([
        1,
        '✖ downhill: cannot write "/dev/full": no space left on device. Free some space, or use another file.',
      ]);
    });

    test("a report on a full device: exit code 1, and the model is saved", () => {
      const { status, stdout, stderr } = shell("$D train $T --save kept.json --report /dev/full");
      const lines = stderr.trim().split("\n");
      expect(status).toBe(1);
      expect(lines.at(-2)).toBe("✖ train: the report could not be written. The model is saved in kept.json.");
      expect(lines.at(-1)).toContain('cannot write "/dev/full": no space left on device.');
      expect(stdout).toContain("accuracy");
      expect(kindOf("kept.json")).toBe("logistic");
    });

    test("a named pipe gets the model and stays a pipe", () => {
      expect(shell("mkfifo pipe; cat pipe > piped.json & $D train $T --save pipe; wait").status).toBe(0);
      expect(statSync($("pipe")).isFIFO()).toBe(true);
      expect(kindOf("piped.json")).toBe("logistic");
    });

    test("stdout, piped, redirected and appended to", () => {
      const plain = readFileSync($("plain.json"), "utf8");
      const piped = shell("$D train $T --quiet --save /dev/stdout | cat").stdout;
      expect(piped).toMatch(/^\{"format".*\}\n0\.\d+\n$/);
      shell("echo before > all.txt; $D train $T --quiet --save /dev/fd/1 >> all.txt");
      expect(readFileSync($("all.txt"), "utf8").split("\n").slice(0, 2)).toEqual(["before", plain.trim()]);
      expect(shell("exec 5> five.json; $D train $T --save /dev/fd/5").status).toBe(0);
      expect(readFileSync($("five.json"), "utf8")).toBe(plain);
    });
  });

  describe("a file is complete or unchanged", () => {
    test("a file that cannot be written to its end: one message, the old file is unchanged, and no other file remains", () => {
      writeModel("whole.json");
      const before = readFileSync($("whole.json"), "utf8");
      const names = scratch.names();
      for (const file of ["whole.json", "new.json"]) {
        const { status, stderr } = shell(`trap '' XFSZ; ulimit -f 1; $D train $T --seed 3 --save ${file}`);
        expect([status, lastLine(stderr)]).toEqual([
          1,
          `✖ downhill: cannot write "${file}": file too large. Free some space, or use another file.`,
        ]);
      }
      expect(readFileSync($("whole.json"), "utf8")).toBe(before);
      expect(scratch.names()).toEqual(names);
    });

    test.skipIf(!root)("a mounted file, as in a container, is overwritten", ({ skip }) => {
      scratch.file("outer.json");
      scratch.file("mounted.json");
      if (shell("mount --bind outer.json mounted.json").status !== 0) skip("this machine permits no mount");
      try {
        expect(shell("$D train $T --save mounted.json").status).toBe(0);
        expect(kindOf("outer.json")).toBe("logistic");
        expect(leftovers()).toEqual([]);
      } finally {
        shell("umount mounted.json");
      }
    });

    test("a file in a query without quotes, FROM t.csv, is an input too", () => {
      const ran = shell('$D train "SELECT * FROM own.csv" --target y --save own.csv --force');
      expect([ran.status, ran.stderr]).toEqual([
        2,
        '✖ train: --save "own.csv" is the same file as the data. Use another file for --save.\n',
      ]);
    });

    test("a run removes the temporary file of a killed run, but not that of a run that is still writing", async () => {
      const stuck = `import { writeOutput } from ${JSON.stringify(writer)};
        function* pieces() { yield "half"; Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0); }
        await writeOutput(process.argv[1], pieces());`;
      const start = async (): Promise<ChildProcess> => {
        const before = leftovers().length;
        const child = spawn(process.execPath, ["--input-type=module", "-e", stuck, $("killed.json")]);
        while (leftovers().length === before) await new Promise((resolve) => setTimeout(resolve, 20));
        return child;
      };
      const [dying, living] = [await start(), await start()];
      dying.kill("SIGKILL");
      await new Promise((resolve) => dying.on("close", resolve));
      expect(leftovers()).toHaveLength(2);
      expect(shell("$D train $T --save other.json").status).toBe(0);
      expect(leftovers()).toHaveLength(2); // another target
      expect(shell("$D train $T --save killed.json").status).toBe(0);
      expect(leftovers()).toHaveLength(1);
      living.kill("SIGKILL");
      await new Promise((resolve) => living.on("close", resolve));
      expect(shell("$D train $T --save killed.json").status).toBe(0);
      expect(leftovers()).toEqual([]);
    });

    test("many runs that write one file at the same time", async () => {
      const runs = Array.from(
        { length: 4 },
        (_, seed) => `$D train $T --seed ${seed} --save same.json --quiet || echo failed &`,
      );
      expect(shell(`${runs.join(" ")} wait`)).toMatchObject({
        status: 0,
        stderr: "",
        stdout: expect.not.stringContaining("failed"),
      });
      expect(kindOf("same.json")).toBe("logistic");
      expect(leftovers()).toEqual([]);
    });

    test.skipIf(!root)("the owner of a file that is replaced is kept (only the superuser can give files away)", () => {
      writeModel("owned.json");
      chownSync($("owned.json"), NOBODY, NOBODY);
      chmodSync($("owned.json"), 0o640);
      expect(shell("$D train $T --save owned.json").status).toBe(0);
      const { uid, gid, mode } = statSync($("owned.json"));
      expect([uid, gid, mode & 0o777]).toEqual([NOBODY, NOBODY, 0o640]);
    });

    test("a directory or a file that cannot be written to is an error before any work, with advice that works", () => {
      const user = root ? { uid: NOBODY } : {};
      writeModel("fixed.json");
      shell("mkdir closed; chmod 555 closed; chmod 444 fixed.json");
      if (root) shell(`chown ${NOBODY} fixed.json`);
      const closed = shell("$D train $T --save closed/m.json", user);
      expect([closed.status, closed.stderr]).toEqual([
        2,
        '✖ train: --save "closed/m.json" is in a directory that cannot be written to (permission denied). ' +
          "Use a file in another directory.\n",
      ]);
      const fixed = shell("$D train $T --save fixed.json", user);
      expect([fixed.status, fixed.stderr]).toEqual([
        2,
        '✖ train: --save "fixed.json" is write-protected. ' +
          "Use another file, or permit writing: chmod u+w fixed.json\n",
      ]);
      expect(
        shell(`${fixed.stderr.split("permit writing: ")[1]!.trim()} && $D train $T --save fixed.json`, user).status,
      ).toBe(0);
      shell("echo {} > secret.json; chmod 200 secret.json");
      if (root) shell(`chown ${NOBODY} secret.json`);
      const secret = shell("$D train $T --save secret.json", user);
      expect([secret.status, secret.stderr]).toEqual([
        2,
        expect.stringContaining('would replace "secret.json", which is not a model of downhill.'),
      ]);
    });
  });

  describe("stdout and stderr, closed or full", () => {
    const full = /^downhill: cannot write to stdout: no space left on device\.$/;
    const long = "own.csv --target y --optimizer plain --learning-rate 0.001 --epochs 20000"; // longer than head takes to end
    const lost: [name: string, line: string, code: number, lastLine: RegExp][] = [
      [
        "events, cut off by head",
        `{ $D train ${long} --json --save m.json; echo $? > code; } | head -1`,
        141,
        /^epoch /,
      ],
      ["notes, cut off by head", `{ $D train ${long} --save m.json 2>&1 >out; echo $? > code; } | head -1`, 141, /^$/],
      ["a full stdout", "$D train $T --json --save m.json > /dev/full; echo $? > code", 1, full],
      ["a full stderr", "$D train $T --save m.json 2> /dev/full; echo $? > code", 1, /^$/],
      ["both full", "$D train $T --save m.json > /dev/full 2>&1; echo $? > code", 1, /^$/],
    ];
    test.each(lost)("%s: the model is saved, the exit code is not 0, no stack", (_, line, code, last) => {
      const { stderr } = shell(`rm -f m.json; ${line}`);
      expect(Number(readFileSync($("code"), "utf8"))).toBe(code);
      expect(kindOf("m.json")).toBe("logistic");
      expect(lastLine(stderr)).toMatch(last);
      expect(stderr).not.toMatch(/ {4}at |Error:/);
    });

    test("`head` prints the first predictions, and the command prints no message", () => {
      writeModel("m.json");
      scratch.file("many.csv", `a\n${Array.from({ length: 30_000 }, (_, i) => i).join("\n")}\n`);
      const { stdout, stderr } = shell("{ $D predict m.json many.csv --probabilities; echo $? > code; } | head -2");
      expect([stdout.split("\n").length, stderr]).toEqual([3, ""]);
      expect(Number(readFileSync($("code"), "utf8"))).toBe(141);
    });
  });

  describe("temporary files", () => {
    const target = $("target.json");

    test("have different names for every write, and their length does not depend on the target's name", () => {
      const names = Array.from({ length: 1000 }, () => basename(temporaryPath(target)));
      expect(new Set(names).size).toBe(1000);
      expect(basename(temporaryPath($("x".repeat(255)))).length).toBe(names[0]!.length);
      expect(dirname(temporaryPath(target))).toBe(scratch.path);
    });

    test("of another machine or container are removed after an hour; files of other programs never", () => {
      const foreign = (old: boolean): string => {
        const path = temporaryPath(target).replace(/(-[0-9a-f]{12}-)[0-9a-f]{12}-/, "$1000000000000-");
        writeFileSync(path, "half");
        if (old) utimesSync(path, Date.now() / 1000 - 3700, Date.now() / 1000 - 3700);
        return basename(path);
      };
      const [old, fresh] = [foreign(true), foreign(false)];
      const mine = [
        ".downhill-notes.part",
        `${basename(temporaryPath(target))}.txt`,
        `.downhill-${"0".repeat(12)}-x.part`,
      ];
      for (const name of mine) scratch.file(name);
      removeLeftovers(target);
      const names = scratch.names();
      expect(names).toEqual(expect.arrayContaining([fresh, ...mine]));
      expect(names).not.toContain(old);
    });
  });
});
