// How the run was made: every setting, chosen or default, and the command that makes it again.

import { formatNumber } from "@downhill/plots/format";
import { html, type Markup, tableOf, trusted } from "@downhill/plots/page";
import type { TrainedRun } from "../reporters/reporter.ts";
import { shellWord } from "../terminal/shellWord.ts";
import { type Weights, weightsOf } from "./pictures/weights.ts";

/** The section on the settings. */
export function settingsCard(run: TrainedRun): Markup {
  const { prepared, settings, chosen, line } = run;
  const origin = (isChosen: boolean) => (isChosen ? "chosen" : "default");
  const rows = [
    chosen.model === undefined
      ? ["model", `${prepared.model}, because ${prepared.reason}`, "default"]
      : ["model", prepared.model, "chosen"],
    ["hold-out", formatNumber(run.holdOut), origin("holdOut" in chosen)],
    ...settings.map(({ name, words, chosen: isChosen }) => [spaced(name), words, origin(isChosen)]),
  ];
  return html`<section aria-labelledby="settings"><h2 id="settings">How it was made</h2>
<p>The same command on the same data gives the same model, number for number:</p>
<pre><code>${commandLine(line)}</code></pre>
<div class="settings">${tableOf(["Setting", "Value", "Origin"], rows)}</div>
</section>`;
}

/** The coefficients in units of the columns, for those who want to compute with them. */
export function coefficientTable({ fitted, parts }: TrainedRun): Markup | null {
  if (parts.train.task === "ratings") return null;
  const weights = weightsOf(fitted, parts.train.X);
  if (weights.length === 0) return null;
  return html`<details><summary>Table of coefficients</summary>
${weights.map((each) => oneTable(each))}
</details>`;
}

function oneTable({ of, names, values, perDeviation, intercept }: Weights): Markup {
  const rows = names.map((name, j) => [name, formatNumber(values[j]!), formatNumber(perDeviation[j]!)]);
  const caption = of === null ? "Coefficients of the prediction." : `Coefficients of the score for ${of}.`;
  return tableOf(
    ["Column", "Per unit of the column", "Per standard deviation"],
    [["(intercept)", formatNumber(intercept), ""], ...rows],
    caption,
  );
}

/** "batch size" of "batchSize". */
const spaced = (name: string): string => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** The command; an option is not broken at its hyphens, a long query may be. */
function commandLine(line: readonly string[]): Markup {
  const words = ["downhill", ...line.map(shellWord)];
  const parts = words.map((word) => (word.includes(" ") ? html`${word}` : html`<span class="word">${word}</span>`));
  return trusted(parts.map(({ markup }) => markup).join(" "));
}
