// Wrong command lines: exit code 2, one message, and no file is written.
import { afterAll, beforeAll, expect, test } from "vitest";
import { $, failure, iris, scratch, train, writeFixtures } from "./badFiles.ts";
import { dataset } from "./world.ts";

beforeAll(writeFixtures);
afterAll(() => scratch.remove());

const usageError = (argv: string[]) => failure(2, argv);

test("an unknown command", async () => {
  expect(await usageError(["trian"])).toMatchInlineSnapshot(`
    "error: unknown command 'trian'
    (Did you mean train?)
    See downhill --help."
  `);
});

test("an unknown option", async () => {
  expect(await usageError(train(iris, "--targt", "species"))).toMatchInlineSnapshot(`
    "error: unknown option '--targt'
    (Did you mean --target?)
    See downhill train --help."
  `);
});

test("no data", async () => {
  expect(await usageError(["train"])).toMatchInlineSnapshot(`
    "error: missing required argument 'data'
    See downhill train --help."
  `);
});

test("an option without its value", async () => {
  expect(await usageError(["train", iris, "--target"])).toMatchInlineSnapshot(`
    "error: option '--target <column>' argument missing
    See downhill train --help."
  `);
});

test("an SQL query that is not in quotes", async () => {
  expect(await usageError(["train", "SELECT", "*", "FROM"])).toMatchInlineSnapshot(`
    "error: too many arguments for 'train'. Expected 1 argument but got 3.
    See downhill train --help.
    DATA must be one file, or an SQL query in quotes, such as "SELECT * FROM '*.csv'"."
  `);
});

test("too many arguments of a command without DATA", async () => {
  expect(await usageError(["gallery", "pictures"])).toMatchInlineSnapshot(`
    "error: too many arguments for 'gallery'. Expected 0 arguments but got 1.
    See downhill gallery --help."
  `);
});

test("an unknown model", async () => {
  expect(await usageError(train(iris, "--target", "species", "--model", "forest"))).toMatchInlineSnapshot(`
    "error: option '--model <name>' argument 'forest' is invalid. Allowed choices are linear, logistic, softmax, network, svm, factorization.
    See downhill train --help."
  `);
});

test("no --target", async () => {
  expect(await usageError(train(iris))).toMatchInlineSnapshot(
    `"✖ train: --target, the column to predict, is missing. Choose one of sepal_length_cm, sepal_width_cm, petal_length_cm, petal_width_cm, species."`,
  );
});

test("an unknown target", async () => {
  expect(await usageError(train(iris, "--target", "specie"))).toMatchInlineSnapshot(
    `"✖ train: --target "specie" is not a column of the table. Did you mean "species"? Choose one of sepal_length_cm, sepal_width_cm, petal_length_cm, petal_width_cm, species."`,
  );
});

test("an unknown column to leave out", async () => {
  expect(await usageError(train(iris, "--target", "species", "--drop", "id"))).toMatchInlineSnapshot(
    `"✖ train: --drop "id" is not a column of the table. Choose one of sepal_length_cm, sepal_width_cm, petal_length_cm, petal_width_cm, species."`,
  );
});

test("the target among the columns to leave out", async () => {
  expect(await usageError(train(iris, "--target", "species", "--drop", "species"))).toMatchInlineSnapshot(
    `"✖ train: --drop and --target both name "species". Remove it from one of the two."`,
  );
});

test("a batch size of 0", async () => {
  expect(await usageError(train(iris, "--target", "species", "--batch-size", "0"))).toMatchInlineSnapshot(`
    "error: option '--batch-size <rows>' argument '0' is invalid. It must be full or a whole number of at least 1.
    See downhill train --help."
  `);
});

test("a batch size above the number of training rows", async () => {
  expect(await usageError(train(iris, "--target", "species", "--batch-size", "121"))).toMatchInlineSnapshot(
    `"✖ train: --batch-size 121 is larger than the 120 training rows. Use a smaller number, or full for all."`,
  );
});

test("a negative learning rate", async () => {
  expect(await usageError(train(iris, "--target", "species", "--learning-rate", "-1"))).toMatchInlineSnapshot(`
    "error: option '--learning-rate <rate>' argument '-1' is invalid. It must be auto or a number above 0.
    See downhill train --help."
  `);
});

test("a number of epochs with a fraction", async () => {
  expect(await usageError(train(iris, "--target", "species", "--epochs", "1.5"))).toMatchInlineSnapshot(`
    "error: option '--epochs <n>' argument '1.5' is invalid. It must be a whole number of at least 1.
    See downhill train --help."
  `);
});

test("--hold-out 1", async () => {
  expect(await usageError(train(iris, "--target", "species", "--hold-out", "1"))).toMatchInlineSnapshot(`
    "error: option '--hold-out <share>' argument '1' is invalid. It must be a share of at least 0 and less than 1, such as 0.2.
    See downhill train --help."
  `);
});

test("--hold-out with a share that rounds to no rows", async () => {
  expect(await usageError(train($("small.csv"), "--target", "y", "--hold-out", "0.01"))).toMatchInlineSnapshot(
    `"✖ train: --hold-out 0.01 of 6 rows leaves no held-out rows. Choose another share, or 0 to hold out no rows."`,
  );
});

test.each(["zero", "random*0", "random*", "random*Infinity", "1,", "1,x", ""])("--start %j", async (start) => {
  expect(await usageError(train(iris, "--target", "species", `--start=${start}`))).toBe(
    `error: option '--start <start>' argument '${start}' is invalid. It must be zeros, random, random times a scale above 0 such as random*0.1, or numbers separated by commas.
See downhill train --help.`,
  );
});

const schedules =
  "It must be a schedule with its numbers: inverseTime:decay=0.01, step:factor=0.5,every=100, exponential:factor=0.5,every=100 or cosine:updates=1000,last=0.001.";

test.each([
  ["cosine", schedules],
  ["cosine:updates=10", schedules],
  ["cosine:updates=10,last=1,last=2", schedules],
  ["cosine:updates=10,last", schedules],
  ["step:factor=0.5,every=100:", schedules],
  ["toString:decay=1", schedules],
  ["step:factor=0,every=100", "factor: It must be a number above 0."],
  ["step:factor=0.5,every=1.5", "every: It must be a whole number of at least 1."],
  ["inverseTime:decay=-1", "decay: It must be a number of at least 0."],
])("--schedule %j", async (schedule, rule) => {
  const ran = train(iris, "--target", "species", "--learning-rate", "0.1", "--schedule", schedule);
  expect(await usageError(ran)).toBe(
    `error: option '--schedule <name:numbers>' argument '${schedule}' is invalid. ${rule}
See downhill train --help.`,
  );
});

test.each([
  [
    ["--schedule", "inverseTime:decay=1"],
    "--schedule needs a learning rate that it changes. Start with --learning-rate 0.01, or leave out --schedule.",
  ],
  [
    ["--optimizer", "dog", "--warm-up", "5"],
    "--warm-up does not work with --optimizer dog, which chooses its own learning rates. Leave out one of the two options.",
  ],
  [
    ["--decay", "0.5"],
    "--decay works only with --optimizer momentum, nesterov, rmsProp or adamW. Use one of these optimizers, or leave out --decay.",
  ],
  [
    ["--optimizer", "momentum", "--learning-rate", "0.1", "--beta1", "0.5"],
    "--beta1 works only with --optimizer adam or adamW. Use one of these optimizers, or leave out --beta1.",
  ],
  [
    ["--optimizer", "nesterov", "--learning-rate", "0.1", "--decay", "1"],
    "--decay of --optimizer nesterov must be below 1, got 1. Use --decay 0.9, for example.",
  ],
])("%j do not fit together", async (options, problem) => {
  expect(await usageError(train(iris, "--target", "species", ...options))).toBe(`✖ train: ${problem}`);
});

test("--start with too few numbers", async () => {
  const numbers = await failure(3, train(iris, "--target", "species", "--start", "1,2", "--quiet"));
  expect(numbers).toMatchInlineSnapshot(
    `"✖ train: --start must have one number per parameter (15), got 2. Pass a list of 15 numbers."`,
  );
});

test("--hidden that ends with a comma", async () => {
  expect(
    await usageError(train(iris, "--target", "species", "--model", "network", "--hidden", "32,")),
  ).toMatchInlineSnapshot(`
    "error: option '--hidden <units>' argument '32,' is invalid. It must be whole numbers of at least 1, separated by commas.
    See downhill train --help."
  `);
});

test("an option that the default model for the target does not have", async () => {
  expect(await usageError(train(iris, "--target", "species", "--hidden", "8"))).toMatchInlineSnapshot(
    `"✖ train: the model softmax, which suits this target, has no option --hidden. Leave out --hidden, or use --model network."`,
  );
});

test("an option that the chosen model does not have", async () => {
  expect(
    await usageError(train(dataset("diabetes"), "--target", "progression", "--model", "linear", "--rank", "3")),
  ).toMatchInlineSnapshot(
    `"✖ train: the model linear has no option --rank. Leave out --rank, or use --model factorization."`,
  );
});

test("--user without --model factorization", async () => {
  expect(await usageError(train($("ratings.csv"), "--user", "user"))).toMatchInlineSnapshot(
    `"✖ train: --user works only with --model factorization. Add --model factorization."`,
  );
});

test("--target with --model factorization", async () => {
  expect(
    await usageError(train($("ratings.csv"), "--model", "factorization", "--target", "rating")),
  ).toMatchInlineSnapshot(
    `"✖ train: the model factorization has no option --target. Leave out --target, or use --model linear, logistic, softmax, network or svm."`,
  );
});

test("--model factorization without --rating", async () => {
  expect(
    await usageError(train($("ratings.csv"), "--model", "factorization", "--user", "user", "--item", "item")),
  ).toMatchInlineSnapshot(
    `"✖ train: --model factorization needs --rating, the name of a column. Choose one of user, item, rating."`,
  );
});

test("--user and --item with the same column", async () => {
  expect(
    await usageError(
      train($("ratings.csv"), "--model", "factorization", "--user", "user", "--item", "user", "--rating", "rating"),
    ),
  ).toMatchInlineSnapshot(
    `"✖ train: --user, --item and --rating must name three different columns, got user, user, rating. Change one of them."`,
  );
});

test("a model for two classes, but the target has three", async () => {
  expect(await usageError(train(iris, "--target", "species", "--model", "logistic"))).toMatchInlineSnapshot(
    `"✖ train: --model logistic predicts two classes, but "species" has 3 different values. Use --model softmax, network or svm."`,
  );
});

test("a model that predicts numbers, but the target is text", async () => {
  expect(await usageError(train(iris, "--target", "species", "--model", "linear"))).toMatchInlineSnapshot(
    `"✖ train: --model linear predicts numbers, but "species" contains text. Use --model logistic, softmax, network or svm."`,
  );
});

test("a model that predicts classes, but the target has fractional numbers", async () => {
  expect(await usageError(train(dataset("wine"), "--target", "alcohol", "--model", "softmax"))).toMatchInlineSnapshot(
    `"✖ train: --model softmax predicts classes, but "alcohol" contains fractional numbers. Use --model linear or network."`,
  );
});

test("--optimizer momentum without --learning-rate", async () => {
  expect(await usageError(train(iris, "--target", "species", "--optimizer", "momentum"))).toMatchInlineSnapshot(
    `"✖ train: --optimizer momentum needs a learning rate. Start with --learning-rate 0.01."`,
  );
});

test("--optimizer plain with a network, without --learning-rate", async () => {
  expect(
    await usageError(train(iris, "--target", "species", "--model", "network", "--optimizer", "plain")),
  ).toMatchInlineSnapshot(
    `"✖ train: --optimizer plain with --model network needs a learning rate. Start with --learning-rate 0.01."`,
  );
});

test("--optimizer plain without --learning-rate", async () => {
  expect(await usageError(train(iris, "--target", "species", "--optimizer", "plain"))).toMatchInlineSnapshot(
    `"✖ train: --optimizer plain with --model softmax needs a learning rate. Start with --learning-rate 0.01."`,
  );
});

test("--optimizer automatic with --learning-rate", async () => {
  expect(
    await usageError(train(iris, "--target", "species", "--optimizer", "automatic", "--learning-rate", "0.5")),
  ).toMatchInlineSnapshot(
    `"✖ train: --optimizer automatic chooses its own learning rate, but --learning-rate is 0.5. Leave out one of the two options."`,
  );
});

test("--optimizer automatic with --batch-size", async () => {
  expect(
    await usageError(train(iris, "--target", "species", "--optimizer", "automatic", "--batch-size", "32")),
  ).toMatchInlineSnapshot(
    `"✖ train: --optimizer automatic needs full batches, but --batch-size is 32. Use --batch-size full."`,
  );
});

test("--optimizer automatic with a network, which trains in batches", async () => {
  expect(
    await usageError(train(iris, "--target", "species", "--optimizer", "automatic", "--model", "network")),
  ).toMatchInlineSnapshot(
    `"✖ train: --optimizer automatic needs full batches, but the model network uses mini-batches by default. Use --batch-size full."`,
  );
});

test.each([
  [["--target", "species"], "the model softmax uses full batches by default"],
  [["--target", "species", "--model", "network", "--batch-size", "full"], "--batch-size is full"],
  [
    [
      "--model",
      "factorization",
      "--user",
      "species",
      "--item",
      "sepal_length_cm",
      "--rating",
      "petal_width_cm",
      "--penalty",
      "uniform",
    ],
    "the model factorization uses full batches by default",
  ],
])("--order replacement in full batch: %j", async (more, got) => {
  expect(await usageError(train(iris, "--order", "replacement", ...more))).toContain(
    `train: --order replacement needs batches, but ${got}. Use --batch-size 1, for example, or leave out --order replacement.`,
  );
});

test("--order replacement with a batch of all training rows, and in a search that tries full batch", async () => {
  const own = train(iris, "--target", "species", "--order", "replacement", "--epochs", "1");
  expect(await failure(3, [...own, "--hold-out", "0", "--batch-size", "150"])).toContain(
    "train: --order replacement needs batches of fewer than all 150 examples, got --batch-size full. " +
      "Use --batch-size 1, for example, or leave out --order replacement.",
  );
  expect(await usageError([...own, "--search", "batch-size=full", "--trials", "all"])).toContain(
    "--order replacement needs batches, but --batch-size is full.",
  );
});

test("--l1 with an optimizer that does not support it", async () => {
  expect(
    await usageError(train(iris, "--target", "species", "--optimizer", "adam", "--l1", "0.1")),
  ).toMatchInlineSnapshot(
    `"✖ train: --l1 does not work with --optimizer adam. Use --optimizer automatic, plain, momentum or nesterov, or leave out --l1."`,
  );
});

test("--quiet with --json", async () => {
  expect(await usageError(train(iris, "--target", "species", "--quiet", "--json"))).toMatchInlineSnapshot(`
    "error: option '--quiet' cannot be used with option '--json'
    See downhill train --help."
  `);
});

test("a file in a directory that does not exist", async () => {
  expect(await usageError(["train", iris, "--target", "species", "--save", $("no/m.json")])).toMatchInlineSnapshot(
    `"✖ train: --save "DIR/no/m.json" is in a directory that does not exist. Create it: mkdir -p DIR/no"`,
  );
});

test("a directory in place of a file", async () => {
  expect(
    await usageError(["train", iris, "--target", "species", "--save", $("new.json"), "--report", scratch.path]),
  ).toMatchInlineSnapshot(`"✖ train: --report "DIR" is a directory. Name a file in it."`);
});

test("--probabilities with a model that has no probabilities", async () => {
  expect(await usageError(["predict", $("svm.json"), $("small.csv"), "--probabilities"])).toMatchInlineSnapshot(
    `"✖ predict: the model svm has no probabilities. Leave out --probabilities, or train a logistic or softmax model."`,
  );
});

test("--out with an unknown ending", async () => {
  expect(await usageError(["predict", $("small.json"), $("small.csv"), "--out", "p.xlsx"])).toMatchInlineSnapshot(
    `"✖ predict: --out must end in .csv, .tsv, .json, .ndjson or .parquet, got "p.xlsx". Use one of these endings."`,
  );
});

test("no --user", async () => {
  expect(await usageError(["recommend", $("ratings.json")])).toMatchInlineSnapshot(
    `"✖ recommend: --user, --users, --ratings or --similar is missing. Set --user to a user, --users to a table of users, --ratings to a table with ratings of new users, or --similar to an item."`,
  );
});

test("a user that the model does not know", async () => {
  expect(await usageError(["recommend", $("ratings.json"), "--user", "4"])).toMatchInlineSnapshot(
    `"✖ recommend: --user "4" is not a user of the model. Choose one of its 3 users: 1, 2, 3."`,
  );
});

test("--top 0", async () => {
  expect(await usageError(["recommend", $("ratings.json"), "--user", "1", "--top", "0"])).toMatchInlineSnapshot(`
    "error: option '--top <n>' argument '0' is invalid. It must be a whole number of at least 1.
    See downhill recommend --help."
  `);
});

test("an option of another command", async () => {
  expect(await usageError(["predict", "m.json", iris, "--target", "y"])).toMatchInlineSnapshot(`
    "error: unknown option '--target'
    See downhill predict --help."
  `);
});

test("--target twice", async () => {
  expect(await usageError(train(iris, "--target", "species", "--target", "petal_width_cm"))).toMatchInlineSnapshot(`
    "error: option '--target <column>' was set twice. Set it once.
    See downhill train --help."
  `);
});

test("a switch and its opposite", async () => {
  expect(
    await usageError(train(iris, "--target", "species", "--standardize", "--no-standardize")),
  ).toMatchInlineSnapshot(`
    "error: option '--no-standardize' cannot be used with option '--standardize'
    See downhill train --help."
  `);
});

test("a column of an unknown kind", async () => {
  expect(
    await usageError(train(iris, "--target", "species", "--column", "petal_width_cm:text")),
  ).toMatchInlineSnapshot(`
    "error: option '--column <name:kind>' argument 'petal_width_cm:text' is invalid. It must be the name of a column, a colon, and one of number, boolean, category, ordinal, date, time, words, such as zip:category. A date or a time may have a format, such as joined:date:%d/%m/%Y, and an ordinal needs its order, such as size:ordinal:S<M<L. Words may have a number of buckets and a seed, such as 'text:words(65536, seed 7)'.
    See downhill train --help."
  `);
});

test("--class-weights, but the target contains numbers", async () => {
  expect(
    await usageError(
      train(dataset("diabetes"), "--target", "progression", "--model", "network", "--class-weights", "balanced"),
    ),
  ).toMatchInlineSnapshot(
    `"✖ train: --class-weights needs a target of classes, but "progression" contains 214 different numbers. Leave out --class-weights."`,
  );
});

test("more than 64 threads", async () => {
  expect(await usageError(train(iris, "--target", "species", "--threads", "65"))).toMatchInlineSnapshot(`
    "error: option '--threads <n>' argument '65' is invalid. It must be a whole number from 1 to 64.
    See downhill train --help."
  `);
});
