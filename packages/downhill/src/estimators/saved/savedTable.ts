// A fitted model of a table as a saved body, and back.

import type { Scaling } from "../fit/scaling.ts";
import type { FittedData, TableKind } from "../fitted/fittedData.ts";
import { encodeHistory, encodeNumbers } from "./numberText.ts";
import { type Body, frame } from "./savedFile.ts";
import {
  booleanIn,
  descentIn,
  historyIn,
  labelsIn,
  namesIn,
  numberIn,
  numbersIn,
  objectIn,
  refuse,
  stoppedIn,
  wholeIn,
} from "./savedMembers.ts";

const encodeScaling = (scaling: Scaling | null) =>
  scaling && { shift: encodeNumbers(scaling.shift), scale: encodeNumbers(scaling.scale) };

/** A fitted model of a table as JSON data. */
export const encodeTable = (fittedData: FittedData): unknown =>
  frame({
    ...fittedData,
    scaling: encodeScaling(fittedData.scaling),
    targetScaling: encodeScaling(fittedData.targetScaling),
    params: encodeNumbers(fittedData.params),
    history: encodeHistory(fittedData.history),
  });

/**
 * The fitted model of a saved body.
 *
 * @throws RangeError or TypeError for a member that no model of a table has; whether they suit each other is not looked at
 */
export function decodeTable(body: Body): FittedData {
  const features = wholeIn("features", body["features"], 1);
  const names = body["names"] === null ? null : namesIn("names", body["names"]);
  if (names !== null && names.length !== features) refuse("names", `one per feature (${features})`, names);
  const updates = wholeIn("updates", body["updates"], 0);
  return {
    kind: body.kind as TableKind,
    settings: objectIn("settings", body["settings"]),
    options: optionsIn(body["options"]),
    features,
    rows: wholeIn("rows", body["rows"], 1),
    meanSquare: body["meanSquare"] === null ? null : numberIn("meanSquare", body["meanSquare"], 0),
    names,
    classes: body["classes"] === null ? null : labelsIn("classes", body["classes"]),
    scaling: scalingIn("scaling", body["scaling"], features),
    targetScaling: scalingIn("targetScaling", body["targetScaling"], 1),
    params: numbersIn("params", body["params"]),
    history: historyIn("history", body["history"], updates),
    updates,
    stopped: stoppedIn("stopped", body["stopped"]),
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
  const least = scaling.scale.findIndex((number) => number <= 0);
  if (least >= 0) refuse(`${member}.scale`, "numbers above 0", scaling.scale[least]);
  return scaling;
}
