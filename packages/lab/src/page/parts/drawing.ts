// The tools that draw points on the picture of the model, and the same points in a table.

import { counted, formatNumber } from "@downhill/plots/format";
import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { firstPoints, withoutPoint, withPoint } from "../../state/editPoints.ts";
import type { DrawnData } from "../../state/labState.ts";
import type { Lab } from "../pageState.ts";
import { CLASSES, drawn, pointAt, type Tool, usePoints } from "../pointTools.ts";

const SHOWN = 100; // points in the table

/** The tools and the table. */
export function drawing(lab: Lab, data: DrawnData) {
  const { tool } = lab.state;
  const isClasses = data.holds === "classes";
  const tools: readonly (readonly [Tool, string])[] = [
    ...(isClasses ? CLASSES.map((name, i) => [i, name] as const) : [[0, "Add"] as const]),
    ["move", "Move"],
    ["remove", "Remove"],
  ];
  return html`<div class="drawing-tools">
    <fieldset class="row">
      <legend>${isClasses ? "Click on the picture to add a point of class" : "Click on the picture to"}</legend>
      ${tools.map(
        ([each, name]) => html`<label class="tool"
          ><input type="radio" name="tool" .checked=${live(tool === each)} @change=${() => lab.show({ tool: each })} />${name}</label
        >`,
      )}
    </fieldset>
    <details>
      <summary>Table of ${counted(data.points.length, "point")}</summary>
      ${pointTable(lab, data)}
      <div class="row">
        <button type="button" @click=${() => usePoints(lab, data, { points: [...data.points, pointAt(data, [0, 0], 0)] })}>Add a point at 0, 0</button>
        <button type="button" @click=${() => usePoints(lab, data, { points: firstPoints(isClasses ? "classes" : "numbers") })}>
          Begin again with four points
        </button>
      </div>
    </details>
  </div>`;
}

/** The points in a table that can be edited. */
function pointTable(lab: Lab, data: DrawnData) {
  const { points, holds } = data;
  const names = holds === "classes" ? ["x1", "x2"] : ["x", "y"];
  const change = (index: number, at: number, value: number): void => {
    const point = points[index]!.map((each, k) => (k === at ? value : each));
    if (Number.isFinite(value)) usePoints(lab, data, withPoint(points, index, point));
    else
      lab.show({
        notes: [`Point ${index + 1}: ${names[at]} must be a number. It is still ${formatNumber(points[index]![at]!)}.`],
      });
  };
  return html`<div class="preview" tabindex="0" role="region" aria-label="Drawn points">
    <table>
      <thead>
        <tr>
          <th scope="col">Point</th>
          ${names.map((name) => html`<th scope="col">${name}</th>`)} ${holds === "classes" ? html`<th scope="col">class</th>` : nothing}
          <th scope="col"><span class="hidden">Actions</span></th>
        </tr>
      </thead>
      <tbody>
        ${points.slice(-SHOWN).map((point, k) => {
          const index = Math.max(0, points.length - SHOWN) + k;
          const label = (name: string): string => `${name} of point ${index + 1}`;
          return html`<tr>
            <th scope="row">${index + 1}</th>
            ${names.map(
              (name, at) => html`<td><input
                type="text"
                inputmode="decimal"
                aria-label=${label(name)}
                .value=${String(point[at])}
                @change=${(event: Event) => {
                  const input = event.target as HTMLInputElement;
                  const text = input.value.trim();
                  change(index, at, text === "" ? Number.NaN : Number(text.replace("−", "-")));
                  input.value = String(drawn(lab)!.points[index]![at]); // as it is now, also after a wrong text
                }}
              /></td>`,
            )}
            ${
              holds === "classes"
                ? html`<td><select
                    aria-label=${label("class")}
                    .value=${live(String(point[2]))}
                    @change=${(event: Event) => change(index, 2, Number((event.target as HTMLSelectElement).value))}
                  >
                    ${CLASSES.map((name, i) => html`<option value=${i} ?selected=${i === point[2]}>${name}</option>`)}
                  </select></td>`
                : nothing
            }
            <td>
              <button type="button" class="quiet" aria-label=${`Remove point ${index + 1}`} @click=${() => usePoints(lab, data, withoutPoint(points, index))}>
                Remove
              </button>
            </td>
          </tr>`;
        })}
      </tbody>
    </table>
    ${points.length > SHOWN ? html`<p>These are the last ${SHOWN} of ${points.length} points.</p>` : nothing}
  </div>`;
}
