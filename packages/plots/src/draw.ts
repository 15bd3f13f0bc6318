// From a spec to its scene, its SVG, its table and its sentence.

import { type ClassRegions, layoutClassRegions } from "./charts/classRegions.ts";
import { type Coefficients, coefficientsHeight, layoutCoefficients } from "./charts/coefficients.ts";
import { type ConfusionMatrix, confusionMatrixSize, layoutConfusionMatrix } from "./charts/confusionMatrix.ts";
import { type LossCurve, layoutLossCurve } from "./charts/lossCurve.ts";
import { type LossSurface, layoutLossSurface } from "./charts/lossSurface.ts";
import { layoutMarginRegions, type MarginRegions } from "./charts/marginRegions.ts";
import { layoutPanels, type Panels, panelsShape } from "./charts/panels.ts";
import { layoutPredictedVsActual, type PredictedVsActual } from "./charts/predictedVsActual.ts";
import { layoutProbabilityField, type ProbabilityField } from "./charts/probabilityField.ts";
import { layoutRatingMatrices, type RatingMatrices, ratingMatricesSize } from "./charts/ratingMatrices.ts";
import { layoutRoc, type Roc } from "./charts/roc.ts";
import { layoutScatterLine, type ScatterLine } from "./charts/scatterLine.ts";
import { refuse } from "./data/check.ts";
import type { Scene, Size, Table } from "./scene/scene.ts";
import { type SvgOptions, toSvg } from "./scene/svg.ts";

/** The spec of one chart. */
export type ChartSpec =
  | LossCurve
  | ScatterLine
  | ProbabilityField
  | ClassRegions
  | MarginRegions
  | RatingMatrices
  | LossSurface
  | ConfusionMatrix
  | Roc
  | Coefficients
  | PredictedVsActual;

/** The spec of a chart or of several. */
export type Spec = ChartSpec | Panels<ChartSpec>;

/** Width and height [px] are the chart's own when left out. */
export interface DrawOptions extends SvgOptions, Partial<Size> {}

/**
 * Every coordinate of the chart, as plain data.
 *
 * @throws RangeError when width or height, in all or of one of several charts, is too small for its text
 */
export function scene(spec: Spec, { width, height }: Partial<Size> = {}): Scene {
  const usual = usualSize(spec, width);
  return layout(spec, { width: width ?? usual.width, height: height ?? usual.height });
}

/** The chart as an SVG string. */
export function draw(spec: Spec, { width, height, ...svg }: DrawOptions = {}): string {
  const size = { ...(width === undefined ? {} : { width }), ...(height === undefined ? {} : { height }) };
  return toSvg(scene(spec, size), svg);
}

/** The numbers of the chart as rows. */
export function toTable(scene: Scene): Table {
  return scene.a11y.table;
}

/** What there is to see, in a sentence or two. */
export function describe(scene: Scene): string {
  return scene.a11y.caption;
}

function usualSize(spec: Spec, width: number | undefined): Size {
  switch (spec.kind) {
    case "coefficients":
      return { width: 640, height: coefficientsHeight(spec) };
    case "ratingMatrices":
      return ratingMatricesSize(spec, width);
    case "confusionMatrix":
      return confusionMatrixSize(spec);
    case "roc":
    case "predictedVsActual":
      return { width: 480, height: 500 };
    case "panels": {
      const { columns, rows } = panelsShape(spec);
      const each = (width ?? 440 * columns) / columns;
      return { width: 440 * columns, height: 60 + rows * Math.round(Math.min(420, Math.max(260, each * 0.8))) };
    }
    default:
      return { width: 640, height: 420 };
  }
}

function layout(spec: Spec, size: Size): Scene {
  for (const [side, least] of [["width", 240] as const, ["height", 220] as const])
    if (!(Number.isFinite(size[side]) && size[side] >= least && size[side] <= 20000))
      refuse("scene", `${side} of ${spec.kind}`, `be from ${least} to 20000`, size[side], "Its text needs the room.");
  switch (spec.kind) {
    case "lossCurve":
      return layoutLossCurve(spec, size);
    case "scatterLine":
      return layoutScatterLine(spec, size);
    case "probabilityField":
      return layoutProbabilityField(spec, size);
    case "classRegions":
      return layoutClassRegions(spec, size);
    case "marginRegions":
      return layoutMarginRegions(spec, size);
    case "ratingMatrices":
      return layoutRatingMatrices(spec, size);
    case "lossSurface":
      return layoutLossSurface(spec, size);
    case "confusionMatrix":
      return layoutConfusionMatrix(spec, size);
    case "roc":
      return layoutRoc(spec, size);
    case "coefficients":
      return layoutCoefficients(spec, size);
    case "predictedVsActual":
      return layoutPredictedVsActual(spec, size);
    case "panels":
      return layoutPanels(spec, size, layout);
  }
}
