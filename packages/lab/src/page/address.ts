// The settings in the address of the page, so that a link or a reload gives the same run.

import { decodeLink } from "../links/decodeLink.ts";
import { encodeLink } from "../links/encodeLink.ts";
import type { LabState } from "../state/labState.ts";

const PAUSE = 500; // milliseconds between two changes of the address, which browsers limit

/** The settings of the page's address, with a sentence for each part that is not used. */
export async function settingsOfAddress(): Promise<{ state: LabState; notes: string[] }> {
  const { state, problems } = await decodeLink(location.hash);
  return { state, notes: [...problems] };
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
