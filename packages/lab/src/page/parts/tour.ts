// The tour of a first visit: make the run slow, make it overshoot, and let the page choose the learning rate.

import { html, nothing } from "lit-html";
import { withRate } from "../changes.ts";
import type { Lab } from "../pageState.ts";

/** A step of the tour. */
interface Stop {
  readonly title: string;
  readonly text: string;
  /** The name of its button, and what it does. */
  readonly action: string;
  act(lab: Lab): void;
}

/** Begins a run with a learning rate, which is a multiple of the best one, and plays it; without a best one, does nothing. */
const play =
  (multiple: number) =>
  (lab: Lab): void => {
    const best = lab.state.facts?.rate.best ?? null;
    if (best === null) return;
    const rate = Number((best * multiple).toPrecision(2));
    lab.playNew(withRate(lab.state.lab, rate));
  };

const stops: readonly Stop[] = [
  {
    title: "1 of 3: too slow",
    text: "Training should make the loss small. With a tiny learning rate each step is tiny too, so the loss falls slowly.",
    action: "Play with a tiny learning rate",
    act: play(0.0005), // the verdict is then “Too slow” after a few updates,
  },
  {
    title: "2 of 3: too far",
    text: "With a learning rate that is too large, each step jumps over the valley, and the loss goes up and down.",
    action: "Play with a huge learning rate",
    act: play(20),
  },
  {
    title: "3 of 3: just right",
    text: "The page computes from your data how large a learning rate may be. The diamond on the bar below “Learning rate” is a good one. On a phone it is under “Setup”.",
    action: "Play with the best learning rate",
    act: play(1),
  },
];

const NO_BEST =
  "Here the best learning rate is not known before the run. To play this, choose the data “Two moons”, “Logistic regression” and “gradient descent”.";

/** The tour; nothing after it was closed. */
export function tour(lab: Lab) {
  const { tour: at, frame, facts } = lab.state;
  if (at === null) return nothing;
  const stop = stops[at]!;
  const hasBest = (facts?.rate.best ?? null) !== null;
  const isLast = at === stops.length - 1;
  const end = (): void => {
    lab.show({ tour: null });
    document.getElementById("transport")?.focus();
  };
  const next = (): void => (isLast ? end() : lab.show({ tour: at + 1 }));
  return html`<section class="panel tour" aria-labelledby="tour-title">
    <h2 id="tour-title">Tour, ${stop.title}</h2>
    <p>${stop.text}</p>
    ${facts === null || hasBest ? nothing : html`<p>${NO_BEST}</p>`}
    <div class="row">
      <button type="button" class="primary" ?disabled=${frame === null || !hasBest} @click=${() => stop.act(lab)}>${stop.action}</button>
      <button type="button" @click=${next}>${isLast ? "End the tour" : "Next"}</button>
      ${isLast ? nothing : html`<button type="button" class="quiet" @click=${end}>Skip the tour</button>`}
    </div>
  </section>`;
}

const KEY = "downhill-lab-visited";

/** Whether this is the first visit in this browser; from now on it is not. */
export function isFirstVisit(): boolean {
  try {
    const isFirst = localStorage.getItem(KEY) === null;
    localStorage.setItem(KEY, "yes");
    return isFirst;
  } catch {
    return false; // a page without storage
  }
}
