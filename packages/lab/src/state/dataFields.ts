// The data that the page can train on: generators with their options, and tables that come with it.
import { choice, flag, integer, list, number, text, withSlider } from "./field.ts";

const rows = (initial: number) => withSlider(integer(initial, 10, 5000), 10, 5000);
const noise = (initial: number, most = 1) => number(initial, 0, most);

/** Changes that are made to generated points with classes. */
const changes = {
  /** How many points the first class has for each point of another class: of the other classes, only every so-many-th is kept. */
  imbalance: integer(1, 1, 99),
  /** The share of the points whose class is replaced by the next one. */
  outliers: number(0, 0, 0.1),
  /** The number by which the second column is multiplied. */
  scale: number(1, 0.001, 1000),
};

/** The generators and their options, which are those of the library's functions, and `changes`. */
export const generators = {
  line: {
    n: rows(100),
    slope: number(2, -100, 100),
    intercept: number(1, -100, 100),
    noise: noise(1, 10),
    outliers: number(0, 0, 0.1),
  },
  curve: { n: rows(60), degree: integer(3, 1, 8), noise: noise(0.2) },
  ravine: { n: rows(200), features: integer(2, 1, 20), condition: number(100, 1, 1e6), noise: noise(0.1) },
  blobs: { n: rows(200), classes: integer(2, 2, 6), spread: number(1, 0, 10), ...changes },
  moons: { n: rows(200), noise: noise(0.15), ...changes },
  circles: { n: rows(200), factor: number(0.5, 0, 0.95), noise: noise(0.1), ...changes },
  xor: { n: rows(200), noise: noise(0.1), ...changes },
  spiral: { n: rows(300), arms: integer(3, 2, 6), turns: number(0.75, 0, 5), noise: noise(0.02), ...changes },
  ratings: {
    users: integer(24, 2, 200),
    items: integer(16, 2, 200),
    rank: integer(2, 1, 8),
    observed: number(0.5, 0.05, 1),
    noise: noise(0.1),
  },
} as const;

/** A table that comes with the page. */
export interface TableFacts {
  readonly title: string;
  /** The column to predict; for ratings, the column of the ratings. */
  readonly target: string;
  /** What the target is. */
  readonly holds: Holds;
  readonly rows: number;
  /** The number of features; 0 for ratings. */
  readonly features: number;
  /** The number of classes; 0 if it does not hold classes. */
  readonly classes: number;
}

/** What there is to predict: classes, numbers, or the ratings of users for items. */
export type Holds = "classes" | "numbers" | "ratings";

const classes = (title: string, target: string, rows: number, features: number, classes: number): TableFacts => ({
  ...{ title, target, rows, features, classes },
  holds: "classes",
});
const numbers = (title: string, target: string, rows: number, features: number): TableFacts => ({
  ...{ title, target, rows, features, classes: 0 },
  holds: "numbers",
});

/**
 * The tables that come with the page; the file of each is `tables/NAME.csv` beside it. Those with `article` in their names have the
 * numbers of the articles, drawn by NumPy with their seeds.
 */
export const tables = {
  iris: classes("Iris flowers", "species", 150, 4, 3),
  wine: classes("Wines", "cultivar", 178, 13, 3),
  breast_cancer: classes("Breast cancer", "diagnosis", 569, 30, 2),
  digits: classes("Written digits", "digit", 1797, 64, 10),
  diabetes: numbers("Diabetes", "progression", 442, 10),
  article_line: numbers("Line of the first article", "y", 100, 1),
  article_linear: numbers("Line of the second article", "y", 200, 1),
  article_logistic: classes("Two clouds", "class", 300, 2, 2),
  article_softmax: classes("Three clouds", "class", 450, 2, 3),
  article_network: classes("Three clouds for a network", "class", 450, 2, 3),
  article_svm: classes("Two clouds for a margin", "class", 300, 2, 2),
  article_ratings: {
    ...{ title: "Ratings of 30 users for 25 items", target: "rating", holds: "ratings" },
    ...{ rows: 301, features: 0, classes: 0 },
  },
} as const satisfies Readonly<Record<string, TableFacts>>;

/** The name of a table that comes with the page. */
export type TableName = keyof typeof tables;

const columnName = (initial: string) => text(initial, 200);

/** The fields of a table that comes with the page. */
export const tableFields = {
  table: choice<TableName>("iris", Object.keys(tables) as TableName[]),
  /** The columns that are features; with an empty list, all but the target. */
  features: list<string>([], text("", 200, 1), 0, 200),
};

/** The fields of a file of the user. The page asks for the file when a link with these fields is opened. */
export const fileFields = {
  name: text("", 200),
  /** The SHA-256 of the bytes, in hexadecimal digits. */
  sha256: text("", 64),
  rows: integer(0, 0, 10_000_000),
  columns: integer(0, 0, 10_000),
  /** The column to predict; for ratings, the column of the ratings. */
  target: columnName(""),
  holds: choice<Holds>("numbers", ["classes", "numbers", "ratings"]),
  /** The number of classes; 0 if it is not known. */
  classes: integer(0, 0, 10_000_000),
  features: list<string>([], text("", 200, 1), 0, 2000),
  /** For ratings, the column of the users. */
  user: columnName(""),
  /** For ratings, the column of the items. */
  item: columnName(""),
  /** Whether the first line has the names of the columns. */
  header: flag(true),
  /** The character between the cells of a CSV file; "" if the content decides. */
  delimiter: text("", 1),
  /** The encoding of a text file; "" if the content decides. */
  encoding: text("", 40),
  /** "pasted": the text was pasted, so that there is no file. */
  format: choice<"csv" | "parquet" | "pasted">("csv", ["csv", "parquet", "pasted"]),
  /** Whether a quote begins a cell that may contain delimiters. */
  quotes: flag(true),
  /** Lines with another number of cells than the header: an error, filled and cut, or left out. */
  ragged: choice<"error" | "pad" | "leaveOut">("error", ["error", "pad", "leaveOut"]),
  /** The decimal mark of numbers that could be read in two ways, such as 1,234. */
  decimal: choice<"auto" | "point" | "comma">("auto", ["auto", "point", "comma"]),
  /** The number of random rows that are used; 0 for all. */
  sample: integer(0, 0, 10_000_000),
  /** Texts that are missing cells, besides the usual ones. */
  na: list<string>([], text("", 200, 1), 0, 50),
  /** The columns that are read as another kind, each as NAME:KIND. */
  kinds: list<string>([], text("", 220, 3), 0, 200),
};

/** The kinds as which a column can be read. */
export const columnKinds = ["number", "category", "boolean", "date", "time"] as const;

/** The column and the kind of an entry of `kinds`. */
export function kindEntry(entry: string): readonly [column: string, kind: (typeof columnKinds)[number]] | null {
  const at = entry.lastIndexOf(":");
  const kind = columnKinds.find((each) => each === entry.slice(at + 1));
  return at > 0 && kind !== undefined ? [entry.slice(0, at), kind] : null;
}
