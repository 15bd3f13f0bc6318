// The learning rate: an axis with the zones that are known before the run, and the controls on it.

import { formatNumber } from "@downhill/plots/format";
import { closedZones, type Zone } from "@downhill/plots/zones";
import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { rateFree } from "../../state/labState.ts";
import { descentFields } from "../../state/trainingFields.ts";
import type { RateFacts } from "../../worker/protocol.ts";
import { withRate } from "../changes.ts";
import { type IconName, icon } from "../icons.ts";
import { verdictLabel, zoneNames } from "../labels.ts";
import type { Lab } from "../pageState.ts";
import { prose } from "../prose.ts";
import { runMark } from "../runMark.ts";
import { fieldOf } from "./fields.ts";

const STEPS = 10; // for each power of ten
const MOST_POWERS = 6; // of ten, under the axis
const LETTER = 2.6; // percent of the axis: the width of a letter
const MARK = 3; // percent of the axis: half the width of a mark
const RUN = 18; // percent of the axis: the width of the mark of a run
const LINE = 22; // pixels: the height of a line of such marks

/** The zones with ends that can be drawn, and the ends of the axis as powers of ten. */
function axisOf(rate: RateFacts | undefined, now: number): { zones: readonly Zone[]; low: number; high: number } {
  const marks = [now, rate?.best, rate?.limit].flatMap((at) => (at != null && at > 0 && at < Infinity ? [{ at }] : []));
  const closed = closedZones(rate?.zones ?? [], marks);
  const zones = closed.length > 0 ? closed : [{ name: "not known", from: now / 100, to: now * 100 }];
  const low = Math.floor(Math.log10(zones[0]!.from) * STEPS) / STEPS;
  const high = Math.ceil(Math.log10(zones.at(-1)!.to) * STEPS) / STEPS;
  return { zones, low, high };
}

/** The zone of a rate in words, with the rate as a share of the limit. */
function zoneText(rate: RateFacts | undefined, now: number): string {
  const zone = rate?.zones.find(({ from, to }) => now >= from && now < to);
  const share =
    rate?.limit != null && rate.limit < Infinity
      ? `, ${formatNumber((100 * now) / rate.limit, 2)} percent of the limit`
      : "";
  return `${formatNumber(now)}${share}${zone ? `, ${zoneNames[zone.name]}` : ""}`;
}

/** The marks of kept runs that have a learning rate on the axis. A mark that would cover another one is a line below it. */
function runMarks(lab: Lab, at: (rate: number) => number) {
  const { frame } = lab.state;
  const lines: number[][] = []; // the places of the marks in each line
  const marks = (frame?.kept ?? []).map(({ letter, name, isHidden, state: { descent }, verdict, ended }) => {
    const { learningRate, optimizer } = descent;
    if (isHidden || learningRate === "auto" || rateFree.includes(optimizer.name)) return nothing;
    const place = at(learningRate);
    if (place < 0 || place > 100) return nothing;
    const [sign, label] = verdict === null ? (["ready", "too few updates to tell"] as const) : verdictLabel(verdict);
    const outcome = ended === "diverged" ? "diverged" : label;
    const free = lines.findIndex((places) => places.every((other) => Math.abs(other - place) >= RUN));
    const line = free < 0 ? lines.push([]) - 1 : free;
    lines[line]!.push(place);
    const title = `Run ${letter}${name === "" ? "" : `, ${name}`}: ${formatNumber(learningRate)}, ${outcome}`;
    return html`<span class="mark run" .style=${`left:${place}%;top:${LINE * line}px`} title=${title}>${runMark(letter)} ${letter} ${icon(sign)}</span>`;
  });
  return html`<div class="runs-on-axis" aria-hidden="true" .style=${`height:${LINE * lines.length}px`}>${marks}</div>`;
}

/** The control of the learning rate. */
export function ruler(lab: Lab) {
  const { lab: settings, facts, frame, sweep } = lab.state;
  const { learningRate, optimizer } = settings.descent;
  if (learningRate === "auto" || rateFree.includes(optimizer.name)) {
    return html`<div class="ruler"><p>This optimizer computes its learning rates, so there is none to set.</p></div>`;
  }
  const now = learningRate;
  const { zones, low, high } = axisOf(facts?.rate, now);
  const span = high - low;
  const at = (rate: number): number => (100 * (Math.log10(rate) - low)) / span;
  const set = (rate: number): void => lab.set(withRate(settings, Number(rate.toPrecision(3))));
  const { best = null, limit = null } = facts?.rate ?? {};
  const isLocked = settings.view.lock;
  /** Whether a name in the middle of its zone lies neither over its ends nor under a mark. */
  const hasPlace = ({ name, ...ends }: Zone): boolean => {
    const [from, to, width] = [at(ends.from), at(ends.to), LETTER * name.length];
    return (
      to - from > width && [best, limit].every((rate) => !(Math.abs(2 * at(rate ?? 0) - from - to) < width + 2 * MARK))
    );
  };
  const every = Math.ceil(span / MOST_POWERS);
  const powers = Array.from({ length: Math.floor(high) - Math.ceil(low) + 1 }, (_, i) => Math.ceil(low) + i).filter(
    (power) => power % every === 0,
  );
  const mark = (name: IconName, rate: number | null) =>
    rate === null || !(rate > 0 && rate < Infinity)
      ? nothing
      : html`<span class=${`mark ${name}`} .style=${`left:${at(rate)}%`} title=${`${name}: ${formatNumber(rate)}`}>${icon(name)}</span>`;
  return html`<div class="ruler">
    ${fieldOf(lab, "descent.learningRate", descentFields.learningRate, now, (rate) => lab.set(withRate(settings, rate as number)))}
    <div class="axis">
      <div class="zones" aria-hidden="true">
        ${zones.map(({ name, from, to }) => {
          const width = at(to) - at(from);
          return html`<span class="zone" data-zone=${name} .style=${`width:${width}%`} title=${name}>${hasPlace({ name, from, to }) ? name : ""}</span>`;
        })}
        ${mark("limit", limit)}
        ${best === null ? nothing : html`<span class="adopt" @click=${() => isLocked || set(best)}>${mark("best", best)}</span>`}
      </div>
      ${runMarks(lab, at)}
      <input
        type="range"
        aria-label="Learning rate, on a logarithmic axis"
        min=${low}
        max=${high}
        step=${1 / STEPS}
        .value=${live(String(Math.log10(now)))}
        ?disabled=${isLocked}
        aria-valuetext=${zoneText(facts?.rate, now)}
        @input=${(event: Event) => set(10 ** Number((event.target as HTMLInputElement).value))}
      />
      <div class="powers" aria-hidden="true">${powers.map((power) => html`<span .style=${`--at:${(100 * (power - low)) / span}`}>${prose(formatNumber(10 ** power, 1))}</span>`)}</div>
      <p class="zone-names" aria-hidden="true">
        ${zones.map((zone) => (hasPlace(zone) ? nothing : html`<span><i class="zone" data-zone=${zone.name}></i> ${zone.name}</span>`))}
      </p>
    </div>
    <div class="row">
      <button type="button" ?disabled=${isLocked} @click=${() => set(now / 2)}>× ½</button>
      <button type="button" ?disabled=${isLocked} @click=${() => set(now * 2)}>× 2</button>
      ${best === null ? nothing : html`<button type="button" ?disabled=${isLocked} @click=${() => set(best)}>${icon("best")} Best: ${prose(formatNumber(best, 2))}</button>`}
      <span class="group" role="group" aria-label="Sweep">${[9, 25].map((rates, i) => {
        const name = `Try ${rates} rates`;
        return html`<button type="button" title=${`Short runs with ${rates} learning rates`} aria-label=${name} ?disabled=${frame === null} @click=${() => lab.sweep(rates)}>${i === 0 ? name : rates}</button>`;
      })}</span>
    </div>
    <p class="forecast">${facts && prose(facts.rate.sentences[0] ?? "")}</p>
    <lab-chart name="sweep" class="sweep" ?hidden=${sweep === null}></lab-chart>
    ${
      sweep === null || sweep.best === null
        ? nothing
        : html`<button type="button" ?disabled=${isLocked} @click=${() => set(sweep.best!)}>Use ${prose(formatNumber(sweep.best))}, the best of ${sweep.rates}</button>`
    }
  </div>`;
}
