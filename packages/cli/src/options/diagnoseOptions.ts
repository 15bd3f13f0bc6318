// The options of `downhill diagnose`: those of `train` that decide the data and the training, not those of its output.
import { type OptionsOf, parsed, toggle } from "./option.ts";
import { trainOptions } from "./trainOptions.ts";
import { countUpTo } from "./values.ts";

const MAX_RATES = 100;

function without<Table extends object, Name extends keyof Table>(
  table: Table,
  names: readonly Name[],
): Omit<Table, Name> {
  return Object.fromEntries(Object.entries(table).filter(([name]) => !names.includes(name as Name))) as Omit<
    Table,
    Name
  >;
}

export const diagnoseOptions = {
  ...without(trainOptions, [
    ...(["positive", "trace", "threads", "folds", "search", "trials", "threshold", "stream", "cache"] as const),
    "localEpochs",
    ...(["save", "keepDiverged", "report", "open", "force", "json", "progress", "timings", "quiet"] as const),
    ...(["checkpoint", "every", "resume"] as const),
  ]),
  rates: parsed("<n>", "number of learning rates that the sweep tries (default: 9)", countUpTo(MAX_RATES), {
    group: "Results:",
  }),
  json: toggle("print one JSON object instead of text"),
} as const;
export type DiagnoseOptions = OptionsOf<typeof diagnoseOptions>;
