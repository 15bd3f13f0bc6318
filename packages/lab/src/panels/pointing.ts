// What the pointer or the keyboard points at, and where this is in the other charts.

/** The charts that show rows of the data. */
export const rowCharts = ["model", "errors", "residuals", "roc", "precision", "simplex", "layer"] as const;

/** The charts that show updates of the run. */
export const updateCharts = ["loss", "metric", "parts", "surface"] as const;

export type RowChart = (typeof rowCharts)[number];
export type UpdateChart = (typeof updateCharts)[number];

/** Where a mark is in a chart, in the units of its axes; without y it is a line from the bottom to the top. */
export type Mark = readonly [x: number, y: number | null];

/** The marks of one row, or of one update. That of the small pictures is a share of their width and height. */
export type Marks = Readonly<Partial<Record<RowChart | UpdateChart | "strip", Mark>>>;
