// How an opened file is read. Each choice reads it again.

import { formatCount } from "@downhill/plots/format";
import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import type { ReadingChoices } from "../../files/readTable.ts";
import type { OpenedFile } from "../ownFiles.ts";
import type { Lab } from "../pageState.ts";
import { select } from "./select.ts";

const delimiters = { "": "found in the file", ",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar" };
const encodings = ["", "utf-8", "windows-1252", "utf-16le", "utf-16be", "shift_jis"];
const headers = { "": "found in the file", yes: "has the names of the columns", no: "is a row" };
const decimals = { "": "found in the file", ".": "a point; the comma separates thousands", ",": "a comma" };
const raggeds = { error: "are an error", pad: "are filled or cut", leaveOut: "are left out" };

/** The choices of the reading; nothing for a file that is not text, except its sample. */
export function fileReading(lab: Lab, { choices, read }: OpenedFile) {
  const { delimiter, encoding, header, quotes = true, ragged = "error", decimal } = choices;
  const set = (change: { readonly [Name in keyof ReadingChoices]?: ReadingChoices[Name] | undefined }): void =>
    void lab.readAgain(change as Partial<ReadingChoices>);
  const isText = read === null || read.facts.delimiter !== null;
  const found = encodings.map((each) => [each, each === "" ? "found in the file" : each] as const);
  return html`<details ?open=${read === null}>
    <summary>How the file is read</summary>
    ${
      isText
        ? html`<div class="row choices">
            ${select("file-delimiter", "Between the cells", Object.entries(delimiters), delimiter ?? "", (value) => set({ delimiter: value || undefined }))}
            ${select("file-header", "The first line", Object.entries(headers), header === undefined ? "" : header ? "yes" : "no", (value) => set({ header: value === "" ? undefined : value === "yes" }))}
            ${select("file-decimal", "Decimal mark", Object.entries(decimals), decimal ?? "", (value) => set({ decimal: (value || undefined) as ReadingChoices["decimal"] }))}
            ${select("file-ragged", "Lines with other numbers of cells", Object.entries(raggeds), ragged, (value) => set({ ragged: value as NonNullable<ReadingChoices["ragged"]> }))}
            ${select("file-encoding", "Encoding", found, encoding ?? "", (value) => set({ encoding: value || undefined }))}
            <label class="check">
              <input
                type="checkbox"
                .checked=${live(quotes)}
                @change=${(event: Event) => set({ quotes: (event.target as HTMLInputElement).checked })}
              />
              Quotes enclose cells
            </label>
          </div>`
        : nothing
    }
    ${read === null ? nothing : sample(lab, read.facts)}
  </details>`;
}

/** The number of rows that are used. */
const sample = (lab: Lab, { rows, fileRows }: { readonly rows: number; readonly fileRows: number }) =>
  html`<div class="field">
    <label for="file-sample">Rows that are used, of ${formatCount(fileRows)}</label>
    <input
      id="file-sample"
      type="number"
      min="2"
      max=${fileRows}
      .value=${String(rows)}
      @change=${(event: Event) => {
        const input = event.target as HTMLInputElement;
        const count = Number(input.value);
        if (input.checkValidity() && Number.isInteger(count))
          void lab.readAgain({ sample: count === fileRows ? 0 : count });
        else input.reportValidity();
      }}
    />
  </div>`;
