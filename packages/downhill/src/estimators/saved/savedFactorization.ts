// A fitted factorization as a saved body, and its members read back with a check each.
import { InputRangeError } from "../../core/check.ts";
import type { Label } from "../../core/label.ts";
import type { Lists } from "../../core/lists.ts";
import type { FactorizationData } from "../ratings/fittedFactorization.ts";
import type { LongText } from "./jsonPieces.ts";
import { encodedLength, encodeHistory, numbersText, wholesText } from "./numberText.ts";
import { type Body, frame } from "./savedFile.ts";
import {
  booleanIn,
  choiceIn,
  descentIn,
  historyIn,
  labelsIn,
  listIn,
  numberIn,
  numbersIn,
  objectIn,
  refuse,
  stoppedIn,
  wholeIn,
  wholesIn,
} from "./savedMembers.ts";

const LONGEST = 536_870_888; // 2²⁹ − 24: characters of a text in V8, which the other engines hold too
const REST = 16_777_216; // of them, for settings, history and what is saved beside the model

/** What decides how long the text of a saved factorization is. */
export interface SavedSize {
  readonly users: readonly Label[];
  readonly items: readonly Label[];
  readonly biases: boolean;
  /** Pairs that count as seen. */
  readonly pairs: number;
}

/**
 * The largest rank of a factorization that can be saved: its JSON text must not be longer than a text can be, 536 million
 * characters, of which each number takes 32/3. It is 0 where none can.
 */
export function largestSavableRank({ users, items, biases, pairs }: SavedSize): number {
  let left = LONGEST - REST - encodedLength(4 * (users.length + 1)) - encodedLength(4 * pairs);
  for (const labels of [users, items]) for (const label of labels) left -= bytesOf(label) + 1;
  const numbers = Math.floor((left / 32) * 3);
  return Math.max(0, Math.floor(numbers / (users.length + items.length)) - (biases ? 1 : 0));
}

/** At most so many bytes of UTF-8. */
function bytesOf(label: Label): number {
  const text = JSON.stringify(label);
  return /^[ -~]*$/.test(text) ? text.length : 3 * text.length;
}

/**
 * The body of a saved factorization, its long lists as texts in pieces.
 *
 * @throws RangeError when its text would be longer than a text can be
 */
export function savedFactorization(fittedData: FactorizationData): Body {
  const { users, items, seen, settings } = fittedData;
  const most = largestSavableRank({ users, items, biases: settings.biases, pairs: seen.entries.length });
  if (settings.rank > most) {
    throw new InputRangeError(
      `save: rank must be at most ${most} for ${users.length} users and ${items.length} items, so that the text of the ` +
        `model is no longer than a text can be, got ${settings.rank}. Train with a lower rank, or keep params() in a file of your own.`,
    );
  }
  return {
    ...fittedData,
    seen: { starts: wholesText(seen.starts), entries: wholesText(seen.entries) },
    params: numbersText(fittedData.params),
    history: encodeHistory(fittedData.history),
  };
}

/** The model for JSON.stringify, as plain data. */
export function encodeFactorization(fittedData: FactorizationData): unknown {
  const body = savedFactorization(fittedData) as Body & { seen: Record<keyof Lists, LongText>; params: LongText };
  const { starts, entries } = body.seen;
  const seen = { starts: starts.toJSON(), entries: entries.toJSON() };
  return frame({ ...body, seen, params: body.params.toJSON() });
}

/**
 * The factorization of a saved body.
 *
 * @throws RangeError or TypeError for members that no factorization has, or that do not suit each other
 */
export function decodeFactorization(body: Body): FactorizationData {
  const users = labelsIn("users", body["users"]);
  const items = labelsIn("items", body["items"]);
  const settings = settingsIn(body["settings"]);
  const options = objectIn("options", body["options"]);
  numberIn("options.l2", options["l2"], 0);
  descentIn(options);
  const updates = wholeIn("updates", body["updates"], 0);
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

function settingsIn(value: unknown): FactorizationData["settings"] {
  const { rank, biases, mean, deviation, penalty, scale } = objectIn("settings", value);
  const bounds = scale === null ? null : listIn("settings.scale", scale);
  const [low, high] = (bounds ?? [0, 0]).map((bound, at) => numberIn(`settings.scale[${at}]`, bound));
  if (bounds !== null && !(bounds.length === 2 && low! <= high!)) {
    refuse("settings.scale", "two numbers, the lower one first", scale);
  }
  return {
    rank: wholeIn("settings.rank", rank, 1),
    biases: booleanIn("settings.biases", biases),
    mean: numberIn("settings.mean", mean),
    deviation: numberIn("settings.deviation", deviation, Number.MIN_VALUE),
    penalty: choiceIn("settings.penalty", penalty, ["perRating", "uniform"]),
    scale: bounds && [low!, high!],
  };
}

/** For each user the positions of the rated items, rising. */
function seenIn(value: unknown, users: number, items: number): Lists {
  const seen = objectIn("seen", value);
  const starts = wholesIn("seen.starts", seen["starts"], users + 1);
  const entries = wholesIn("seen.entries", seen["entries"]);
  if (starts[0] !== 0) refuse("seen.starts[0]", "0", starts[0]);
  if (starts[users] !== entries.length) {
    refuse(`seen.starts[${users}]`, `${entries.length}, the number of entries`, starts[users]);
  }
  for (let user = 0; user < users; user++) {
    if (starts[user]! > starts[user + 1]!) refuse("seen.starts", "in rising order", starts[user + 1]);
  }
  for (let user = 0; user < users; user++) {
    for (let at = starts[user]!; at < starts[user + 1]!; at++) {
      const item = entries[at]!;
      if (item >= items) refuse(`seen.entries[${at}]`, `a position below ${items}, the number of items`, item);
      if (at > starts[user]! && item <= entries[at - 1]!) {
        refuse(`seen.entries[${at}]`, "above the one before, of the same user", item);
      }
    }
  }
  return { starts, entries };
}
