// The command that repeats the run, and every setting: the user's or the default.

import { formatCount, formatNumber } from "@downhill/plots/format";
import { html, type Markup, tableOf, trusted } from "@downhill/plots/page";
import { hasLabOptions } from "../lab/labOptions.ts";
import { shellWord } from "../terminal/shellWord.ts";
import type { TrainedRun } from "../training/trainedRun.ts";
import { MAX_TABLE, type Weights } from "./pictures/weights.ts";

/** The section on the settings. */
export function settingsCard(run: TrainedRun): Markup {
  const { prepared, settings, options, line } = run;
  const origin = (isSet: boolean) => (isSet ? "set by you" : "default");
  const rows = [
    options.model === undefined
      ? ["model", `${prepared.model}, because ${prepared.reason}`, origin(false)]
      : ["model", prepared.model, origin(true)],
    ["hold-out", formatNumber(run.holdOut), origin("holdOut" in options)],
    ...settings.map(({ name, words, isSet }) => [spaced(name), words, origin(isSet)]),
  ];
  return html`<section aria-labelledby="settings"><h2 id="settings">Settings</h2>
<p>The same command on the same data gives exactly the same model:</p>
<pre><code>${commandLine(line)}</code></pre>
${inLab(run)}
<div class="settings">${tableOf(["Setting", "Value", "Origin"], rows)}</div>
</section>`;
}

/** How to open the run in the lab; null if the lab cannot show it. */
function inLab({ data, options, divergence }: TrainedRun): Markup | null {
  if (!hasLabOptions(data, options)) return null;
  const canOpen = divergence === null && !options.json && !options.quiet;
  const open = canOpen ? html` Or repeat the command above with <code>--open</code> at its end.` : null;
  return html`<p>The lab is a page that shows the run update by update. Start it with <code>downhill lab</code>, then drop this report and its data on the page.${open}</p>`;
}

/** The coefficients, at most 1000 of a score, per unit of each column and per standard deviation. */
export function coefficientTable(weights: readonly Weights[]): Markup | null {
  if (weights.length === 0) return null;
  return html`<details><summary>Table of coefficients</summary>
${weights.map((each) => oneTable(each))}
</details>`;
}

function oneTable({ label, logarithm, names, values, perDeviation, intercept }: Weights): Markup {
  const all = names.map((_, j) => j);
  const largest = (j: number): number => Math.abs(perDeviation[j]!);
  const shown =
    all.length <= MAX_TABLE ? all : all.sort((a, b) => largest(b) - largest(a) || a - b).slice(0, MAX_TABLE);
  const rows = shown.map((j) => [names[j]!, formatNumber(values[j]!), formatNumber(perDeviation[j]!)]);
  const predicted = logarithm ? "the logarithm of the prediction" : "the prediction";
  const part =
    shown.length < names.length
      ? `The ${formatCount(MAX_TABLE)} largest of ${formatCount(names.length)} coefficients`
      : "Coefficients";
  const caption = `${part} of ${label === null ? predicted : `the score of ${label}`}.`;
  return tableOf(
    ["Column", "Per unit of the column", "Per standard deviation"],
    [["(intercept)", formatNumber(intercept), ""], ...rows],
    caption,
  );
}

/** "batch size" of "batchSize". */
const spaced = (name: string): string => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** The command. A line never breaks inside an option; it may break inside a long query. */
function commandLine(line: readonly string[]): Markup {
  const words = ["downhill", ...line.map(shellWord)];
  const parts = words.map((word) => (word.includes(" ") ? html`${word}` : html`<span class="word">${word}</span>`));
  return trusted(parts.map(({ markup }) => markup).join(" "));
}
