// A run as a JSON file: the state and the result. Of a file of the user, the state has the name and the SHA-256.
import type { History } from "downhill";
import { checkState } from "../state/checkState.ts";
import type { LabState } from "../state/labState.ts";

const KIND = "downhill run";
const VERSION = 1;

/** The result of a run. */
export interface RunResult {
  /** Why the run ended, or "paused". */
  readonly stopped: string;
  readonly updates: number;
  /** The final loss; see `finalLoss`. */
  readonly loss: number;
  readonly params: readonly number[];
  readonly history: History;
}

/** The contents of a run file. */
export interface RunFile {
  readonly state: LabState;
  readonly result: RunResult | null;
}

/** The text of a run file. JSON has no NaN and no infinite numbers, so these are texts. */
export function runFileText({ state, result }: RunFile, version: string): string {
  const contents = { kind: KIND, version: VERSION, program: `downhill ${version}`, state, result };
  return `${JSON.stringify(contents, (_, value) => (typeof value === "number" && !Number.isFinite(value) ? String(value) : value), 1)}\n`;
}

const special = new Map([
  ["NaN", Number.NaN],
  ["Infinity", Infinity],
  ["-Infinity", -Infinity],
]);

const numbersOf = (list: unknown): number[] | undefined => {
  if (!Array.isArray(list)) return undefined;
  const numbers = list.map((value) => (typeof value === "string" ? special.get(value) : value));
  return numbers.every((value) => typeof value === "number") ? (numbers as number[]) : undefined;
};

/** A run file, or sentences about what is wrong with it. */
export type ReadRunFile = { readonly file: RunFile } | { readonly file: null; readonly problems: readonly string[] };

/** Reads the text of a run file. */
export function readRunFile(text: string): ReadRunFile {
  const wrong = (...problems: string[]): ReadRunFile => ({ file: null, problems });
  let contents: Readonly<Record<string, unknown>>;
  try {
    contents = JSON.parse(text);
  } catch {
    return wrong("The file is not a run file, because it is not JSON.");
  }
  if (contents?.["kind"] !== KIND) return wrong("The file is not a run file of downhill.");
  if (contents["version"] !== VERSION) {
    return wrong(`The run file has version ${String(contents["version"])}, and this page reads version ${VERSION}.`);
  }
  const { result } = contents;
  if (typeof contents["state"] !== "object" || contents["state"] === null) return wrong("The run file has no state.");
  const state = withLaterSettings(contents["state"] as LabState);
  const problems = checkState(state).map((problem) => problem.text);
  if (problems.length > 0) return wrong(...problems);
  if (result === null) return { file: { state, result: null } };
  const read = resultOf(result);
  return read === null ? wrong("The result of the run file is damaged.") : { file: { state, result: read } };
}

/** The state with the settings that older files do not have, as the runs of these files had them. */
function withLaterSettings(state: LabState): LabState {
  const { data } = state;
  if (data?.kind !== "generated" || !["blobs", "moons", "circles", "xor", "spiral"].includes(data.generator?.name))
    return state;
  const { generator } = data;
  return {
    ...state,
    data: { ...data, generator: { ...generator, options: { imbalance: 1, ...generator.options } } },
  } as LabState;
}

function resultOf(result: unknown): RunResult | null {
  if (typeof result !== "object" || result === null) return null;
  const { stopped, updates, loss, params, history } = result as Readonly<Record<string, unknown>>;
  const [final] = numbersOf([loss]) ?? [];
  const numbers = numbersOf(params);
  const lists = Object.entries((history ?? {}) as object).map(([name, list]) => [name, numbersOf(list)] as const);
  const isDamaged = lists.some(([, list]) => list === undefined) || !lists.some(([name]) => name === "updates");
  if (typeof stopped !== "string" || !Number.isInteger(updates) || final === undefined || !numbers || isDamaged)
    return null;
  return {
    ...{ stopped, updates: updates as number, loss: final, params: numbers },
    history: Object.fromEntries(lists) as unknown as History,
  };
}
