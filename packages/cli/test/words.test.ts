// --column NAME:words: a table with texts, from the training to predictions, reports and errors.
import { readFileSync } from "node:fs";
import { bagOfWords, type FittedTableModel, load, logisticRegression, random } from "downhill";
import { afterAll, expect, test } from "vitest";
import { failure as failureIn } from "./badFiles.ts";
import { downhill, Scratch } from "./world.ts";

const scratch = new Scratch();
afterAll(() => scratch.remove());
const failure = (code: number, argv: string[]) => failureIn(code, argv, scratch);

const topics = {
  space: "orbit moon rocket nasa launch shuttle earth".split(" "),
  hockey: "team game goal season play puck league".split(" "),
};
const others = "the a of and to in is that it for on with as this".split(" ");

/** Posts of two newsgroups: mostly common words, and some of the topic; every 20th post has no text. */
function postsOf(count: number, seed: number) {
  const next = random(seed);
  const pick = (words: readonly string[]): string => words[Math.floor(words.length * next.uniform())]!;
  return Array.from({ length: count }, (_, i) => {
    const group = next.uniform() < 0.5 ? "space" : "hockey";
    const words = Array.from({ length: 12 }, () => (next.uniform() < 0.2 ? pick(topics[group]) : pick(others)));
    return { text: i % 20 === 7 ? "" : `${words.join(" ")}, “007” ${i}.`, replies: String(i % 6), group };
  });
}

const csv = (posts: ReturnType<typeof postsOf>): string =>
  `text,replies,group\n${posts.map(({ text, replies, group }) => `"${text}",${replies},${group}\n`).join("")}`;
const posts = postsOf(400, 1);
const file = scratch.file("posts.csv", csv(posts));
const saved = (path: string): FittedTableModel => load(readFileSync(path, "utf8"), "tableModel");
const train = ["train", file, "--target", "group", "--drop", "replies"];

test("a model of words is the library's model of bagOfWords, and its file predicts", async () => {
  const model = scratch.at("posts.json");
  const column = "text:words(1024, seed 3)";
  const ran = await downhill([...train, "--column", column, "--hold-out", "0", "--save", model]);
  expect(ran.stderr).toContain("words: text (1,024 buckets)");
  expect(ran.stderr).toContain("columns scaled, not centred");
  expect(ran.stderr).toContain("20 of 400 texts are missing: their rows have no words");
  expect(ran.code).toBe(0);
  const X = bagOfWords(
    posts.map(({ text }) => text),
    { columns: 1024, seed: 3 },
  );
  const expected = logisticRegression().fit(
    X,
    posts.map(({ group }) => group),
  );
  const inner = saved(model).model as unknown as typeof expected;
  expect([...inner.params()]).toEqual([...expected.params()]);
  const later = postsOf(50, 2);
  const input = scratch.file("later.csv", csv(later));
  const { stdout } = await downhill(["predict", model, input, "--explain", "--probabilities"]);
  const [head, ...lines] = stdout.trimEnd().split("\n");
  expect(head).toBe("prediction,probability_hockey,probability_space,base,from_text");
  const Y = bagOfWords(
    later.map(({ text }) => text),
    { columns: 1024, seed: 3 },
  );
  expect(lines.map((line) => line.split(",")[0])).toEqual(expected.predict(Y));
  expect(lines.map((line) => Number(line.split(",")[2]))).toEqual(
    Array.from({ length: 50 }, (_, i) => expected.probabilities(Y).data[2 * i + 1]!),
  );
  const measured = await downhill(["evaluate", model, input, "--json"]);
  expect(JSON.parse(measured.stdout).accuracy).toBeGreaterThan(0.85);
});

test("folds, a search and a chosen threshold work with words beside other columns", async () => {
  const own = ["train", file, "--target", "group", "--column", "text:words(4096)", "--save", scratch.at("own.json")];
  const line = [...own, "--folds", "3", "--search", "l2=1e-3..1", "--trials", "2", "--threshold", "f1"];
  const { stderr, code } = await downhill(line);
  expect(stderr).toMatch(/threshold 0\.\d+ \(for the largest F1/);
  expect(stderr).toContain("numbers: replies · words: text (4,096 buckets)\n");
  expect(code).toBe(0);
});

test("the report names the most important words, and the words that share a bucket", async () => {
  const report = scratch.at("posts.html");
  await downhill([...train, "--column", "text:words(16)", "--report", report, "--save", scratch.at("few.json")]);
  const text = readFileSync(report, "utf8");
  const [, ...rows] = /text: [\w, ]+ and \d+ more \(bucket \d+\)/.exec(text) ?? [];
  expect(rows).toBeDefined();
  await downhill([...train, "--column", "text:words", "--report", report, "--force", "--save", scratch.at("all.json")]);
  const all = readFileSync(report, "utf8");
  for (const word of [...topics.space, ...topics.hockey]) expect(all).toMatch(new RegExp(`text: ${word} \\(bucket`));
  expect(all).toContain("text: 262144 words by hash");
});

test("inspect shows the words, and the note on a column of texts names the option", async () => {
  const shown = await downhill(["inspect", file, "--column", "text:words"]);
  expect(shown.stdout).toMatch(/^text +words +20 +380 .* \d+, .* \d+, .* \d+$/m);
  const { stderr } = await downhill([...train.slice(0, 4), "--save", scratch.at("none.json")]);
  expect(stderr).toMatch(/"text" is left out, .* \(--column text:words counts its words\)/);
});

test.each([
  [
    "--stream",
    2,
    /--column text:words does not work with --stream, because the file of prepared rows has a place for every number/,
  ],
  ["--group=text", 3, /column "text" is the group, which cannot have the kind words. Remove the kind./],
  ["--weight=text", 3, /column "text" is the weight, which cannot have the kind words/],
  [
    "--missing=text:mean",
    3,
    /column "text", which holds texts, cannot have the rule "mean"; use constant, leaveOut, error/,
  ],
] as const)("%s with a column of words is an error", async (option, code, message) => {
  expect(await failure(code, [...train, "--column", "text:words", option])).toMatch(message);
});

test.each([
  "text:words(1000)",
  "text:words(1)",
  "text:words(1024, 7)",
  "text:words()",
  "text:words(1024",
  "text:words:9",
])("--column %s is an error whose example works", async (column) => {
  const text = await failure(2, [...train, "--column", column]);
  const [, example] = /such as '(text:words\(65536, seed 7\))'/.exec(text) ?? [];
  const { code } = await downhill([...train, "--column", example!, "--save", scratch.at("example.json")]);
  expect(code).toBe(0);
});

test.each(["js", "onnx", "sql", "coefficients"])("export --to %s rejects a model of words by name", async (to) => {
  const model = scratch.at("words.json");
  await downhill([...train, "--column", "text:words(64)", "--save", model, "--force"]);
  const text = await failure(3, ["export", model, "--to", to, "--out", scratch.at(`model.${to}`)]);
  expect(text).toContain(
    'the model must have no column with words, which other programs do not hash in the same way, got "text"',
  );
});
