// The section of docs/diagnosis.md on the default settings.
import { batches, type Case, models } from "./cases.ts";
import { type CaseResult, RATES } from "./compareCase.ts";

const HEADING = "## How good the default settings are";

/** The page with a new text of the section, which is its last one. */
export function withSection(page: string, section: string): string {
  const at = page.indexOf(HEADING);
  if (at < 0) throw new RangeError(`bench: docs/diagnosis.md must have the heading "${HEADING}". Add it at the end.`);
  return `${page.slice(0, at)}${HEADING}\n\n${section}`;
}

const columnsOf = ({ standardize }: Case): string => (standardize ? "standardized" : "raw");
const batchOf = ({ batch }: Pick<Case, "batch">): string =>
  batch === "full" ? "full batch" : batch === 1 ? "one row" : `${batch} rows`;
const share = (x: number): string =>
  x === Infinity ? "diverged" : x === 0 ? "0" : x.toExponential(1).replace("e-", "e−");

/** The text of the section: a table of all models, and a table of the cases in which a rate of the sweep ends nearer. */
export function defaultsSection(results: readonly CaseResult[]): string {
  const far = results.filter(({ isNear }) => !isNear);
  const diverged = results.filter(({ byDefault }) => byDefault === Infinity).length;
  const summary = models.flatMap((model) =>
    [true, false].map((standardize) => {
      const cells = batches.map((batch) => {
        const own = results.filter(
          (each) => each.model === model && each.standardize === standardize && each.batch === batch,
        );
        if (own.length === 0) return "–";
        const highest = Math.max(...own.map(({ byDefault }) => byDefault));
        return `${own.filter(({ isNear }) => isNear).length} of ${own.length}; ${share(highest)}`;
      });
      return `| ${model}, ${standardize ? "standardized" : "raw"} | ${cells.join(" | ")} |`;
    }),
  );
  const misses = far
    .toSorted((a, b) => b.byDefault - a.byDefault)
    .map(
      (each) =>
        `| ${each.model} | ${each.table}, ${columnsOf(each)} | ${batchOf(each)} | ${share(each.byDefault)} | ${share(each.bestRate)} |`,
    );
  return `A script of the bench (\`npm run defaults\` in bench/) compares the default settings with the best of ${RATES} constant learning rates,
which \`sweepRates\` tries for the same number of updates (with Adam for networks, otherwise with plain
descent); the short runs by which the defaults find their rate are not counted. The tables are the five of datasets/, with standardized and with raw columns; the batches are all rows, 32 rows and one
row. A distance from the optimum is (F − F*)/(F₀ − F*), where F is the objective at the end, F₀ that at the start and F* the
optimum: 0 is the optimum, and 1 is the start. The default settings are near the best rate if their distance is at most 1.05
times that of the best rate plus 1e−3.

That holds in ${results.length - far.length} of ${results.length} cases, and ${diverged === 0 ? "no default run diverged" : `${diverged} default ${diverged === 1 ? "run" : "runs"} diverged`}. The table has for each model the number of tables
where it holds, and the largest distance of the default settings.

| model, columns | full batch | 32 rows | one row |
|---|---|---|---|
${summary.join("\n")}

- A regression predicts the number of the class where the target is a class, and a classifier predicts thirds or halves of
  the target of diabetes. The ratings of a factorization are the standardized cells of a table.
- The optimum of smooth linear models comes from a run in full batch until at most 1e−12 of the objective remains, and that of
  the hinge from the dual problem. For factorizations it is the lowest objective of these runs and of 1000 epochs in full batch. For
  networks it is the lowest objective of these runs, so the best of them has the distance 0.
- Networks train on all rows (\`stop: {}\`), for 20 epochs with one row per update.
- With raw columns, plain descent in batches is far from the optimum after 100 epochs at any rate. The default of linear models
  [scales its steps by the columns](models.md#which-model).

In these cases the best rate of the sweep is nearer to the optimum:

| model | table | batches | distance by default | distance of the best rate |
|---|---|---|---|---|
${misses.join("\n")}
`;
}
