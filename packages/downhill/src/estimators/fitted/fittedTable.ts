import { encodeTable } from "../saved/savedTable.ts";
import type { FittedData, FittedTable } from "./fittedData.ts";

/** What every fitted model of a table offers, told from its data. */
export function tableMembers(fittedData: FittedData): FittedTable {
  const { kind, settings, options, features, rows, names, history, updates, stopped, params } = fittedData;
  return {
    kind,
    settings,
    options,
    features,
    rows,
    names,
    history,
    updates,
    stopped,
    params: () => params.slice(),
    toJSON: () => encodeTable(fittedData),
  };
}
