// Options that can be repeated, and names of columns with commas or characters that a shell changes.
import { spawnSync } from "node:child_process";
import { afterAll, expect, test } from "vitest";
import { shellWord } from "../src/terminal/shellWord.ts";
import { downhill, eventsOf, Scratch } from "./world.ts";

const scratch = new Scratch();
afterAll(() => scratch.remove());

const train = (data: string, ...argv: string[]) =>
  downhill(["train", data, "--target", "y", "--epochs", "2", "--save", scratch.at("m.json"), ...argv]);

/** The words that a shell makes of a text. */
const wordsOf = (text: string): string[] => {
  const { stdout } = spawnSync("sh", ["-c", `printf '%s\\0' ${text}`], { encoding: "utf8" });
  return stdout.split("\0").slice(0, -1);
};

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** A table with a column "a" and columns with these names. Each of these has an infinite cell. */
const withGaps = (...names: string[]): string => {
  const rows = Array.from({ length: 20 }, (_, i) => [i, ...names.map(() => (i === 7 ? "inf" : i * i)), i % 2].join());
  return scratch.file("gaps.csv", [["a", ...names.map(quoted), "y"].join(), ...rows].join("\n"));
};

test("--drop can be repeated, and a name may contain commas", async () => {
  const ran = await train(withGaps("b", "income, 2020"), "--drop", "b", "--drop", "income, 2020", "--json");
  expect(eventsOf(ran)[0]).toMatchObject({ features: ["a"], target: "y" });
});

test.each(["income, 2020", "-x", "--drop", "$HOME", "it's", 'a "b"', "`id`", "back\\slash", "why!", "größe", "a:b"])(
  "the advice to leave out %s can be followed in a shell",
  async (name) => {
    const data = withGaps(name);
    const failed = await train(data);
    expect(failed.code).toBe(3);
    const advice = /or leave the column out with (--drop .*)\.\n$/.exec(failed.stderr)![1]!;
    const followed = await train(data, ...wordsOf(advice));
    expect(followed.code, followed.stderr).toBe(0);
  },
);

test.each(["tab\there", "\x1b[31mred", "it's\u202e", "\x7f\\", "new\nline", "\u{e0041}"])(
  "the advice to leave out %j, which a terminal does not show, can be pasted into Bash as it is printed",
  async (name) => {
    const data = withGaps(name);
    const { stderr } = await train(data);
    const advice = /or leave the column out with (--drop .*)\.\n$/.exec(stderr)![1]!;
    const words = spawnSync("bash", ["-c", `printf '%s\\0' ${advice}`], {
      encoding: "utf8",
      env: { ...process.env, LC_ALL: "C.UTF-8" },
    });
    expect(words.stdout).toBe(`--drop\0${name}\0`);
    const followed = await train(data, "--drop", name);
    expect(followed.code, followed.stderr).toBe(0);
  },
);

test("a shell reads back each word", () => {
  for (const word of ["", "a b", "$(id)", "'", '"', "\\", "x'y\"z", "a=b,c", "*", "~", "#"]) {
    expect(wordsOf(shellWord(word))).toEqual([word]);
  }
});
