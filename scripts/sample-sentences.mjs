// Prints sentences of the repository drawn at random, each with its file and line, so that somebody who has not seen the
// code can say which of them are hard to understand:
//   node scripts/sample-sentences.mjs --count 25 --seed 1 [--kind comment] [--under packages/cli]
// Kinds: page (README, docs), comment (docstrings too), message (text in code: messages, help, pages), title (of a test).
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { parseSync } from "rolldown/utils";
import { sentencesOf } from "./sentences.mjs";

const KINDS = ["page", "comment", "message", "title"];
const { values } = parseArgs({
  options: {
    count: { type: "string", default: "25" },
    seed: { type: "string", default: "1" },
    kind: { type: "string" },
    under: { type: "string", default: "." },
  },
});
const [count, seed] = [wholeNumber("count"), wholeNumber("seed")];
if (values.kind !== undefined && !KINDS.includes(values.kind)) {
  fail(`--kind must be one of ${KINDS.join(", ")}, but it is ${values.kind}.`);
}

const root = fileURLToPath(new URL("..", import.meta.url));
const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "--", values.under], {
  cwd: root,
  encoding: "utf8",
}).split("\n");
const all = files
  .filter((file) => /\.(md|ts|mjs|js|py)$/.test(file) && existsSync(`${root}/${file}`))
  .flatMap((file) => sentencesOf(file, readFileSync(`${root}/${file}`, "utf8"), parseSync))
  .filter(({ kind }) => values.kind === undefined || kind === values.kind);

for (const { file, line, kind, text } of sample(all, count, seed)) {
  console.log(`${file}:${line} (${kind})\n  ${text}\n`);
}
const totals = KINDS.map((kind) => `${all.filter((sentence) => sentence.kind === kind).length} ${kind}`);
console.error(`${Math.min(count, all.length)} of ${all.length} sentences (${totals.join(", ")}), seed ${seed}`);

/** The first `size` places of a Fisher–Yates shuffle, with the random numbers of mulberry32. */
function sample(list, size, start) {
  let state = start >>> 0;
  const random = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const shuffled = [...list];
  const length = Math.min(size, shuffled.length);
  for (let i = 0; i < length; i++) {
    const j = i + Math.floor(random() * (shuffled.length - i));
    [shuffled[i], shuffled[j]] = [shuffled[j], shuffled[i]];
  }
  return shuffled.slice(0, length);
}

function wholeNumber(name) {
  if (!/^\d{1,9}$/.test(values[name])) fail(`--${name} must be a whole number, but it is ${values[name]}.`);
  return Number(values[name]);
}

function fail(message) {
  console.error(`sample-sentences: ${message}`);
  process.exit(2);
}
