// The settings in the address of the page, so that a link or a reload gives the same run.

import { decodeLink } from "../links/decodeLink.ts";
import { encodeLink } from "../links/encodeLink.ts";
import { initialState, type LabState } from "../state/labState.ts";
import { isSameRun } from "./changes.ts";
import { laterParts } from "./later.ts";

const PAUSE = 500; // milliseconds between two changes of the address, which browsers limit

/** The settings of the page's address, with a sentence for each part that is not used. */
export async function settingsOfAddress(): Promise<{ state: LabState; notes: string[] }> {
  const { state, problems } = await decodeLink(location.hash);
  const { mission } = state.view;
  const example = mission === "" ? undefined : (await laterParts()).exampleOf(mission);
  const notes = [...problems];
  if (mission !== "" && example === undefined) notes.push(`There is no mission ${mission}.`);
  // A link with a mission and without other settings begins with the settings of the mission.
  const starts = example !== undefined && isSameRun(state, initialState);
  return { state: starts ? { ...example, view: state.view } : state, notes };
}

/** Writes settings into the address of the page; of several within half a second, the last ones. */
export function addressWriter(): { write(settings: LabState): void; readonly written: string } {
  let latest: LabState | null = null;
  let written = location.hash;
  const flush = async (): Promise<void> => {
    if (latest === null) return;
    const settings = latest;
    latest = null; // settings that change while the link is made need another one
    const { hash } = await encodeLink(settings);
    if (hash === null || hash === location.hash) return;
    written = hash;
    history.replaceState(null, "", hash === "#1" ? location.pathname + location.search : hash);
  };
  return {
    write(settings) {
      const isWaiting = latest !== null;
      latest = settings;
      if (!isWaiting) setTimeout(flush, PAUSE);
    },
    get written() {
      return written;
    },
  };
}
