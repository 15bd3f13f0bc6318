// Encodes a fitted model of a table as the body of a saved model, and decodes it.

import { stopReasons } from "../../training/stopping/stopRules.ts";
import type { Scaling } from "../fit/scaling.ts";
import type { FittedData, TableKind } from "../fitted/fittedData.ts";
import { encodeHistory, encodeNumbers } from "./numberText.ts";
import { frame, type SavedBody } from "./savedFile.ts";
import {
  booleanIn,
  choiceIn,
  descentIn,
  historyIn,
  integerIn,
  labelsIn,
  namesIn,
  numberIn,
  numbersIn,
  objectIn,
  reject,
} from "./savedMembers.ts";

const encodeScaling = (scaling: Scaling | null) =>
  scaling && { shift: encodeNumbers(scaling.shift), scale: encodeNumbers(scaling.scale) };

/** The saved model as JSON data. */
export const encodeTable = (fittedData: FittedData): unknown =>
  frame({
    ...fittedData,
    scaling: encodeScaling(fittedData.scaling),
    targetScaling: encodeScaling(fittedData.targetScaling),
    params: encodeNumbers(fittedData.params),
    history: encodeHistory(fittedData.history),
  });

/**
 * Decodes the body of a saved model.
 *
 * @throws RangeError or TypeError for a member that no model of a table can have; `load` checks whether members fit together
 */
export function decodeTable(body: SavedBody): FittedData {
  const features = integerIn("features", body["features"], 1);
  const names = body["names"] === null ? null : namesIn("names", body["names"]);
  if (names !== null && names.length !== features)
    reject("names", `a list with one name per feature (${features})`, names);
  const updates = integerIn("updates", body["updates"], 0);
  return {
    kind: body.kind as TableKind,
    settings: objectIn("settings", body["settings"]),
    options: optionsIn(body["options"]),
    features,
    rows: integerIn("rows", body["rows"], 0),
    meanSquare: body["meanSquare"] === null ? null : numberIn("meanSquare", body["meanSquare"], 0),
    names,
    classes: body["classes"] === null ? null : labelsIn("classes", body["classes"]),
    ...(body["threshold"] !== undefined && { threshold: numberIn("threshold", body["threshold"], 0) }),
    scaling: scalingIn("scaling", body["scaling"], features),
    targetScaling: scalingIn("targetScaling", body["targetScaling"], 1),
    params: numbersIn("params", body["params"]),
    history: historyIn("history", body["history"], updates),
    updates,
    stopped: choiceIn("stopped", body["stopped"], [...stopReasons, "interrupted", "imported"]),
  };
}

function optionsIn(value: unknown): FittedData["options"] {
  const options = objectIn("options", value);
  numberIn("options.l2", options["l2"], 0);
  numberIn("options.l1", options["l1"], 0);
  descentIn(options);
  booleanIn("options.standardize", options["standardize"]);
  return options as FittedData["options"];
}

function scalingIn(member: string, value: unknown, columns: number): Scaling | null {
  if (value === null) return null;
  const { shift, scale } = objectIn(member, value);
  const scaling = {
    shift: numbersIn(`${member}.shift`, shift, columns),
    scale: numbersIn(`${member}.scale`, scale, columns),
  };
  const zero = scaling.scale.findIndex((number) => number <= 0);
  if (zero >= 0) reject(`${member}.scale`, "numbers above 0", scaling.scale[zero]);
  return scaling;
}
