// The data of a state as code.
import type { generators } from "../state/dataFields.ts";
import type { Choice } from "../state/field.ts";
import { drawnTable, outlierSpacing } from "../state/generatedTable.ts";
import type { LabState } from "../state/labState.ts";
import { ratingColumns } from "../state/tableColumns.ts";
import { codeOf } from "./code.ts";
import { isOfSavedFile, savedName, savedReading } from "./savedData.ts";

/** The code that makes the data, and what it defines. */
export interface DataCode {
  readonly lines: readonly string[];
  /** The functions of the library that the lines use. */
  readonly imports: readonly string[];
  /** Other modules that the lines use. */
  readonly modules: readonly string[];
  /** matrix: `X` and `y`; table: `columns`; ratings: `ratings`, with users, items and ratings. */
  readonly defines: "matrix" | "table" | "ratings";
}

/** The code of the data of a state. */
export function dataCode({ data, seeds }: LabState): DataCode {
  switch (data.kind) {
    case "generated":
      return generatorCode(data.generator, seeds.data);
    case "drawn": {
      const columns = drawnTable(data);
      const lists = Object.entries(columns).map(
        ([name, cells]) => `  ${name}: ${codeOf(Array.from(cells as ArrayLike<string | number>))},`,
      );
      if (data.holds !== "ratings")
        return { lines: ["const columns = {", ...lists, "};"], imports: [], modules: [], defines: "table" };
      const renamed = lists.map((line) => line.replace(/^ {2}(user|item|rating):/, "  $1s:"));
      return { lines: ["const ratings = {", ...renamed, "};"], imports: [], modules: [], defines: "ratings" };
    }
    case "table": {
      const ratings = data.table === "article_ratings" ? ratingColumns(data) : null;
      return fileCode(`${data.table}.csv`, { ratings });
    }
    case "file": {
      const { delimiter, encoding, header, quotes, ragged, decimal, na } = data;
      const ratings = data.holds === "ratings" ? { ...ratingColumns(data), ...(na.length > 0 && { na }) } : null;
      if (isOfSavedFile(data)) return fileCode(savedName(data), { reading: savedReading(data), ratings });
      const reading = {
        ...(delimiter !== "" && { delimiter }),
        ...(header ? {} : { header }),
        ...(quotes ? {} : { quotes }),
        ...(ragged !== "error" && { ragged }),
        ...(decimal !== "auto" && { decimal: decimal === "point" ? "." : "," }),
      };
      return fileCode(data.name, { reading, ratings, ...(encoding !== "" && { encoding }) });
    }
  }
}

/** Reads a CSV file into columns of texts; the library decides what the texts are. */
function fileCode(
  name: string,
  {
    reading = {},
    ratings,
    encoding = "utf8",
  }: { readonly reading?: object; readonly ratings: object | null; readonly encoding?: string },
): DataCode {
  const lines = [
    `const bytes = readFileSync(${codeOf(name)});`,
    `const text = new TextDecoder(${codeOf(encoding)}).decode(bytes);`,
    `const columns = csvTable(text, ${codeOf({ name, ...reading })});`,
  ];
  const modules = ['import { readFileSync } from "node:fs";'];
  if (ratings === null) return { lines, imports: ["csvTable"], modules, defines: "table" };
  const model = `ratingModel(matrixFactorization(), ${codeOf(ratings)})`;
  return {
    lines: [...lines, `const ratings = ${model}.trainingData(columns).data() as Ratings;`],
    imports: ["csvTable", "matrixFactorization", "ratingModel", "type Ratings"],
    modules,
    defines: "ratings",
  };
}

function generatorCode(generator: Choice<typeof generators>, seed: number): DataCode {
  const made = (name: string, options: object, more: readonly string[] = [], imbalance = 1): DataCode => {
    const call = `${name}(${codeOf({ ...options, seed })});`;
    return {
      lines: [...(imbalance === 1 ? [`const { X, y } = ${call}`] : imbalanceCode(call, imbalance)), ...more],
      imports: [name, ...(imbalance === 1 ? [] : ["takeRows"])],
      ...{ modules: [], defines: "matrix" },
    };
  };
  switch (generator.name) {
    case "line": {
      const { outliers, ...options } = generator.options;
      return made("lineWithNoise", options, outlierCode(outliers, "y[i]! += 30"));
    }
    case "curve":
      return curveCode(generator.options, seed);
    case "ravine":
      return made("regressionWithCondition", generator.options);
    case "ratings":
      return {
        lines: [`const ratings = lowRankRatings(${codeOf({ ...generator.options, seed })});`],
        ...{ imports: ["lowRankRatings"], modules: [], defines: "ratings" },
      };
    case "blobs": {
      const { classes, outliers, scale, imbalance, ...options } = generator.options;
      return made("blobs", { ...options, centers: classes }, changesCode(outliers, scale, classes), imbalance);
    }
    default: {
      const { outliers, scale, imbalance, ...options } = generator.options;
      const classes = "arms" in options ? options.arms : 2;
      return made(generator.name, options, changesCode(outliers, scale, classes), imbalance);
    }
  }
}

const imbalanceCode = (call: string, imbalance: number): string[] => [
  `const points = ${call}`,
  "const counts: number[] = [];",
  `// All rows of class 0, and one of ${imbalance} rows of each other class.`,
  "const rows = Array.from(points.y.keys()).filter((row) => {",
  "  const label = points.y[row]!;",
  "  const count = counts[label] ?? 0;",
  "  counts[label] = count + 1;",
  `  return label === 0 || count % ${imbalance} === 0;`,
  "});",
  "const X = takeRows(points.X, rows);",
  "const y = Uint32Array.from(rows, (row) => points.y[row]!);",
];

const changesCode = (outliers: number, scale: number, classes: number): string[] => [
  ...outlierCode(outliers, `y[i] = (y[i]! + 1) % ${classes}`),
  ...(scale === 1 ? [] : [`for (let i = 1; i < X.data.length; i += 2) X.data[i]! *= ${scale}; // the second column`]),
];

const outlierCode = (share: number, change: string): string[] => {
  if (share === 0) return [];
  const spacing = outlierSpacing(share);
  return [`for (let i = ${spacing - 1}; i < y.length; i += ${spacing}) ${change}; // outliers`];
};

const curveCode = ({ n, degree, noise }: { n: number; degree: number; noise: number }, seed: number): DataCode => ({
  lines: [
    `const draw = random(${seed});`,
    `const X = matrix(new Float64Array(${n * degree}), ${n}, ${degree}); // the powers of x`,
    `const y = new Float64Array(${n});`,
    `for (let i = 0; i < ${n}; i++) {`,
    "  const x = 2 * draw.uniform() - 1;",
    `  for (let j = 0, power = x; j < ${degree}; j++, power *= x) X.data[${degree} * i + j] = power;`,
    `  y[i] = 4 * x * x * x - 3 * x + ${noise} * draw.normal();`,
    "}",
  ],
  ...{ imports: ["matrix", "random"], modules: [], defines: "matrix" },
});
