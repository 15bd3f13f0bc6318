// The cost of the diagnosis beside the fits that it accompanies.

import { manyClasses, twoClasses } from "../src/data/labelledRows.ts";
import { writeTable } from "../src/data/rawTables.ts";
import { readTable, tables } from "../src/defaults/cases.ts";
import { downhill } from "../src/program.ts";
import type { Case, Workload } from "../src/workload.ts";

interface Fit {
  readonly X: Float64Array;
  readonly y: Float64Array;
  readonly columns: number;
  /** The number of classes; 0 if the targets are numbers. */
  readonly classes: number;
}

/** The diagnosis may take a tenth of the time of the fits: 1 / 1.1 is 0.91. */
const AT_LEAST = 0.91;

/** A garbage collection changes the time of one run by a third, the mean of ten runs by little. */
const TURN_SECONDS = 1;

export const doctor: Workload = {
  id: "W16",
  title: "default fits with forecast, states and certificate",
  *cases(size) {
    const rows = (full: number): number => (size === "quick" ? 2000 : full);
    const two = { rows: rows(100_000), columns: 50, seed: 16 };
    yield caseOf("logistic regression, 100,000 rows × 50 features", () => [
      { ...twoClasses(two), columns: two.columns, classes: 2 },
    ]);
    const three = { rows: rows(100_000), columns: 20, seed: 17 };
    yield caseOf("softmax regression with 3 classes, 100,000 rows × 20 features", () => [
      { ...manyClasses(3, three), columns: three.columns, classes: 3 },
    ]);
    const numbers = { rows: rows(1_000_000), columns: 20, seed: 18 };
    yield caseOf("linear regression, 1,000,000 rows × 20 features", () => [
      { ...twoClasses(numbers), columns: numbers.columns, classes: 0 },
    ]);
    yield caseOf("the five tables of datasets/", () => tables.map(tableFit));
  },
};

/** A fit to a table of datasets/. */
function tableFit(name: (typeof tables)[number]): Fit {
  const { X, target } = readTable(name);
  const isNumber = name === "diabetes";
  const labels = [...new Set(target)];
  const y = Float64Array.from(target, (text) => (isNumber ? Number(text) : labels.indexOf(text)));
  return { X: Float64Array.from(X.data), y, columns: X.columns, classes: isNumber ? 0 : labels.length };
}

function caseOf(name: string, fitsOf: () => readonly Fit[]): Case {
  return {
    name,
    unit: "all fits",
    unitsPerRun: 1,
    turnSeconds: TURN_SECONDS,
    programs: [
      downhill("doctor/downhill", { name: "Downhill with the diagnosis", settings: { doctor: true } }),
      downhill("doctor/downhill", { name: "Downhill without it", settings: { doctor: false } }),
    ],
    targets: [{ against: ["Downhill"], atLeast: AT_LEAST }],
    note:
      "The diagnosis is the forecast before the fit, the states of its epochs, and the certificate of its result. It takes at most a tenth " +
      "of the time of the fit if the fit alone takes at least 0.91 × the time of both.",
    prepare(folder) {
      const fits = fitsOf();
      return {
        tables: Object.fromEntries(
          fits.flatMap(({ X, y, columns }, i) => [
            [`X${i}`, writeTable(folder, `X${i}`, { numbers: X, columns })],
            [`y${i}`, writeTable(folder, `y${i}`, { numbers: y })],
          ]),
        ),
        settings: {
          fits: fits.length,
          ...Object.fromEntries(fits.map(({ classes }, i) => [`classes${i}`, classes])),
        },
      };
    },
    evaluate: ({ params }) => Array.from(params).reduce((sum, objective) => sum + objective, 0),
  };
}
