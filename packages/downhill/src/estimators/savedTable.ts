import { requireSize } from "../core/check.ts";
import type { Core } from "./fitted.ts";
import type { Scaling } from "./preprocessing.ts";
import { type Body, decodeHistory, decodeNumbers, encodeHistory, encodeNumbers, frame } from "./savedFile.ts";

const encodeScaling = (scaling: Scaling | null) =>
  scaling && { shift: encodeNumbers(scaling.shift), scale: encodeNumbers(scaling.scale) };

const decodeScaling = (saved: unknown): Scaling | null => {
  const scaling = saved as { shift: string; scale: string } | null;
  return scaling && { shift: decodeNumbers(scaling.shift), scale: decodeNumbers(scaling.scale) };
};

/** A fitted model of a table as JSON data. */
export const encodeTable = (core: Core): unknown =>
  frame({
    ...core,
    scaling: encodeScaling(core.scaling),
    targetScaling: encodeScaling(core.targetScaling),
    params: encodeNumbers(core.params),
    history: encodeHistory(core.history),
  });

/** The fitted model of a saved body, whose checksum says that it is whole. */
export const decodeTable = (body: Body): Core => {
  const saved = body as unknown as Core;
  requireSize("load", "rows", saved.rows);
  return {
    ...saved,
    scaling: decodeScaling(body["scaling"]),
    targetScaling: decodeScaling(body["targetScaling"]),
    params: decodeNumbers(body["params"]),
    history: decodeHistory(body["history"]),
  };
};
