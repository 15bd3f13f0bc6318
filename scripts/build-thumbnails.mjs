// Writes thumbnails.svg of the built page of the lab: a symbol for each generator and each table, drawn from the rows that a run has.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { readTable } from "../packages/lab/dist/modules/files/readTable.js";
import { generatedData, tableData, withData } from "../packages/lab/dist/modules/page/changes.js";
import { generators, tables } from "../packages/lab/dist/modules/state/dataFields.js";
import { labRun } from "../packages/lab/dist/modules/state/labRun.js";
import { initialState } from "../packages/lab/dist/modules/state/labState.js";
import { ownTable } from "../packages/lab/dist/modules/state/tableColumns.js";
import { ramps } from "../packages/plots/dist/color/ramps.js";
import { seriesColor, seriesShape } from "../packages/plots/dist/color/series.js";
import { symbolPath } from "../packages/plots/dist/geometry/symbols.js";

const SIZE = 48; // the width and the height of a thumbnail
const EDGE = 4; // the least distance of a point from its edge
const RADIUS = 1.7; // of a marker
const MOST_POINTS = 60;
const LEVELS = 6; // colours of ratings

const root = new URL("../", import.meta.url);

/** A table of the repository, or one of those that only the page has. */
async function tableOf(name) {
  const file = [`datasets/${name}.csv`, `packages/lab/public/tables/${name}.csv`]
    .map((path) => new URL(path, root))
    .find(existsSync);
  const { table, problems } = await readTable(readFileSync(file), { name });
  if (table === null) throw new Error(`build-thumbnails: ${name}.csv cannot be read. ${problems.join(" ")}`);
  return table;
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The sum of the squares of the distances from the mean. */
function spread(values) {
  const middle = mean(values);
  return values.reduce((sum, value) => sum + (value - middle) * (value - middle), 0);
}

/** The share of the spread of a feature that lies between the classes; 0 for a constant feature. */
function betweenClasses(feature, classes) {
  const total = spread(feature);
  const within = [...new Set(classes)].map((name) => spread(feature.filter((_, i) => classes[i] === name)));
  return total === 0 ? 0 : 1 - within.reduce((sum, part) => sum + part, 0) / total;
}

/** The square of the correlation of a feature with the target; 0 for a constant feature. */
function correlation(feature, target) {
  const [middle, height, total] = [mean(feature), mean(target), spread(feature) * spread(target)];
  const product = feature.reduce((sum, value, i) => sum + (value - middle) * (target[i] - height), 0);
  return total === 0 ? 0 : (product * product) / total;
}

/** The features with the highest scores, in the order of the table. */
function bestFeatures({ data, columns, rows }, count, score) {
  const features = Array.from({ length: columns }, (_, j) =>
    Array.from({ length: rows }, (_, i) => data[i * columns + j]),
  );
  const best = [...features].sort((a, b) => score(b) - score(a)).slice(0, count);
  return features.filter((feature) => best.includes(feature));
}

/** Whole numbers from `from` for the lowest value to `to` for the highest one. */
function positions(values, from, to) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return values.map((value) => Math.round(from + ((to - from) * (value - low)) / (high - low)));
}

/** A colour for both themes. The page sets --mark where the system chooses the colours; the classes still differ by their shapes. */
const fill = ([light, dark]) => `var(--mark, light-dark(${light}, ${dark}))`;

/** Points with the marker of their class, which is a number. They are rows at equal distances, so that each class of a sorted table has its share. */
function points(x, y, classes) {
  const count = Math.min(x.length, MOST_POINTS);
  const rows = Array.from({ length: count }, (_, k) => Math.floor((k * x.length) / count));
  const across = positions(
    rows.map((row) => x[row]),
    EDGE,
    SIZE - EDGE,
  );
  const up = positions(
    rows.map((row) => y[row]),
    SIZE - EDGE,
    EDGE,
  );
  const kinds = [...new Set(rows.map((row) => classes[row]))];
  return kinds.map((kind) => {
    const marker = symbolPath(seriesShape(kind), RADIUS);
    const d = rows.map((row, k) => (classes[row] === kind ? marker(across[k], up[k]) : "")).join("");
    return `<path d="${d}" fill="${fill(seriesColor(kind))}"/>`;
  });
}

/** A cell for each known rating: a row for each user, a column for each item. */
function cells({ users, items, ratings }) {
  const [rows, columns] = [users, items].map((names) => [...new Set(names)].sort());
  const [height, width] = [SIZE / rows.length, SIZE / columns.length];
  const levels = positions(Array.from(ratings), 0, LEVELS - 1);
  const cell = (k) =>
    `M${(columns.indexOf(items[k]) * width).toFixed(1)} ${(rows.indexOf(users[k]) * height).toFixed(1)}h${width}v${height}h-${width}z`;
  return Array.from({ length: LEVELS }, (_, level) => {
    const d = levels.map((each, k) => (each === level ? cell(k) : "")).join("");
    return `<path d="${d}" fill="${ramps.ratings(level / (LEVELS - 1))[0]}"/>`;
  });
}

/** Ratings as cells, numbers over the feature with the largest correlation, classes over the two features that differ most between them. */
async function picture(data) {
  const { state } = withData({ ...initialState, heldOut: 0 }, data);
  const { holds, train } = labRun(state, ownTable(state) ?? (await tableOf(data.table)));
  if (holds === "ratings") return cells(train);
  const y = Array.from(train.y);
  if (holds === "numbers") {
    const [x] = bestFeatures(train.X, 1, (feature) => correlation(feature, y));
    return points(
      x,
      y,
      y.map(() => 0),
    );
  }
  const names = [...new Set(y)].sort();
  const [x1, x2] = bestFeatures(train.X, 2, (feature) => betweenClasses(feature, y));
  return points(
    x1,
    x2,
    y.map((name) => names.indexOf(name)),
  );
}

const all = [
  ...Object.keys(generators).map((name) => [name, generatedData(name)]),
  ...Object.keys(tables).map((name) => [name, tableData(name)]),
];
const symbols = await Promise.all(
  all.map(
    async ([name, data]) =>
      `<symbol id="${name}" viewBox="0 0 ${SIZE} ${SIZE}">${(await picture(data)).join("")}</symbol>\n`,
  ),
);
const text = `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("")}</svg>\n`;
writeFileSync(new URL("packages/lab/dist/site/thumbnails.svg", root), text);
console.log(
  `build-thumbnails: ${all.length} thumbnails, ${(gzipSync(text).length / 1000).toFixed(1)} kB when compressed`,
);
