// One rating in detail: the product of the factors with its numbers, another rating, suggestions, and the map.

import { formatNumber } from "@downhill/plots/format";
import { html, nothing } from "lit-html";
import type { RatingPart } from "../../../panels/ratings.ts";
import { NEAR } from "../../../scenes/ratingScene.ts";
import { withFittingStart } from "../../changes.ts";
import type { Lab } from "../../pageState.ts";
import { prose } from "../../prose.ts";
import { part, waiting } from "./part.ts";

/** The parts of a factorization. */
export const ratingsPart = (
  lab: Lab,
) => html`<details class="part" data-part="ratings" open @toggle=${() => lab.show({})}>
    <summary>One rating, and suggestions</summary>
    ${rating(lab)}
  </details>
  ${part(lab, "", "Map of users and items", html`<lab-chart name="factors"></lab-chart>`)}`;

function rating(lab: Lab) {
  const { ratings } = lab.state.panel;
  if (ratings === undefined) return waiting;
  const { users, items, user, item, errors } = ratings;
  const focusOn = (...rating: [user: number, item: number]): void =>
    lab.focus({ rating, ...(lab.state.focus.near && { near: rating }) });
  const choose = (
    name: string,
    labels: readonly string[],
    chosen: number,
    focus: (index: number) => void,
  ) => html`<label
    class="inline"
    >${name}
    <select @change=${({ target }: Event) => focus((target as HTMLSelectElement).selectedIndex)}>
      ${labels.map((label, i) => html`<option ?selected=${i === chosen}>${label}</option>`)}
    </select></label
  >`;
  const heldOut = errors.heldOut === null ? "" : `, held-out ${formatNumber(errors.heldOut, 3)}`;
  return html`<div class="row">
      ${choose("user", users, user, (index) => focusOn(index, item))}
      ${choose("item", items, item, (index) => focusOn(user, index))} ${ratingField(lab, ratings)}
    </div>
    ${
      Math.max(users.length, items.length) <= NEAR
        ? nothing
        : html`<label class="check"
            ><input
              type="checkbox"
              .checked=${lab.state.focus.near !== null}
              @change=${({ target }: Event) => lab.focus({ near: (target as HTMLInputElement).checked ? [user, item] : null })}
            />
            Draw only around this rating</label
          >`
    }
    <label class="check"
      ><input
        type="checkbox"
        .checked=${lab.state.focus.order !== null}
        @change=${({ target }: Event) => lab.focus({ order: (target as HTMLInputElement).checked ? ratings.order : null })}
      />
      Sort users and items by their first factor, as it is now</label
    >
    <p class="product">${prose(productText(ratings))}</p>
    <p class="hint">
      Root mean squared error: training ${formatNumber(errors.training, 3)}${heldOut}.
      ${
        ratings.suggestions.length === 0
          ? nothing
          : html`Suggestions for this user:
            ${ratings.suggestions.map((each) => `${each.item} (${formatNumber(each.rating, 3)})`).join(", ")}.`
      }
    </p>`;
}

/** The prediction written out. */
function productText({ mean, biases, userFactors, itemFactors, predicted, known, isHeldOut }: RatingPart): string {
  const number = (value: number): string => (value < 0 ? `(${formatNumber(value, 3)})` : formatNumber(value, 3));
  const terms = [
    formatNumber(mean, 3),
    ...(biases ?? []).map(number),
    ...userFactors.map((p, k) => `${number(p)} · ${number(itemFactors[k]!)}`),
  ];
  const names = biases === null ? "mean + U · V" : "mean + bias of the user + bias of the item + U · V";
  const truth =
    known === null
      ? "This rating is not known."
      : `The ${isHeldOut ? "held-out" : "known"} rating is ${formatNumber(known, 4)}.`;
  const sum = [mean, ...(biases ?? []), ...userFactors.map((p, k) => p * itemFactors[k]!)].reduce((a, b) => a + b, 0);
  const isLimited = Math.abs(sum - predicted) > 1e-6 * Math.max(1, Math.abs(sum));
  const limited = isLimited
    ? ` The known ratings are not so ${sum > predicted ? "high" : "low"}, so the prediction is ${formatNumber(predicted, 4)}.`
    : "";
  return `${names} = ${terms.join(" + ")} ≈ ${formatNumber(sum, 4)}.${limited} ${truth}`;
}

/** Another rating: a number sets it, an empty field or the key Delete removes it. The model is trained again. */
function ratingField(lab: Lab, { user, item, known, points }: RatingPart) {
  if (points === null) return html`<p class="hint">Only up to 2,000 ratings of 200 users and items can be changed.</p>`;
  const set = (value: number | null): void => {
    const others = points.filter(([u, i]) => u !== user || i !== item);
    const changed = value === null ? others : [...others, [user, item, value] as const];
    const sorted = changed.toSorted(([u, i], [v, j]) => u - v || i - j);
    const { lab: settings } = lab.state;
    const next = { ...settings, data: { kind: "drawn", holds: "ratings", points: sorted } } as const;
    lab.playNew(withFittingStart(settings, next).state);
  };
  const shown = known === null ? "" : String(Number(known.toPrecision(5)));
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== "Delete" || known === null) return;
    event.preventDefault();
    set(null);
  };
  const onChange = ({ target }: Event): void => {
    const { value, valueAsNumber } = target as HTMLInputElement;
    if (value === "") set(null);
    else if (Number.isFinite(valueAsNumber)) set(valueAsNumber);
  };
  return html`<label class="inline"
      >rating <input type="number" step="any" .value=${shown} placeholder="none" @change=${onChange} @keydown=${onKey} /></label
    >
    <button type="button" ?disabled=${known === null} @click=${() => set(null)}>Remove the rating</button>`;
}
