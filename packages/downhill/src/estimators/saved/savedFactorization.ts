// Encodes a fitted factorization as the body of a saved model, and decodes it.
import { InputRangeError } from "../../core/check.ts";
import type { Label } from "../../core/label.ts";
import type { Lists } from "../../core/lists.ts";
import { termNames } from "../../predictors/factors.ts";
import type { FactorizationData } from "../ratings/factorization.ts";
import type { LongText } from "./jsonPieces.ts";
import { encodedLength, encodeHistory, integersText, numbersText } from "./numberText.ts";
import { frame, type SavedBody } from "./savedFile.ts";
import {
  booleanIn,
  choiceIn,
  descentIn,
  historyIn,
  integerIn,
  integersIn,
  labelsIn,
  listIn,
  numberIn,
  numbersIn,
  objectIn,
  reject,
  stoppedIn,
} from "./savedMembers.ts";

const LONGEST = 536_870_888; // 2²⁹ − 24: the maximum length of a string in V8; other engines allow longer strings
const RESERVED = 16_777_216; // characters that are reserved for settings, history and members of the user

/** The facts that determine the length of the text of a saved factorization. */
export interface SavedSize {
  /** The distinct users. */
  readonly users: readonly Label[];
  /** The distinct items. */
  readonly items: readonly Label[];
  /** Whether the model has biases. */
  readonly biases: boolean;
  /** Number of distinct pairs in the training ratings and in `seen`. */
  readonly pairs: number;
}

/**
 * The largest rank of a factorization that can be saved. Its JSON text must fit into a string, which has at most 536 million
 * characters; a parameter takes 32/3 characters.
 *
 * @returns the rank; 0 if no factorization of these users and items can be saved
 *
 * @example
 * ```ts
 * import { largestSavableRank } from "downhill";
 *
 * const users = Array.from({ length: 100_000 }, (_, k) => k);
 * largestSavableRank({ users, items: [1, 2, 3], biases: true, pairs: 1_000_000 }); // 480
 * ```
 */
export function largestSavableRank({ users, items, biases, pairs }: SavedSize): number {
  let left = LONGEST - RESERVED - encodedLength(4 * (users.length + 1)) - encodedLength(4 * pairs);
  for (const labels of [users, items]) for (const label of labels) left -= bytesOf(label) + 1;
  const numbers = Math.floor((left / 32) * 3);
  return Math.max(0, Math.floor(numbers / (users.length + items.length)) - (biases ? 1 : 0));
}

/** An upper bound of the UTF-8 bytes of a label. */
function bytesOf(label: Label): number {
  const text = JSON.stringify(label);
  return /^[ -~]*$/.test(text) ? text.length : 3 * text.length;
}

/**
 * The body of a saved factorization, with its long lists as texts in pieces.
 *
 * @throws RangeError if its text would be too long for a string
 */
export function savedFactorization(fittedData: FactorizationData): SavedBody {
  const { users, items, seen, settings } = fittedData;
  const most = largestSavableRank({ users, items, biases: settings.biases, pairs: seen.entries.length });
  if (settings.rank > most) {
    throw new InputRangeError(
      `save: rank must be at most ${most} for ${users.length} users and ${items.length} items, so that the text fits into ` +
        `a string, got ${settings.rank}. Train with a lower rank, or write params() to a file.`,
    );
  }
  return {
    ...fittedData,
    seen: { starts: integersText(seen.starts), entries: integersText(seen.entries) },
    params: numbersText(fittedData.params),
    history: encodeHistory(fittedData.history),
  };
}

/** The saved model as JSON data. */
export function encodeFactorization(fittedData: FactorizationData): unknown {
  const body = savedFactorization(fittedData) as SavedBody & { seen: Record<keyof Lists, LongText>; params: LongText };
  const { starts, entries } = body.seen;
  const seen = { starts: starts.toJSON(), entries: entries.toJSON() };
  return frame({ ...body, seen, params: body.params.toJSON() });
}

/**
 * Decodes the body of a saved factorization.
 *
 * @throws RangeError or TypeError for members that no factorization can have, or that do not fit together
 */
export function decodeFactorization(body: SavedBody): FactorizationData {
  const users = labelsIn("users", body["users"]);
  const items = labelsIn("items", body["items"]);
  const settings = settingsIn(body["settings"]);
  const options = objectIn("options", body["options"]);
  penaltyIn(options["l2"]);
  if ("rates" in options) termsIn("options.rates", options["rates"], Number.MIN_VALUE);
  descentIn(options, ["l2", "rates"]);
  if (settings.loss !== "halfSquared") integerIn("options.negatives", options["negatives"], 1);
  const updates = integerIn("updates", body["updates"], 0);
  const size = (users.length + items.length) * (settings.rank + (settings.biases ? 1 : 0));
  return {
    kind: "factorization",
    settings,
    options: options as FactorizationData["options"],
    users,
    items,
    seen: seenIn(body["seen"], users.length, items.length),
    params: numbersIn("params", body["params"], size),
    history: historyIn("history", body["history"], updates),
    updates,
    stopped: stoppedIn("stopped", body["stopped"]),
  };
}

/** Checks the weight of the penalty: a number, or one for each kind of parameter. */
function penaltyIn(l2: unknown): void {
  if (typeof l2 !== "object") numberIn("options.l2", l2, 0);
  else termsIn("options.l2", l2, 0);
}

/** Checks a number for each kind of parameter. */
function termsIn(member: string, value: unknown, lowest: number): void {
  const terms = objectIn(member, value);
  for (const name of termNames) numberIn(`${member}.${name}`, terms[name], lowest);
}

function settingsIn(value: unknown): FactorizationData["settings"] {
  // Files of earlier versions have no loss, because there was only one.
  const { rank, biases, mean, deviation, penalty, scale, loss = "halfSquared" } = objectIn("settings", value);
  const bounds = scale === null ? null : listIn("settings.scale", scale);
  const [low, high] = (bounds ?? [0, 0]).map((bound, at) => numberIn(`settings.scale[${at}]`, bound));
  if (bounds !== null && !(bounds.length === 2 && low! <= high!)) {
    reject("settings.scale", "two numbers, the lower one first", scale);
  }
  return {
    rank: integerIn("settings.rank", rank, 1),
    biases: booleanIn("settings.biases", biases),
    mean: numberIn("settings.mean", mean),
    deviation: numberIn("settings.deviation", deviation, Number.MIN_VALUE),
    penalty: choiceIn("settings.penalty", penalty, ["perRating", "uniform"]),
    loss: choiceIn("settings.loss", loss, ["halfSquared", "bpr", "logistic"]),
    scale: bounds && [low!, high!],
  };
}

/** For each user the positions of the rated items, in ascending order. */
function seenIn(value: unknown, users: number, items: number): Lists {
  const seen = objectIn("seen", value);
  const starts = integersIn("seen.starts", seen["starts"], users + 1);
  const entries = integersIn("seen.entries", seen["entries"]);
  if (starts[0] !== 0) reject("seen.starts[0]", "0", starts[0]);
  if (starts[users] !== entries.length) {
    reject(`seen.starts[${users}]`, `${entries.length}, the number of entries`, starts[users]);
  }
  for (let user = 0; user < users; user++) {
    if (starts[user]! > starts[user + 1]!) reject("seen.starts", "in ascending order", starts[user + 1]);
  }
  for (let user = 0; user < users; user++) {
    for (let at = starts[user]!; at < starts[user + 1]!; at++) {
      const item = entries[at]!;
      if (item >= items) reject(`seen.entries[${at}]`, `a position below ${items}, the number of items`, item);
      if (at > starts[user]! && item <= entries[at - 1]!) {
        reject(`seen.entries[${at}]`, "above the previous entry of the same user", item);
      }
    }
  }
  return { starts, entries };
}
