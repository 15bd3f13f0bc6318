// The parts of the page that load after its first picture, because it does not show them.

import { nothing } from "lit-html";
import type { Lab } from "./pageState.ts";

type LaterParts = typeof import("./laterParts.ts");

let parts: LaterParts | null = null;
let loading: Promise<LaterParts> | null = null;

let isLoading = false;

/** The sentence for parts that could not be loaded. */
export const NOT_LOADED = "A part of this page could not be loaded. Load the page again.";

/** The parts, as soon as they have loaded; rejected if they could not be loaded. They are loaded once. */
export function laterParts(): Promise<LaterParts> {
  loading ??= import("./laterParts.ts").then((module) => {
    parts = module;
    return module;
  });
  return loading;
}

/** Draws one of the parts; nothing until they have loaded. */
export const whenLoaded = (draw: (parts: LaterParts) => unknown): unknown => (parts === null ? nothing : draw(parts));

/** Draws one of the parts, which the page needs now. */
export function later(lab: Lab, draw: (parts: LaterParts) => unknown): unknown {
  loadLaterParts(lab);
  return whenLoaded(draw);
}

/** Loads the parts once, and then draws the page again. */
export function loadLaterParts(lab: Lab): void {
  if (isLoading) return;
  isLoading = true;
  laterParts().then(
    () => lab.show({}),
    () => lab.show({ notes: [NOT_LOADED] }),
  );
}
