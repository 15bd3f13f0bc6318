import type { Core, FittedTable } from "./fitted.ts";
import { encodeTable } from "./savedTable.ts";

/** What every fitted model of a table offers, told from its data. */
export function tableMembers(core: Core): FittedTable {
  const { kind, settings, options, features, rows, names, history, updates, stopped, params } = core;
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
    toJSON: () => encodeTable(core),
  };
}
