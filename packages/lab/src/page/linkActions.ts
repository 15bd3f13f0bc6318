// The link that the user makes in the dialog “Make a link”.

import { encodeLink } from "../links/encodeLink.ts";
import { initialState, type LabState } from "../state/labState.ts";
import { copyText } from "./deliver.ts";
import { laterParts } from "./later.ts";
import type { Lab, PageContext } from "./pageState.ts";

/** What the link does beside setting the run. */
export interface LinkChoices extends Pick<LabState["view"], "hide" | "lock" | "embed" | "mission"> {
  /** Whether the page does the updates of the present run at once. */
  readonly isAtUpdate: boolean;
}

/** The link of the dialog. */
export interface MadeLink {
  readonly choices: LinkChoices;
  /** The whole address; null if there is none, or if it is being made. */
  readonly address: string | null;
  readonly problem: string | null;
  /** What has happened to the copied text. */
  readonly status: string;
}

const noChoices: LinkChoices = { hide: [], lock: false, embed: false, mission: "", isAtUpdate: false };

/** The settings of a link. With a mission, it begins with the settings of the mission. */
function linkedState({ run, frame }: PageContext["state"], { isAtUpdate, ...view }: LinkChoices): LabState {
  if (view.mission !== "") return { ...initialState, view: { ...initialState.view, ...view } };
  const updates = isAtUpdate ? (frame?.update ?? 0) : 0;
  return { ...run, view: { ...run.view, ...view, updates } };
}

/** The actions of the dialog. */
export function linkActions(
  page: PageContext,
): Pick<Lab, "openLinkDialog" | "chooseLink" | "copyLink" | "closeLinkDialog"> {
  async function choose(choices: LinkChoices): Promise<void> {
    page.show({ link: { choices, address: page.state.link?.address ?? null, problem: null, status: "" } });
    const link = await encodeLink(linkedState(page.state, choices));
    if (page.state.link?.choices !== choices) return; // closed, or chosen again
    const [address, problem] =
      link.hash === null
        ? [null, link.problem]
        : [`${location.origin}${location.pathname}${location.search}${link.hash}`, null];
    page.show({ link: { choices, address, problem, status: "" } });
  }

  return {
    openLinkDialog() {
      void choose(noChoices);
      laterParts().then(
        () => document.querySelector<HTMLDialogElement>("#link-dialog")?.showModal(),
        () => page.show({ link: null }), // a note says that the dialog could not be loaded
      );
    },
    chooseLink(change) {
      const { link } = page.state;
      if (link !== null) void choose({ ...link.choices, ...change });
    },
    async copyLink(text) {
      const status = (await copyText(text)) ? "Copied." : "Select the text and copy it.";
      if (page.state.link !== null) page.show({ link: { ...page.state.link, status } });
    },
    closeLinkDialog() {
      page.show({ link: null });
      document.querySelector<HTMLElement>("#share")?.focus();
    },
  };
}
