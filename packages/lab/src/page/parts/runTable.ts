// The table of the kept runs, to compare them.

import { formatCount, formatNumber } from "@downhill/plots/format";
import { html, nothing } from "lit-html";
import type { LabState } from "../../state/labState.ts";
import type { Frame, KeptRun, RunLabels } from "../../worker/protocol.ts";
import { difference } from "../changes.ts";
import { icon } from "../icons.ts";
import { dataName, modelNames, optimizerNames, verdictLabel } from "../labels.ts";
import type { Lab } from "../pageState.ts";
import { prose } from "../prose.ts";
import { runMark } from "../runMark.ts";

const MOST_RIVALS = 3;
const TOO_SHORT = "too few updates to tell";

/** The table, with the present run first, and the buttons under it. */
export const runTable = (lab: Lab, frame: Frame) =>
  html`${frame.kept.length === 0 ? nothing : rows(lab, frame)} ${shelfButtons(lab, frame)}`;

const rows = (lab: Lab, frame: Frame) => html`<div class="scroll"><table>
  <thead>
    <tr>
      <th scope="col">Run</th>
      <th scope="col">Name</th>
      <th scope="col">Settings that differ</th>
      <th scope="col">Updates</th>
      <th scope="col">Loss</th>
      <th scope="col">Held-out loss</th>
      <th scope="col">State</th>
      <th scope="col"><span class="hidden">Actions</span></th>
    </tr>
  </thead>
  <tbody>
    ${present(frame, lab.state.run)} ${frame.kept.map((each) => row(lab, each, lab.state.run))}
  </tbody>
</table></div>`;

/** The race, and the way back after a removal. */
function shelfButtons(lab: Lab, { rivals, removed }: Frame) {
  const chosen = rivals.slice(0, MOST_RIVALS);
  const race = html`<button
    type="button"
    title="These runs and the present one begin again at the same start, and each step is one update of every run. Hidden runs stay out."
    @click=${() => lab.race(chosen)}
  >
    ${icon("play")} Race with ${list(chosen)}
  </button>`;
  const undo = html`<span role="status">Run ${removed?.letter} was removed.</span>
    <button type="button" @click=${lab.putBackRun}>Put run ${removed?.letter} back</button>`;
  return chosen.length === 0 && removed === null
    ? nothing
    : html`<div class="row">${chosen.length === 0 ? nothing : race} ${removed === null ? nothing : undo}</div>`;
}

/** "A", "A and B", "A, B and C". */
const list = (letters: readonly string[]): string =>
  letters.length === 1 ? letters[0]! : `${letters.slice(0, -1).join(", ")} and ${letters.at(-1)}`;

const present = (frame: Frame, run: LabState) => html`<tr class="present">
  <th scope="row">${runMark(frame.letter)}${frame.letter} (now)</th>
  <td></td>
  <td>${summary(run)}</td>
  ${numbers(frame.update, frame.loss, frame)}
  <td>${frame.verdict === null && frame.update === 0 ? "ready" : stateOf(frame.verdict)}</td>
  <td></td>
</tr>`;

const nothingHeldOut = { heldOut: null, lowestHeldOut: null };

/** The cells of the updates and of the losses. On a narrow page, where the table has no head, each has its name. */
const numbers = (
  updates: number,
  loss: number | null,
  { heldOut, lowestHeldOut }: Pick<Frame, "heldOut" | "lowestHeldOut">,
) => html`<td data-name="Updates">${formatCount(updates)}</td>
  <td data-name="Loss">${loss === null ? "–" : prose(formatNumber(loss))}</td>
  <td data-name="Held-out loss">
    ${heldOut === null ? "–" : prose(formatNumber(heldOut))}
    ${heldOut !== null && lowestHeldOut! < heldOut ? html`<small>lowest: ${prose(formatNumber(lowestHeldOut!))}</small>` : nothing}
  </td>`;

/** The most important settings of a run. */
const summary = ({ data, model, descent }: LabState): string => {
  const rate = descent.learningRate === "auto" ? "" : `, learning rate ${descent.learningRate}`;
  return `${dataName(data)}, ${modelNames[model.name][0].toLowerCase()}, ${optimizerNames[descent.optimizer.name]}${rate}`;
};

/** The icon of a verdict, with its name or with another text. */
function stateOf(verdict: KeptRun["verdict"], text: string | null = null) {
  const [sign, label] = verdict === null ? (["ready", TOO_SHORT] as const) : verdictLabel(verdict);
  return html`${icon(sign)} ${text ?? label}`;
}

function row(lab: Lab, kept: KeptRun, run: LabState) {
  const { letter, state, name, isPinned, isHidden, updates, loss, verdict, ended } = kept;
  const highlight = () => lab.highlightRun(letter);
  const end = () => lab.highlightRun(null);
  const toggle = (word: string, isOn: boolean, change: Partial<RunLabels>) => html`<button
    type="button"
    aria-pressed=${isOn}
    aria-label=${`${word} run ${letter}`}
    @click=${() => lab.labelRun(letter, change)}
  >
    ${word}
  </button>`;
  return html`<tr
    class=${isHidden ? "left-out" : nothing}
    @pointerenter=${highlight}
    @pointerleave=${end}
    @focusin=${highlight}
    @focusout=${end}
  >
    <th scope="row">${runMark(letter)}${letter}</th>
    <td data-name="Name">
      <input
        type="text"
        class="name"
        maxlength="40"
        aria-label=${`Name of run ${letter}`}
        .value=${name}
        @change=${(event: Event) => lab.labelRun(letter, { name: (event.target as HTMLInputElement).value.trim() })}
      />
    </td>
    <td>${difference(run, state) || "the same settings"}</td>
    ${ended === "diverged" ? numbers(updates, null, nothingHeldOut) : numbers(updates, loss, kept)}
    <td>${stateOf(verdict, ended === "diverged" ? `diverged at update ${formatCount(updates)}` : null)}</td>
    <td>
      <div class="row">
        <button type="button" aria-label=${`Use the settings of run ${letter}`} @click=${() => lab.set(state)}>Use</button>
        ${toggle("Pin", isPinned, { isPinned: !isPinned })} ${toggle("Hide", isHidden, { isHidden: !isHidden })}
        <button type="button" aria-label=${`Remove run ${letter}`} @click=${() => lab.removeRun(letter)}>Remove</button>
      </div>
    </td>
  </tr>`;
}
