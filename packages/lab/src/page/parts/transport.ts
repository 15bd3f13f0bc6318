// The controls of the run: back to the start, play, steps, speed, and the time line.

import { formatCount, formatNumber } from "@downhill/plots/format";
import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { seedFields } from "../../state/trainingFields.ts";
import { icon } from "../icons.ts";
import type { Lab } from "../pageState.ts";
import { prose } from "../prose.ts";
import { speeds } from "../speeds.ts";
import { fieldOf } from "./fields.ts";

/** Why Step and Play cannot be used; null when they can. */
function blocked(lab: Lab): string | null {
  const { frame, failure } = lab.state;
  if (failure !== null) return "The run cannot be played now. The message on the page says why.";
  if (frame === null) return "The run is being prepared.";
  if (frame.status === "diverged") return "The run has diverged. Go back to an earlier update, or reset.";
  if (frame.ended !== null && frame.ended !== "epochs") return "The run has ended. Reset, or change a setting.";
  return null;
}

/** The controls. */
export function transport(lab: Lab) {
  const { frame, speed, facts, lab: settings } = lab.state;
  const reason = blocked(lab);
  const isPlaying = frame?.status === "running";
  const isDone = frame?.ended === "epochs";
  const noSteps = reason !== null || isDone;
  const playName = isPlaying ? "Pause" : isDone ? "1,000 more epochs" : "Play";
  const step = (updates: number | "epoch", name: string, title: string) => html`<button
    type="button"
    title=${title}
    ?disabled=${noSteps}
    @click=${() => lab.step(updates)}
  >
    ${name}
  </button>`;
  const isOpen = lab.state.isTransportOpen;
  return html`<section
    id="transport"
    class="transport panel"
    aria-label="Controls of the run"
    tabindex="-1"
    data-open=${isOpen}
    data-looking=${(frame?.looking ?? null) !== null}
  >
    <div class="buttons">
      <button type="button" title="Back to the start of the same run (R)" @click=${lab.reset}>
        ${icon("reset")} <span class="word">Reset</span>
      </button>
      <button
        type="button"
        class="primary"
        title="Space"
        aria-pressed=${isPlaying}
        ?disabled=${reason !== null && !isPlaying}
        aria-describedby=${reason === null ? nothing : "blocked"}
        @click=${lab.togglePlay}
      >
        ${icon(isPlaying ? "pause" : "play")} ${playName}
      </button>
      <span class="group" role="group" aria-label="Steps">
        ${step(1, "Step", "One update (right arrow)")} ${step(10, "10", "Ten updates (1)")} ${step(100, "100", "A hundred updates (2)")}
        ${(facts?.updatesPerEpoch ?? 1) > 1 ? step("epoch", "Epoch", "To the end of the epoch (Shift + right arrow)") : nothing}
      </span>
      <label class="inline">
        <span class="hidden">Speed</span>
        <select .value=${live(String(speed))} @change=${(event: Event) => lab.setSpeed(Number((event.target as HTMLSelectElement).value))}>
          ${speeds.map(({ name }, i) => html`<option value=${i} ?selected=${i === speed}>${name}</option>`)}
        </select>
      </label>
    </div>
    <dl class="counters">
      <div><dt>Update</dt><dd class="update">${frame === null ? "–" : formatCount(frame.update)}</dd></div>
      <div class="rest"><dt>Epoch</dt><dd>${frame === null ? "–" : `${formatCount(frame.epoch)} of ${formatCount(facts?.epochs ?? 0)}`}</dd></div>
      <div><dt>Loss</dt><dd class="loss">${frame === null ? "–" : prose(formatNumber(frame.loss))}</dd></div>
      ${
        frame?.heldOut === null || frame === null
          ? nothing
          : html`<div class="rest"><dt>Held-out loss</dt><dd>${prose(formatNumber(frame.heldOut))}</dd></div>`
      }
      ${
        frame?.updatesPerSecond == null || !isPlaying
          ? nothing
          : html`<div class="speed"><dt>Speed</dt><dd>${formatNumber(frame.updatesPerSecond, 2)} / s</dd></div>`
      }
    </dl>
    <div class="seed">
      ${fieldOf(lab, "seeds.run", seedFields.run, settings.seeds.run, (run) =>
        lab.set({ ...settings, seeds: { ...settings.seeds, run: run as number } }),
      )}
      <button type="button" title="Another seed: other data and another start" aria-label="Other seeds" ?disabled=${settings.view.lock} @click=${() => dice(lab)}>${icon("dice")}</button>
    </div>
    ${timeLine(lab, reason)}
    <button type="button" class="more" aria-expanded=${isOpen} aria-controls="transport" @click=${() => lab.show({ isTransportOpen: !isOpen })}>
      ${icon("dots")} <span class="hidden">More controls</span>
    </button>
  </section>`;
}

/** The next seeds: a small number, so that they are easy to tell another person. */
function dice(lab: Lab): void {
  const { lab: settings } = lab.state;
  const next = (seed: number): number => (seed + 1) % 1000;
  const { data, run } = settings.seeds;
  lab.set({ ...settings, seeds: { data: next(data), run: next(run) } });
}

/** The snapshots of the run, as a slider. It has its place before the first update, so that nothing moves when the run begins. */
function timeLine(lab: Lab, reason: string | null) {
  const { frame } = lab.state;
  const { snapshots = [], looking = null, update = 0 } = frame ?? {};
  const last = snapshots.length; // the position after the last snapshot is the run as it is now
  const at = looking === null ? last : Math.max(0, snapshots.indexOf(looking));
  const text = looking === null ? `update ${formatCount(update)}, the latest` : `update ${formatCount(looking)}`;
  return html`<div class="time">
    <label for="time">Look back</label>
    <button
      type="button"
      class="back"
      title="The state before (left arrow)"
      aria-label="The state before"
      ?disabled=${update === 0}
      @click=${lab.back}
    >
      ${icon("back")}
    </button>
    <input
      id="time"
      type="range"
      min="0"
      max=${last}
      step="1"
      ?disabled=${last < 2}
      .value=${live(String(at))}
      aria-valuetext=${text}
      @input=${(event: Event) => {
        const position = Number((event.target as HTMLInputElement).value);
        lab.look(position === last ? null : snapshots[position]!);
      }}
    />
    ${
      looking === null
        ? nothing
        : html`<span class="banner">You see update ${formatCount(looking)}.</span>
            <button type="button" @click=${() => lab.look(null)}>Return to the latest</button>
            <button type="button" @click=${lab.branch}>Go on from here in a new run</button>`
    }
    ${reason === null ? nothing : html`<p id="blocked" class=${looking === null ? "blocked" : "hidden"}>${reason}</p>`}
  </div>`;
}
