// A mission or a program of the articles by its name.

import type { LabState } from "../state/labState.ts";
import { missions } from "./missions.ts";
import { presets } from "./presets.ts";

/** The state with which an example begins; undefined if there is none with this name. */
export const exampleOf = (id: string): LabState | undefined =>
  missions.find((each) => each.id === id)?.start ?? presets.find((each) => each.id === id)?.state;
