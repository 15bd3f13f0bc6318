export type { ClassField, ClassRegions } from "./charts/classRegions.ts";
export { classRegions } from "./charts/classRegions.ts";
export type { Coefficients } from "./charts/coefficients.ts";
export { coefficients } from "./charts/coefficients.ts";
export type { ConfusionMatrix } from "./charts/confusionMatrix.ts";
export { confusionMatrix } from "./charts/confusionMatrix.ts";
export type { LossCurve, LossMark, Run } from "./charts/lossCurve.ts";
export { lossCurve } from "./charts/lossCurve.ts";
export type { LossSurface, SurfaceArrow } from "./charts/lossSurface.ts";
export { lossSurface } from "./charts/lossSurface.ts";
export type { DescentPath } from "./marks/descentPaths.ts";
export type { FactorMatrices } from "./charts/factorMatrices.ts";
export { factorMatrices } from "./charts/factorMatrices.ts";
export type { MarginRegions } from "./charts/marginRegions.ts";
export { marginRegions } from "./charts/marginRegions.ts";
export type { Panels } from "./charts/panels.ts";
export { panels } from "./charts/panels.ts";
export type { PredictedVsActual, PredictionScore } from "./charts/predictedVsActual.ts";
export { predictedVsActual } from "./charts/predictedVsActual.ts";
export type { ProbabilityField } from "./charts/probabilityField.ts";
export { probabilityField } from "./charts/probabilityField.ts";
export type { RatingMatrices, RatingMatrix } from "./charts/ratingMatrices.ts";
export { ratingMatrices } from "./charts/ratingMatrices.ts";
export type { RateSweepChart, SweptRate } from "./charts/rateSweep.ts";
export { rateSweep } from "./charts/rateSweep.ts";
export type { Roc, RocCurve } from "./charts/roc.ts";
export { roc } from "./charts/roc.ts";
export type { Ruler, RulerMark } from "./charts/ruler.ts";
export { ruler } from "./charts/ruler.ts";
export type { FittedLine, ScatterLine } from "./charts/scatterLine.ts";
export { scatterLine } from "./charts/scatterLine.ts";
export type { BarChart, BarGroup } from "./charts/barChart.ts";
export { barChart } from "./charts/barChart.ts";
export type { BoxGroup, BoxPlot } from "./charts/boxPlot.ts";
export { boxPlot } from "./charts/boxPlot.ts";
export type { Calibration, CalibrationLine } from "./charts/calibration.ts";
export { calibration } from "./charts/calibration.ts";
export type { CorrelationMap } from "./charts/correlationMap.ts";
export { correlationMap } from "./charts/correlationMap.ts";
export type { Histogram } from "./charts/histogram.ts";
export { histogram } from "./charts/histogram.ts";
export type { LearningCurve } from "./charts/learningCurve.ts";
export { learningCurve } from "./charts/learningCurve.ts";
export type { LineChart } from "./charts/lineChart.ts";
export { lineChart } from "./charts/lineChart.ts";
export type { PrecisionRecall, PrecisionRecallLine } from "./charts/precisionRecall.ts";
export { precisionRecall } from "./charts/precisionRecall.ts";
export type { ResidualHistogram } from "./charts/residualHistogram.ts";
export { residualHistogram } from "./charts/residualHistogram.ts";
export type { ScatterPlot } from "./charts/scatterPlot.ts";
export { scatterPlot } from "./charts/scatterPlot.ts";
export type { ScoreHistogram } from "./charts/scoreHistogram.ts";
export { scoreHistogram } from "./charts/scoreHistogram.ts";
export type { Simplex } from "./charts/simplex.ts";
export { simplex } from "./charts/simplex.ts";
export type { ValueField } from "./charts/valueField.ts";
export { valueField } from "./charts/valueField.ts";
export type { NumberGroup } from "./data/bins.ts";
export type { Curve } from "./marks/curves.ts";
export type { Guides, LinearScore } from "./marks/guides.ts";
export type { Color } from "./color/color.ts";
export type { SeriesStyle } from "./data/style.ts";
export { seriesMarker } from "./data/style.ts";
export type { ClassPoints } from "./data/field.ts";
export type { Grid, GridPoints } from "./data/grid.ts";
export { correlations } from "./data/correlations.ts";
export { gridBetween, gridOver, gridRows } from "./data/grid.ts";
export type { Range } from "./data/range.ts";
export type { Zone } from "./data/zones.ts";
export { closedZones } from "./data/zones.ts";
export { extentOf } from "./data/range.ts";
export type { DrawOptions } from "./draw.ts";
export { draw, scene } from "./draw.ts";
export { withoutSeries } from "./scene/withoutSeries.ts";
export type { Shape } from "./geometry/symbols.ts";
export type {
  A11y,
  Axis,
  Box,
  GroupMark,
  LegendItem,
  LegendKey,
  Mark,
  PathMark,
  PointsMark,
  RampMark,
  RectsMark,
  RuleMark,
  Scene,
  Size,
  Window,
  Table,
  TextMark,
} from "./scene/scene.ts";
export type { ChartText, Drawing, Input, Spec } from "./scene/spec.ts";
export type { CanvasContext, CanvasOptions } from "./scene/canvas.ts";
export { drawOnCanvas } from "./scene/canvas.ts";
export type { SvgOptions, Theme } from "./scene/svg.ts";
export { toSvg } from "./scene/svg.ts";
export type { Weight } from "./text/measure.ts";
