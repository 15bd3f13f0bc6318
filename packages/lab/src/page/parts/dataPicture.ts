// The small picture of each generator and table, and the icon of other data.

import { html, nothing, svg } from "lit-html";
import type { DataState } from "../../state/labState.ts";
import { icon } from "../icons.ts";
import type { Lab } from "../pageState.ts";

/** The name of the generator or of the table, or the kind of other data. */
export const dataId = (data: DataState): string =>
  data.kind === "generated" ? data.generator.name : data.kind === "table" ? data.table : data.kind;

/** The small picture of data with this `dataId`. It is loaded after the first charts. */
export const dataPicture = (lab: Lab, id: string) =>
  id === "file" || id === "drawn"
    ? icon(id)
    : html`<svg aria-hidden="true">${lab.state.facts === null ? nothing : svg`<use href="thumbnails.svg#${id}" />`}</svg>`;
