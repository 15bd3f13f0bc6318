// The options of the commands that use a saved model, and of the gallery.
import { type OptionsOf, parsed, text, toggle } from "./option.ts";
import { format } from "./sharedOptions.ts";
import { columnNames, count } from "./values.ts";

export const predictOptions = {
  format,
  keep: parsed("<columns>", "columns of the data to write before the predictions, such as id,name", columnNames),
  probabilities: toggle("add a column with the probability of each class"),
  out: text("<file>", "write a .csv, .tsv or .json file (default: CSV on stdout)"),
  force: toggle("allow --out to replace a file that does not hold predictions"),
} as const;
export type PredictOptions = OptionsOf<typeof predictOptions>;

export const evaluateOptions = { format, json: toggle("one JSON object instead of a table") } as const;
export type EvaluateOptions = OptionsOf<typeof evaluateOptions>;

export const recommendOptions = {
  user: text("<user>", "the user, as written in the table", { required: true }),
  top: parsed("<n>", "how many items", count, { defaultValue: 10 }),
  json: toggle("one JSON object instead of lines"),
} as const;
export type RecommendOptions = OptionsOf<typeof recommendOptions>;

export const galleryOptions = {
  out: text("<directory>", "where to write the pictures", { defaultValue: "gallery" }),
  force: toggle("allow writing into a directory that holds other files"),
  json: toggle("one JSON object per program instead of a table"),
} as const;
export type GalleryOptions = OptionsOf<typeof galleryOptions>;
