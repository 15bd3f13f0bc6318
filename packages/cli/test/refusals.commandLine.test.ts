// A command line that cannot be followed: exit code 2, one sentence, nothing written.
import { afterAll, beforeAll, test } from "vitest";
import { $, type Case, iris, refuses, scratch, train, writeFixtures } from "./badFiles.ts";
import { dataset } from "./world.ts";

let before: string[];
beforeAll(async () => {
  before = await writeFixtures();
});
afterAll(() => scratch.remove());

const cases: Case[] = [
  [
    2,

    'downhill: command must be one of train, predict, evaluate, recommend, gallery, got "trian". Did you mean train? See downhill --help.',
    ["trian"],
  ],
  [
    2,
    'train: option must be one that train has, got "--targt". Did you mean --target? See downhill train --help.',
    train(iris, "--targt", "species"),
  ],
  [2, "train: <data> must be given, got none. See downhill train --help.", ["train"]],
  [2, "train: --target must have a value, got none. See downhill train --help.", ["train", iris, "--target"]],
  [
    2,
    "train: arguments must be 1, got 3. Put a query in quotes. See downhill train --help.",
    ["train", "SELECT", "*", "FROM"],
  ],
  [
    2,

    'train: --model must be one of linear, logistic, softmax, network, svm, factorization, got "forest". Choose one of these.',
    train(iris, "--target", "species", "--model", "forest"),
  ],
  [
    2,

    "train: --target must name the column to predict, got none. Choose one of sepal_length_cm, sepal_width_cm, petal_length_cm, petal_width_cm, species.",
    train(iris),
  ],
  [
    2,

    'train: --target must be a column of the table, got "specie". Choose one of sepal_length_cm, sepal_width_cm, petal_length_cm, petal_width_cm, species.',
    train(iris, "--target", "specie"),
  ],
  [
    2,

    'train: --drop must be a column of the table, got "id". Choose one of sepal_length_cm, sepal_width_cm, petal_length_cm, petal_width_cm, species.',
    train(iris, "--target", "species", "--drop", "id"),
  ],
  [
    2,
    'train: --drop must not name the target, got "species". Leave it out of one of the two.',
    train(iris, "--target", "species", "--drop", "species"),
  ],
  [
    2,
    'train: --batch-size must be full or a whole number of at least 1, got "0". Correct it.',
    train(iris, "--target", "species", "--batch-size", "0"),
  ],
  [
    2,
    "train: --batch-size must be at most the 120 training rows, got 121. Choose fewer, or full for all.",
    train(iris, "--target", "species", "--batch-size", "121"),
  ],
  [
    2,
    'train: --learning-rate must be a number above 0, got "-1". Correct it.',
    train(iris, "--target", "species", "--learning-rate", "-1"),
  ],
  [
    2,
    'train: --epochs must be a whole number of at least 1, got "1.5". Correct it.',
    train(iris, "--target", "species", "--epochs", "1.5"),
  ],
  [
    2,
    'train: --hold-out must be a share from 0 to below 1, got "1". Correct it.',
    train(iris, "--target", "species", "--hold-out", "1"),
  ],
  [
    2,
    "train: --hold-out must leave rows on both sides of 6, got 0.01. Choose another share, or 0 for none.",
    train($("small.csv"), "--target", "y", "--hold-out", "0.01"),
  ],
  [
    2,
    'train: --hidden must be whole numbers of at least 1 with commas between them, got "32,". Correct it.',
    train(iris, "--target", "species", "--model", "network", "--hidden", "32,"),
  ],
  [
    2,

    "train: --hidden must go with --model network, got softmax, the model of this target. Leave it out, or choose the model.",
    train(iris, "--target", "species", "--hidden", "8"),
  ],
  [
    2,
    "train: --rank must go with --model factorization, got linear. Leave it out, or choose the model.",
    train(dataset("diabetes"), "--target", "progression", "--model", "linear", "--rank", "3"),
  ],
  [
    2,
    "train: --user must go with --model factorization, got no --model. Add it.",
    train($("ratings.csv"), "--user", "user"),
  ],
  [
    2,

    "train: --target must go with --model linear or logistic or softmax or network or svm, got factorization. Leave it out, or choose the model.",
    train($("ratings.csv"), "--model", "factorization", "--target", "rating"),
  ],
  [
    2,
    "train: --rating must name a column with --model factorization, got none. Choose one of user, item, rating.",
    train($("ratings.csv"), "--model", "factorization", "--user", "user", "--item", "item"),
  ],
  [
    2,
    "train: --user, --item and --rating must be three columns, got user, user, rating. Name three.",
    train($("ratings.csv"), "--model", "factorization", "--user", "user", "--item", "user", "--rating", "rating"),
  ],
  [
    2,

    'train: --model must suit a target of 3 different values ("species"), got logistic. Choose softmax, network or svm.',
    train(iris, "--target", "species", "--model", "logistic"),
  ],
  [
    2,

    'train: --model must suit a target of text ("species"), got linear. Choose logistic, softmax, network or svm.',
    train(iris, "--target", "species", "--model", "linear"),
  ],
  [
    2,
    'train: --model must suit a target of fractional numbers ("alcohol"), got softmax. Choose linear or network.',
    train(dataset("wine"), "--target", "alcohol", "--model", "softmax"),
  ],
  [
    2,
    "train: --learning-rate must be given with --optimizer momentum, got none. Start with --learning-rate 0.01.",
    train(iris, "--target", "species", "--optimizer", "momentum"),
  ],
  [
    2,
    "train: --learning-rate must be given with --optimizer plain and --model network, got none. Start with --learning-rate 0.01.",
    train(iris, "--target", "species", "--model", "network", "--optimizer", "plain"),
  ],
  [
    2,
    "train: --learning-rate must be given with --optimizer plain and --model softmax, got none. Start with --learning-rate 0.01.",
    train(iris, "--target", "species", "--optimizer", "plain"),
  ],
  [
    2,
    "train: --learning-rate must be left out with --optimizer automatic, which finds its own, got 0.5. Leave out one of them.",
    train(iris, "--target", "species", "--optimizer", "automatic", "--learning-rate", "0.5"),
  ],
  [
    2,
    "train: --batch-size must be full with --optimizer automatic, got 32. Add --batch-size full.",
    train(iris, "--target", "species", "--optimizer", "automatic", "--batch-size", "32"),
  ],
  [
    2,
    "train: --batch-size must be full with --optimizer automatic, got none, which for a network means mini-batches. Add --batch-size full.",
    train(iris, "--target", "species", "--optimizer", "automatic", "--model", "network"),
  ],
  [
    2,
    "train: --optimizer must be automatic, plain, momentum or nesterov with --l1, got adam. Choose one of these.",
    train(iris, "--target", "species", "--optimizer", "adam", "--l1", "0.1"),
  ],
  [
    2,
    "train: --quiet must stand without --json and --progress, got --json. Choose one.",
    train(iris, "--target", "species", "--quiet", "--json"),
  ],
  [
    2,

    `train: --save must lie in a directory that can be written to, got ${JSON.stringify($("no/m.json"))}. Create ${JSON.stringify($("no"))}.`,
    ["train", iris, "--target", "species", "--save", $("no/m.json")],
  ],
  [
    2,
    `train: --report must be a file, got the directory ${JSON.stringify(scratch.path)}. Name a file in it.`,
    ["train", iris, "--target", "species", "--save", $("new.json"), "--report", scratch.path],
  ],
  [
    2,

    "predict: --probabilities must go with a model that gives them, got svm. Leave it out, or train a logistic or softmax model.",
    ["predict", $("svm.json"), $("small.csv"), "--probabilities"],
  ],
  [
    2,
    'predict: --out must end in .csv, .tsv or .json, got "p.xlsx". Choose one of these.',
    ["predict", $("small.json"), $("small.csv"), "--out", "p.xlsx"],
  ],
  [2, "recommend: --user must be given, got none. See downhill recommend --help.", ["recommend", $("ratings.json")]],
  [
    2,
    'recommend: --user must be one of the 3 users of the model (1, 2, 3), got "4". Name one of these.',
    ["recommend", $("ratings.json"), "--user", "4"],
  ],
  [
    2,
    'recommend: --top must be a whole number of at least 1, got "0". Correct it.',
    ["recommend", $("ratings.json"), "--user", "1", "--top", "0"],
  ],
];

test.each(cases)("%i: %s", (...each) => refuses(each, before));

test("class weights for numbers are refused, not ignored", () =>
  refuses(
    [
      2,
      'train: --class-weights must go with a target of classes, got "progression" with 214 numbers. Leave it out.',
      train(dataset("diabetes"), "--target", "progression", "--model", "network", "--class-weights", "balanced"),
    ],
    before,
  ));
