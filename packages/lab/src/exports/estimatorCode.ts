// The estimator of a state as code.
import type { OptimizerSpec, RateSpec, ScheduleSpec } from "downhill";
import type { Holds } from "../state/dataFields.ts";
import { estimatorName, estimatorOptions } from "../state/estimatorOf.ts";
import { initialOf } from "../state/field.ts";
import type { LabState } from "../state/labState.ts";
import { optimizers } from "../state/trainingFields.ts";
import { Code, callCode, objectCode } from "./code.ts";

/** Code, and the functions of the library that it uses. */
export interface ImportingCode {
  readonly code: string;
  readonly imports: readonly string[];
}

/** The code that makes the estimator of a state. */
export function estimatorCode(state: LabState, holds: Holds, rows: number): ImportingCode {
  const { optimizer, ...options } = estimatorOptions(state, rows) as { optimizer?: OptimizerSpec };
  const name = estimatorName(state, holds);
  if (optimizer === undefined) return { code: `${name}(${objectCode(options)})`, imports: [name] };
  const made = optimizerCode(optimizer);
  const members = { optimizer: new Code(made.code), ...options };
  return { code: `${name}(${objectCode(members)})`, imports: [name, ...made.imports] };
}

function optimizerCode({ optimizer, rate, ...options }: OptimizerSpec): ImportingCode {
  const made = rate === undefined ? { code: [], imports: [] } : rateCode(rate as RateSpec);
  const initial = initialOf(optimizers[optimizer as keyof typeof optimizers]) as Readonly<Record<string, unknown>>;
  const own = Object.fromEntries(Object.entries(options).filter(([name, value]) => value !== initial[name]));
  return { code: callCode(optimizer, [made.code].flat(), own), imports: [optimizer, ...made.imports] };
}

function rateCode(rate: RateSpec): ImportingCode {
  if (typeof rate === "number") return { code: String(rate), imports: [] };
  const { schedule, rate: inner, ...options } = rate as ScheduleSpec;
  const made = rateCode(inner);
  return { code: callCode(schedule, [made.code], options), imports: [schedule, ...made.imports] };
}
