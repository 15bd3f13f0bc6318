// The part with small pictures of the classes and of the hidden units. What it shows loads when it is opened.

import { nothing } from "lit-html";
import { classCount, holdsOf, isCurve } from "../../../state/holdsOf.ts";
import { later } from "../../later.ts";
import type { Lab } from "../../pageState.ts";
import { part, waiting } from "./part.ts";

/** The strip of a network, or of a model of more than two classes. */
export function stripPart(lab: Lab) {
  const { facts, lab: settings } = lab.state;
  const { model, data } = settings;
  const isNetwork = model.name === "network";
  const hasStrip = isNetwork || (model.name === "softmax" && classCount(data) !== 2);
  const isOverFeatures = holdsOf(data) === "classes" || isCurve(data) || facts?.features.length === 1;
  if (!hasStrip || !isOverFeatures || facts === null) return nothing;
  const shown = lab.state.panel.strip;
  const content = shown === undefined ? waiting : later(lab, ({ thumbnails }) => thumbnails(lab, shown));
  return part(lab, "strip", isNetwork ? "Hidden units" : "Probability of each class", content);
}
