// The path on the loss surface: which plane is shown, and another start.

import { html, nothing } from "lit-html";
import type { LabState } from "../../state/labState.ts";
import type { Lab } from "../pageState.ts";
import { undoButton } from "./model/line.ts";
import { numberField } from "./model/part.ts";

const planes = {
  auto: "automatic",
  path: "directions of the path",
  parameters: "two parameters",
  random: "random directions",
} as const;

/** The panel of the loss surface. */
export const surfacePanel = (
  lab: Lab,
) => html`<section class="panel surface" data-panel="surface" aria-labelledby="surface-view">
  <h2 id="surface-view" class="hidden">Path over the loss</h2>
  <lab-chart name="surface"></lab-chart>
  <div class="row controls">${planeChoice(lab)} ${arrowChoice(lab, "arrows", "steps with ½ × and 2 × the rate")}
    ${arrowChoice(lab, "directions", "gradient and momentum")}</div>
  ${startFields(lab)}
</section>`;

function planeChoice(lab: Lab) {
  const { lab: settings, facts } = lab.state;
  const { view } = settings;
  const names = facts?.parameterNames ?? [];
  if (names.length <= 2) return nothing;
  const set = (change: Partial<LabState["view"]>): void => lab.set({ ...settings, view: { ...view, ...change } });
  const choose = ({ target }: Event): void =>
    set({ plane: (target as HTMLSelectElement).value as LabState["view"]["plane"] });
  const axis = (key: "planeX" | "planeY", label: string) => html`<label class="inline"
    >${label}
    <select @change=${({ target }: Event) => set({ [key]: (target as HTMLSelectElement).selectedIndex })}>
      ${names.map((name, i) => html`<option ?selected=${i === view[key]}>${name}</option>`)}
    </select></label
  >`;
  return html`<label class="inline"
      >Plane
      <select @change=${choose}>
        ${Object.entries(planes).map(([value, name]) => html`<option value=${value} ?selected=${value === view.plane}>${name}</option>`)}
      </select></label
    >
    ${view.plane === "parameters" ? html`${axis("planeX", "across")} ${axis("planeY", "up")}` : nothing}`;
}

function arrowChoice(lab: Lab, key: "arrows" | "directions", label: string) {
  const { lab: settings } = lab.state;
  const { view } = settings;
  return html`<label class="inline"
    ><input
      type="checkbox"
      .checked=${view[key]}
      @change=${() => lab.set({ ...settings, view: { ...view, [key]: !view[key] } })}
    />${label}</label
  >`;
}

const KEYS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowDown: [0, -1],
  ArrowUp: [0, 1],
};
const FAR = 10; // steps, with the shift key

/** The start while an arrow key is held; null otherwise. */
let tried: readonly [number, number] | null = null;

/** Another start by its numbers, or with the arrow keys. */
function startFields(lab: Lab) {
  const { frame } = lab.state;
  if (frame?.start == null) return nothing;
  const { at, names, steps } = frame.start;
  const move = (to: readonly [number, number], isDone: boolean): void => lab.aim({ chart: "surface", at: to }, isDone);
  const onKey = (event: KeyboardEvent): void => {
    const direction = KEYS[event.key];
    if (direction === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    const length = event.shiftKey ? FAR : 1;
    const [x, y] = tried ?? at;
    tried = [x + direction[0] * length * steps[0], y + direction[1] * length * steps[1]];
    move(tried, false);
  };
  const done = (event: KeyboardEvent): void => {
    if (KEYS[event.key] === undefined || tried === null) return;
    move(tried, true);
    tried = null;
  };
  return html`<details class="part">
    <summary>Another start</summary>
    <div class="row">
      ${numberField(names[0], at[0], "any", (x) => move([x, at[1]], true))}
      ${numberField(names[1], at[1], "any", (y) => move([at[0], y], true))}
      <button type="button" @keydown=${onKey} @keyup=${done} aria-description="Shift and an arrow key move it ten times as far.">
        Move the start with the arrow keys
      </button>
      ${undoButton(lab)}
    </div>
    <p class="hint">The white circle of the start can be moved with the pointer too. A new run begins there.</p>
  </details>`;
}
