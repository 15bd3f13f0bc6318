// The options of the commands that use a saved model, of the gallery, and of the lab.
import { type OptionsOf, oneOf, parsed, text, toggle } from "./option.ts";
import { readingOptions } from "./sharedOptions.ts";
import { trainOptions } from "./trainOptions.ts";
import { columnNames, count } from "./values.ts";

export const predictOptions = {
  keep: parsed("<columns>", "columns of DATA that are written before the predictions, such as id,name", columnNames),
  probabilities: toggle("add a column with the probability of each class"),
  explain: toggle("add columns with the contribution of each column of DATA to the score"),
  out: text("<file>", "write a .csv, .tsv, .json, .ndjson or .parquet file (default: CSV on stdout)"),
  force: toggle("allow --out to replace a file that does not contain predictions"),
  ...readingOptions,
} as const;
export type PredictOptions = OptionsOf<typeof predictOptions>;

export const evaluateOptions = {
  json: toggle("print one JSON object instead of a table"),
  ...readingOptions,
} as const;
export type EvaluateOptions = OptionsOf<typeof evaluateOptions>;

export const inspectOptions = {
  target: text("<column>", "column to predict; adds the warnings that depend on it"),
  drop: trainOptions.drop,
  column: trainOptions.column,
  na: trainOptions.na,
  json: toggle("print one JSON object instead of a table"),
  report: text("<file>", "write an HTML page with a chart of each column"),
  force: toggle("allow --report to replace a file that is not a report of inspect"),
  ...readingOptions,
} as const;
export type InspectOptions = OptionsOf<typeof inspectOptions>;

export const recommendOptions = {
  user: text("<user>", "user, as written in the training table", { conflicts: ["users", "similar"] }),
  users: text(
    "<file>",
    "table with a column of users, which has its name in the training table; recommend for each of them",
    {
      conflicts: ["similar"],
    },
  ),
  ratings: text(
    "<file>",
    "table with ratings of new users, with the columns of the training table; recommend for each of them, or for --user",
    { conflicts: ["users", "similar"] },
  ),
  similar: text("<item>", "list the items that are the most similar to this item"),
  top: parsed("<n>", "number of items", count, { defaultValue: 10 }),
  out: text(
    "<file>",
    "write a .csv, .tsv, .json, .ndjson or .parquet file with the recommendations for several users (default: CSV on stdout)",
  ),
  force: toggle("allow --out to replace a file that does not contain recommendations"),
  json: toggle("print one JSON object for each user instead of lines", { conflicts: ["out"] }),
  ...readingOptions,
} as const;
export type RecommendOptions = OptionsOf<typeof recommendOptions>;

export const exportOptions = {
  to: oneOf("<format>", "format of the file", ["onnx", "js", "sql", "coefficients"] as const, { required: true }),
  out: text("<file>", "file to write; js also writes its types, model.d.ts for model.js", { required: true }),
  probability: text("<class>", "sql: compute the probability of a class in place of the class", {
    conflicts: ["score"],
  }),
  score: text("<class>", "sql: compute the score of a class in place of the class"),
  force: toggle("allow --out to replace a file that export did not write"),
} as const;
export type ExportOptions = OptionsOf<typeof exportOptions>;

export const galleryOptions = {
  out: text("<directory>", "directory for the page and its pictures", { defaultValue: "gallery" }),
  force: toggle("allow writing into a directory that contains other files"),
  json: toggle("print one JSON object per program instead of a table"),
} as const;
export type GalleryOptions = OptionsOf<typeof galleryOptions>;

export const labOptions = {
  open: toggle("open the page in the browser (default)", { helpOff: "only print the address of the page" }),
  out: text("<directory>", "write the page into this directory, for a web server, instead of serving it", {
    conflicts: ["open"],
  }),
  force: toggle("allow writing into a directory that contains other files"),
} as const;
export type LabOptions = OptionsOf<typeof labOptions>;
