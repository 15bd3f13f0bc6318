// The sections of the report on the search and on the cross-validation.
import { formatCount } from "@downhill/plots/format";
import { html, type Markup, tableOf } from "@downhill/plots/page";
import { foldRows, nameOfMetric, trialRows } from "../model/foldMetrics.ts";
import { valuesText } from "../training/searchRanges.ts";
import type { TrainedRun } from "../training/trainedRun.ts";

const MAX_TRIALS = 200;

/** The trials of the search, the best first. */
export function searchCard({ evaluation: { search } }: TrainedRun): Markup | null {
  if (search === null) return null;
  const { trials, planned, metric, best } = search;
  const [head = [], ...rows] = trialRows(search, MAX_TRIALS);
  const found = `The best of ${formatCount(trials.length)} trials was ${valuesText(best!.values)}, and the model was trained with it.`;
  const early =
    trials.length < planned ? ` The search was interrupted; ${formatCount(planned)} trials were planned.` : "";
  return html`<section aria-labelledby="search"><h2 id="search">Search</h2>
<p>${found}${early} Each trial was cross-validated on the training rows. Its score is the best of many, so the scores on the held-out rows are the better estimate.</p>
<div class="settings">${tableOf(head, rows, `Mean ${nameOfMetric(metric!)} on the held-out rows of the folds, and its standard deviation over the folds.`)}</div>
</section>`;
}

/** The scores of the folds. */
export function foldsCard({ evaluation: { folds } }: TrainedRun): Markup | null {
  if (folds === null) return null;
  const [head = [], ...rows] = foldRows(folds);
  const note =
    folds.mean === null
      ? "The training of a fold diverged, so the scores have no mean: do not trust a model with these settings."
      : "A score is good only if it is better than the baseline by more than the deviation.";
  return html`<section aria-labelledby="folds"><h2 id="folds">Cross-validation</h2>
<p>The training rows were divided into ${formatCount(folds.folds.length)} folds. For each fold a model was trained on the other folds, with everything that is learnt from rows, and scored on the fold. ${note}</p>
<div class="settings">${tableOf(head, rows, "Scores on the held-out rows of each fold.")}</div>
</section>`;
}
