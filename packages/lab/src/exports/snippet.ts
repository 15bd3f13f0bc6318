// "Copy as TypeScript": a program that trains the model of a state and prints its final loss, to the last bit that of the page.
import type { TableData } from "downhill";
import { holdsOf } from "../state/holdsOf.ts";
import { columnNames, labRun } from "../state/labRun.ts";
import type { LabState } from "../state/labState.ts";
import { tableOptionsOf } from "../state/tableColumns.ts";
import { codeOf } from "./code.ts";
import { dataCode } from "./dataCode.ts";
import { estimatorCode } from "./estimatorCode.ts";

/** The parts of a program. The training defines `history`, the record of the run. */
export interface Snippet {
  /** The functions that are imported from the library. */
  readonly imports: readonly string[];
  /** Import statements of other modules. */
  readonly modules: readonly string[];
  readonly data: readonly string[];
  readonly training: readonly string[];
}

/**
 * The program of a state.
 *
 * @param table  the data of the state, as for `labRun`
 */
export function snippetOf(state: LabState, table: TableData): Snippet {
  const holds = holdsOf(state.data);
  const { train } = labRun(state, table);
  const rows = "X" in train ? train.X.rows : train.users.length;
  const { lines, imports, modules, defines } = dataCode(state);
  const estimator = estimatorCode(state, holds, rows);
  const { heldOut, seeds } = state;
  const split = { testShare: heldOut, seed: seeds.run, ...(holds === "classes" && { stratify: true }) };
  const shared = { modules, data: lines };
  const all = (more: readonly string[]) => [...new Set([...imports, ...estimator.imports, ...more])].sort(byName);
  if (defines === "matrix") {
    const parts = heldOut === 0 ? "X, y" : "train.X, train.y";
    return {
      ...shared,
      imports: all(heldOut === 0 ? [] : ["split"]),
      training: [
        ...(heldOut === 0 ? [] : [`const { train, test } = split(X, y, ${codeOf(split)});`]),
        `const model = ${estimator.code}.fit(${parts});`,
        "const { history } = model;",
      ],
    };
  }
  if (defines === "ratings") {
    const picked = ["users", "items", "ratings"].map(
      (name) => `${name}: Array.from(train, (at) => ratings.${name}[at]!)`,
    );
    return {
      ...shared,
      imports: all(heldOut === 0 ? [] : ["splitRatings"]),
      training: [
        ...(heldOut === 0
          ? ["const training = ratings;"]
          : [
              `const { train, test } = splitRatings(ratings, ${codeOf(split)});`,
              "const training = {",
              ...picked.map((line) => `  ${line},`),
              "};",
            ]),
        `const model = ${estimator.code}.fit(training);`,
        "const { history } = model;",
      ],
    };
  }
  const options = tableOptionsOf(state.data, columnNames(table));
  const plain = { ...options, ignore: options.ignore?.length ? options.ignore : undefined };
  const own = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined));
  return {
    ...shared,
    imports: all([
      "readTrainingTable",
      "tableModel",
      ...(heldOut === 0 ? [] : ["divideTrainingTable", "trainTestSplit"]),
    ]),
    training: [
      `const options = ${codeOf(own)} as const;`,
      "const table = readTrainingTable(columns, options);",
      ...(heldOut === 0
        ? ["const train = table;"]
        : [
            `const rowsOf = trainTestSplit(table.y${holds === "classes" ? "" : ".length"}, ${codeOf(split)});`,
            "const { train, test } = divideTrainingTable(table, rowsOf);",
          ]),
      `const estimator = ${estimator.code};`,
      "const model = tableModel(estimator, options).fit(train);",
      "const { history } = model.model;",
    ],
  };
}

const byName = (a: string, b: string): number => (a.toLowerCase() < b.toLowerCase() ? -1 : 1);

/** The lines that print the loss of the model; see `finalLoss`. */
export function printing({ descent, model }: LabState): string[] {
  const mayStopEarly = descent.patience !== "off" || (descent.optimizer.name === "auto" && model.name === "network");
  if (!mayStopEarly) return ['console.log("loss", history.objective?.at(-1));'];
  return [
    "const { objective, validation } = history;",
    "const best = validation?.length ? validation.indexOf(Math.min(...validation)) : -1;",
    'console.log("loss", objective?.at(best));',
  ];
}

/** The program as one text. */
export function typescriptOf(state: LabState, table: TableData): string {
  const { imports, modules, data, training } = snippetOf(state, table);
  const importing = [`import { ${imports.join(", ")} } from "downhill";`, ...modules];
  return [...importing, "", ...data, "", ...training, ...printing(state), ""].join("\n");
}
