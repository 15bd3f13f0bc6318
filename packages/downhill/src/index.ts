// The public surface, from simple to complex.

// ---- models
export { linearRegression } from "./estimators/linearRegression.ts";
export { logisticRegression } from "./estimators/logisticRegression.ts";
export { softmaxRegression } from "./estimators/softmaxRegression.ts";
export { linearSvm } from "./estimators/linearSvm.ts";
export { networkClassifier, networkRegression } from "./estimators/neuralNetwork.ts";
export { matrixFactorization } from "./estimators/matrixFactorization.ts";
export { tableModel } from "./tables/tableModel.ts";
export { newRowsInParts } from "./tables/fitted/newRowsInParts.ts";
export { ratingModelOf, ratingsInParts } from "./tables/ratings/ratingsInParts.ts";
export { tableInParts, tableModelOf } from "./tables/tableInParts.ts";
export { ratingModel } from "./tables/ratings/ratingModel.ts";
export { divideTrainingTable, readTrainingTable, takeTrainingRows } from "./tables/training/trainingTable.ts";
export { readTargets } from "./tables/fitted/newRows.ts";
export { load } from "./tables/load.ts";
export { savedPieces, savedWith } from "./estimators/saved/savedFile.ts";
export { largestSavableRank } from "./estimators/saved/savedFactorization.ts";
export { exportCoefficients } from "./exporting/exportCoefficients.ts";
export { modelFromCoefficients } from "./exporting/coefficients.ts";
export { exportJs } from "./exporting/js/exportJs.ts";
export { exportSql } from "./exporting/sql/exportSql.ts";
export { exportOnnx } from "./exporting/onnx/exportOnnx.ts";
export { fitInBackground } from "./workers/background/fitInBackground.ts";
export { estimatorFromSpec } from "./tables/estimatorFromSpec.ts";
export { csvDialect } from "./tables/csv/csvDialect.ts";
export { CsvError } from "./tables/csv/csvError.ts";
export { csvRecords } from "./tables/csv/csvRecords.ts";
export { csvTable } from "./tables/csv/csvTable.ts";
export { inspectTable } from "./tables/inspect/inspectTable.ts";

// ---- optimizers and schedules
export { plain } from "./optimizers/plain.ts";
export { momentum, addMomentum } from "./optimizers/momentum.ts";
export { nesterov, addNesterov } from "./optimizers/nesterov.ts";
export { dog } from "./optimizers/dog.ts";
export { adaGrad, scaleByAdaGrad } from "./optimizers/adaGrad.ts";
export { rmsProp, scaleByRmsProp } from "./optimizers/rmsProp.ts";
export { adam, scaleByAdam } from "./optimizers/adam.ts";
export { adamW, addDecayedParams } from "./optimizers/adamW.ts";
export { automatic } from "./optimizers/automatic.ts";
export { clipByNorm } from "./optimizers/clipByNorm.ts";
export { descent } from "./optimizers/descent.ts";
export { optimizerFromSpec } from "./optimizers/optimizerFromSpec.ts";
export { constant, cosine, exponential, inverseTime, step, warmUp } from "./optimizers/schedules.ts";

// ---- any function of your own
export { minimize, problemOf } from "./training/minimize.ts";

// ---- how good a model is
export { certificate } from "./evaluation/certificate.ts";
export { crossValidate, crossValidateSteps } from "./evaluation/crossValidate.ts";
export { permutationImportance } from "./evaluation/permutationImportance.ts";
export { hiddenOutputs } from "./evaluation/hiddenOutputs.ts";
export { search, searchSteps } from "./evaluation/search.ts";
export { withThreshold } from "./evaluation/withThreshold.ts";

// ---- is the learning rate right
export { forecast } from "./diagnosis/forecast/forecast.ts";
export { sweepRates } from "./diagnosis/sweep/sweepRates.ts";
export { curvature } from "./diagnosis/curvature/curvature.ts";
export { hessianTimes } from "./diagnosis/curvature/hessianTimes.ts";
export { sharpnessTracker } from "./diagnosis/curvature/sharpness.ts";
export { deadUnits } from "./diagnosis/explanation/deadUnits.ts";
export { explanations } from "./diagnosis/explanation/explanations.ts";
export { gradientNoise, gradientNoiseTracker } from "./diagnosis/verdict/gradientNoise.ts";
export { runContext } from "./diagnosis/verdict/runContext.ts";
export { signalMeter } from "./diagnosis/verdict/signalMeter.ts";
export { signalRecorder } from "./diagnosis/verdict/signals.ts";
export { diagnose } from "./evaluation/diagnose.ts";
export { verdictPeriods, verdictTimeline } from "./diagnosis/verdict/timeline.ts";
export { verdict } from "./diagnosis/verdict/verdict.ts";

// ---- data and scores
export { bagOfWords } from "./data/bagOfWords.ts";
export { wordsOfColumns } from "./data/wordsOfColumns.ts";
export { blobs } from "./data/blobs.ts";
export { circles } from "./data/circles.ts";
export { lineWithNoise } from "./data/lineWithNoise.ts";
export { lowRankRatings } from "./data/lowRankRatings.ts";
export { moons } from "./data/moons.ts";
export { regressionWithCondition } from "./data/regressionWithCondition.ts";
export { spiral } from "./data/spiral.ts";
export { xor } from "./data/xor.ts";
export { groupFolds } from "./data/groupFolds.ts";
export { groupSplit } from "./data/groupSplit.ts";
export { kFolds } from "./data/kFolds.ts";
export { readSvmlight } from "./data/readSvmlight.ts";
export { split } from "./data/split.ts";
export { splitRatings } from "./data/splitRatings.ts";
export { timeFolds } from "./data/timeFolds.ts";
export { timeSplit } from "./data/timeSplit.ts";
export { trainTestSplit } from "./data/trainTestSplit.ts";
export { accuracy, balancedAccuracy, classScores, logLoss, logLossOfScores } from "./metrics/classification.ts";
export { brierScore } from "./metrics/brierScore.ts";
export { calibrationCurve } from "./metrics/calibration.ts";
export { chooseThreshold } from "./metrics/chooseThreshold.ts";
export { confusionMatrix } from "./metrics/confusionMatrix.ts";
export { precisionRecallCurve } from "./metrics/precisionRecall.ts";
export { meanAbsoluteError, meanSquaredError, rootMeanSquaredError, rSquared } from "./metrics/regression.ts";
export { meanPinballLoss } from "./metrics/pinballLoss.ts";
export { meanPoissonDeviance } from "./metrics/poissonDeviance.ts";
export { dSquared } from "./metrics/dSquared.ts";
export { rocCurve } from "./metrics/roc.ts";
export { thresholdCurves } from "./metrics/thresholdCurves.ts";
export { rankingScores } from "./estimators/ratings/rankingScores.ts";

// ---- the parts that models are made of
export { train } from "./training/train.ts";
export { loadState, saveState } from "./training/state/savedState.ts";
export { objectiveAt } from "./training/objective/objectiveAt.ts";
export { risk } from "./training/objective/risk.ts";
export { linear } from "./predictors/linear.ts";
export { network } from "./predictors/network.ts";
export { factors } from "./predictors/factors.ts";
export { halfSquared } from "./losses/halfSquared.ts";
export { logistic } from "./losses/logistic.ts";
export { huber } from "./losses/huber.ts";
export { absolute } from "./losses/absolute.ts";
export { pinball } from "./losses/pinball.ts";
export { poisson } from "./losses/poisson.ts";
export { crossEntropy } from "./losses/crossEntropy.ts";
export { hinge } from "./losses/hinge.ts";
export { squaredHinge } from "./losses/squaredHinge.ts";
export { column, dense, pairs, sparseRows } from "./kernels/source.ts";
export { fitStored, prepareStored } from "./estimators/fit/fitStored.ts";
export { storedBytes } from "./kernels/storedBytes.ts";
export { storedRows } from "./kernels/storedRows.ts";
export { growingMatrix } from "./kernels/growingMatrix.ts";
export { countLabels } from "./core/label.ts";
export { matrix, matrixFromRows, takeColumn, takeRows } from "./core/matrix.ts";
export { sparse, toDense } from "./core/sparse.ts";
export { sparseFromRecords } from "./core/sparseFromRecords.ts";
export { random } from "./core/random.ts";
export { DivergenceError } from "./core/divergenceError.ts";
export { threads } from "./workers/pool/threads.ts";

// ---- types
export type { Chunks } from "./core/chunks.ts";
export type { Label } from "./core/label.ts";
export type { Matrix } from "./core/matrix.ts";
export type {
  StoredFitOptions,
  StoredRatingOptions,
  StoredRatingStepOptions,
  StoredStepOptions,
} from "./estimators/fit/fitStored.ts";
export type { StoredTable } from "./estimators/fit/storedTable.ts";
export type { StoredRatings } from "./estimators/ratings/storedRatings.ts";
export type { StoredPart } from "./kernels/storedBytes.ts";
export type { StoredColumns, StoredLayout, StoredRows } from "./kernels/storedRows.ts";
export type { GrowingMatrix } from "./kernels/growingMatrix.ts";
export type { Pairs } from "./core/pairs.ts";
export type { AnyMatrix, SparseMatrix } from "./core/sparse.ts";
export type { SparseRecordOptions } from "./core/sparseFromRecords.ts";
export type { Random } from "./core/random.ts";
export type { Rows } from "./core/rows.ts";
export type { ElementType, Vector } from "./core/vector.ts";
export type { LayerUnits } from "./diagnosis/explanation/deadUnits.ts";
export type { ExplanationOptions } from "./diagnosis/explanation/explanations.ts";
export type { Finding } from "./diagnosis/explanation/finding.ts";
export type { GradientNoise, GradientNoiseOptions } from "./diagnosis/verdict/gradientNoise.ts";
export type { RunContext } from "./diagnosis/verdict/runContext.ts";
export type { MeasuredSignals, SignalRecorder, Signals, SignalState } from "./diagnosis/verdict/signals.ts";
export type { Diagnosis, DiagnosisOptions, PreparingEstimator } from "./evaluation/diagnose.ts";
export type { RunEnd, VerdictPeriod, VerdictTimeline } from "./diagnosis/verdict/timeline.ts";
export type { Remedy, Verdict, VerdictId } from "./diagnosis/verdict/verdict.ts";
export type { BagOfWordsOptions } from "./data/bagOfWords.ts";
export type { BlobsOptions } from "./data/blobs.ts";
export type { CirclesOptions } from "./data/circles.ts";
export type { ForecastOptions } from "./diagnosis/forecast/forecast.ts";
export type { Band, Forecast, Zone } from "./diagnosis/forecast/forecastReport.ts";
export type { RateSweep, RateTrial, TrialOutcome } from "./diagnosis/sweep/rateSweep.ts";
export type { SweepRatesOptions } from "./diagnosis/sweep/sweepRates.ts";
export type { CurvatureOptions } from "./diagnosis/curvature/curvature.ts";
export type { ColumnShare, CurvatureReport } from "./diagnosis/curvature/curvatureReport.ts";
export type { HessianOptions } from "./diagnosis/curvature/hessianTimes.ts";
export type { SharpnessOptions } from "./diagnosis/curvature/sharpness.ts";
export type { FoldOptions } from "./data/kFolds.ts";
export type { GroupFoldOptions } from "./data/groupFolds.ts";
export type { GroupSplitOptions } from "./data/groupSplit.ts";
export type { LineOptions } from "./data/lineWithNoise.ts";
export type { LowRankOptions, LowRankRatings } from "./data/lowRankRatings.ts";
export type { ConditionOptions } from "./data/regressionWithCondition.ts";
export type { Labelled, PlaneOptions } from "./data/scatter.ts";
export type { Seed } from "./data/seeded.ts";
export type { SpiralOptions } from "./data/spiral.ts";
export type { SvmlightData, SvmlightOptions } from "./data/readSvmlight.ts";
export type { RowsWithTargets, Split } from "./data/split.ts";
export type { RatingSplit, SplitRatingsOptions } from "./data/splitRatings.ts";
export type { TimeFoldOptions } from "./data/timeFolds.ts";
export type { TimeSplitOptions } from "./data/timeSplit.ts";
export type { SplitOptions, SplitRows } from "./data/trainTestSplit.ts";
export type {
  ClassifierEstimator,
  Estimator,
  FitOptions,
  FitStepOptions,
  FittingStep,
  LinearClassifierEstimator,
} from "./estimators/fit/estimator.ts";
export type { ClassWeights } from "./estimators/fit/labels.ts";
export type { PartialFitOptions } from "./estimators/fit/model.ts";
export type { DescentOptions, StopOptions } from "./estimators/fit/options.ts";
export type { Scaling } from "./estimators/fit/scaling.ts";
export type { EstimatorSpec } from "./estimators/fit/spec.ts";
export type { FitParts, PreparedFit } from "./estimators/fit/steps.ts";
export type { NumberRecord, Table } from "./estimators/fit/table.ts";
export type {
  ClassifierOptions,
  ClassPredictions,
  FittedClassifier,
  FittedLinearClassifier,
  LinearClassifierOptions,
} from "./estimators/fitted/classifier.ts";
export type { LinearCoefficients, LinearKind } from "./exporting/coefficients.ts";
export type { ExportedCoefficients } from "./exporting/exportCoefficients.ts";
export type { ExportedModule } from "./exporting/js/exportJs.ts";
export type { SqlOptions } from "./exporting/sql/exportSql.ts";
export type { Exportable } from "./exporting/modelForm.ts";
export type { FittedData, TableKind } from "./estimators/fitted/fittedData.ts";
export type { FittedTable } from "./estimators/fitted/fittedTable.ts";
export type { LinearParts } from "./estimators/fitted/linearParts.ts";
export type { FittedRegression } from "./estimators/fitted/regression.ts";
export type { FittedLinearRegression, LinearRegressionOptions } from "./estimators/linearRegression.ts";
export type { LinearSvmOptions } from "./estimators/linearSvm.ts";
export type { EstimatorModel, EstimatorModels } from "./estimators/loadBody.ts";
export type { AnyEstimator } from "./tables/estimatorFromSpec.ts";
export type { Explanation } from "./tables/fitted/explanation.ts";
export type {
  FittedTableClassifier,
  FittedTableMembers,
  FittedTableModel,
  FittedTableOf,
  TableModelData,
  FittedTableRegression,
  TrainingFacts,
} from "./tables/fitted/fittedTableModel.ts";
export type { TargetColumn, TestData } from "./tables/fitted/newRows.ts";
export type { FittedModel, FittedModels } from "./tables/load.ts";
export type { FittedRatingModel, RatingModelData, UsersAndItems } from "./tables/ratings/fittedRatingModel.ts";
export type { RatingModel, RatingStep, RatingTraining } from "./tables/ratings/ratingModel.ts";
export type { RatingColumn, RatingColumns, RatingOptions, RatingRows } from "./tables/ratings/ratingRows.ts";
export type { InnerEstimator, TableFitOptions, TableFitStepOptions, TableModel } from "./tables/tableModel.ts";
export type { NewPart, NewRowsInParts } from "./tables/fitted/newRowsInParts.ts";
export type {
  RatingNumbers,
  RatingPositions,
  RatingsInParts,
  RatingTableFacts,
} from "./tables/ratings/ratingsInParts.ts";
export type { LearnedParts, TableInParts } from "./tables/tableInParts.ts";
export type { PartPreparer } from "./tables/preparation/partPreparer.ts";
export type { RowChoice } from "./tables/reading/chosenRows.ts";
export type { ColumnHead, TextHead, TypedParts } from "./tables/reading/typedParts.ts";
export type { UsablePart } from "./tables/training/usableParts.ts";
export type { UsableRows } from "./tables/training/usableRows.ts";
export type { Feature, Preparation } from "./tables/preparation/preparation.ts";
export type { PreparedRows } from "./tables/preparation/prepareRows.ts";
export type { MissingCount, UnseenCount } from "./tables/preparation/rowWriter.ts";
export type { NumberFormat, ReadRule } from "./tables/reading/readRule.ts";
export type { CategoryValues, LeftOut, NumberValues, TypedColumn, TypedTable } from "./tables/reading/typedTable.ts";
export type { TrainingData } from "./tables/training/trainingData.ts";
export type { DividedTable, TrainingTable } from "./tables/training/trainingTable.ts";
export type { FactorizationEstimator, FactorizationStep } from "./estimators/ratings/factorizationEstimator.ts";
export type { Duplicates } from "./estimators/ratings/duplicates.ts";
export type {
  FactorizationData,
  FittedFactorization,
  Recommendation,
  RecommendOptions,
  SimilarItem,
} from "./estimators/ratings/factorization.ts";
export type {
  FactorizationFitOptions,
  FactorizationOptions,
  FactorizationStepOptions,
} from "./estimators/ratings/factorizationOptions.ts";
export type { NetworkClassifierOptions, NetworkRegressionOptions, NetworkShape } from "./estimators/neuralNetwork.ts";
export type { ImplicitLoss } from "./estimators/ratings/implicitProblem.ts";
export type { RankingOptions, RankingScores } from "./estimators/ratings/rankingScores.ts";
export type { Ratings } from "./estimators/ratings/ratings.ts";
export type { SavedSize } from "./estimators/saved/savedFactorization.ts";
export type { Savable, SavedBody } from "./estimators/saved/savedFile.ts";
export type { Arena } from "./kernels/arena.ts";
export type { Address, BindKernels, Kernels, SlopeLimits } from "./kernels/kernels.ts";
export type { RowBlocks } from "./kernels/rowBlocks.ts";
export type { ChunkedRows, RowSources } from "./kernels/boundRows.ts";
export type { ChunkWindow, OwnRows } from "./kernels/chunkWindow.ts";
export type { Source, SparseEntries } from "./kernels/source.ts";
export type { Loss, LossSpec } from "./losses/loss.ts";
export type { ListScores } from "./metrics/ranking.ts";
export type { CalibrationCurve } from "./metrics/calibration.ts";
export type { ChosenThreshold, ThresholdGoal } from "./metrics/chooseThreshold.ts";
export type { ClassScore, ClassScores } from "./metrics/classification.ts";
export type { Confusion } from "./metrics/confusionMatrix.ts";
export type { PrecisionRecallCurve } from "./metrics/precisionRecall.ts";
export type { ThresholdCurves } from "./metrics/thresholdCurves.ts";
export type { RocCurve } from "./metrics/roc.ts";
export type { AdamOptions } from "./optimizers/adam.ts";
export type { Metric } from "./optimizers/metric.ts";
export type { Optimizer, Run } from "./optimizers/optimizer.ts";
export type { RmsPropOptions } from "./optimizers/rmsProp.ts";
export type { Schedule } from "./optimizers/schedules.ts";
export type { OptimizerSpec, RateSpec, ScheduleSpec, TransformSpec } from "./optimizers/spec.ts";
export type { Moment, Transform } from "./optimizers/transform.ts";
export type { Factors, FactorsOptions, Terms } from "./predictors/factors.ts";
export type { Activation } from "./predictors/network.ts";
export type { Pass, Predictor, PredictorSpec, Tangent } from "./predictors/predictor.ts";
export type { Differentiable, MinimizeOptions, Minimum } from "./training/minimize.ts";
export type { Hessian } from "./training/objective/hessian.ts";
export type { BoundHingeSteps } from "./training/objective/hingeSteps.ts";
export type {
  BoundRun,
  LinearData,
  LinearRisk,
  Objective,
  Problem,
  StoredLinearRows,
} from "./training/objective/objective.ts";
export type { RiskOptions, RiskParts } from "./training/objective/risk.ts";
export type { BatchSize } from "./training/order/batchSize.ts";
export type { Order } from "./training/order/rowOrder.ts";
export type { AverageWeight, Averaging } from "./training/state/averaging.ts";
export type { History, Trace } from "./training/state/history.ts";
export type { SavedState } from "./training/state/savedState.ts";
export type { State } from "./training/state/state.ts";
export type { StopReason, StopRules } from "./training/stopping/stopRules.ts";
export type { Ranks } from "./kernels/ranks.ts";
export type { ThreadPool } from "./training/threads/threadPool.ts";
export type { Step } from "./training/train.ts";
export type { ScaledStart, Start, TrainOptions } from "./training/trainOptions.ts";
export type { BackgroundOptions, Progress, Signal } from "./workers/background/backgroundOptions.ts";
export type {
  Cell,
  CellColumn,
  CellTable,
  NumberCells,
  OtherCells,
  TextCells,
  TimeCells,
} from "./tables/cells/cellColumn.ts";
export type { TableData } from "./tables/cells/cellTableOf.ts";
export type { CellColumnFacts, CellParts, ShareWork, TextFacts, ValueFacts } from "./tables/cells/cellParts.ts";
export type { CellFacts, HistogramCounts, NumberFacts, ValueCount } from "./tables/inspect/cellFacts.ts";
export type { CsvDialect, CsvDialectOptions } from "./tables/csv/csvDialect.ts";
export type { CsvFault } from "./tables/csv/csvError.ts";
export type { CsvRecord, CsvRecordOptions } from "./tables/csv/csvRecords.ts";
export type { CsvTable, CsvTableOptions } from "./tables/csv/csvTable.ts";
export type { ColumnInspection, InspectOptions, TableInspection } from "./tables/inspect/inspectTable.ts";
export type { ReadOptions } from "./tables/reading/columnOptions.ts";
export type { ColumnKind } from "./tables/reading/readRule.ts";
export type { Note } from "./tables/reading/typedTable.ts";
export type { ColumnOptions, Dialect, MissingRule, TableOptions } from "./tables/tableOptions.ts";
export type { EvaluationRows } from "./evaluation/tableCandidate.ts";
export type { EvaluationData, ScoredEstimator, NumberModel } from "./evaluation/candidate.ts";
export type { Certificate, Proven, Unproven } from "./diagnosis/certificate/certificate.ts";
export type { Certifiable, CertificateOptions } from "./evaluation/certificate.ts";
export type { CrossValidation, CrossValidationOptions, CrossValidationStep } from "./evaluation/crossValidate.ts";
export type { FinishedFold, Fold, ScoreSummary } from "./evaluation/foldScores.ts";
export type { FoldRules } from "./evaluation/folds.ts";
export type { ColumnImportance, Importance } from "./evaluation/importance.ts";
export type { ImportanceOptions } from "./evaluation/permutationImportance.ts";
export type { Interval, Ranges, ValuesOf } from "./evaluation/ranges.ts";
export type { Trial } from "./evaluation/ranking.ts";
export type { MetricName, Scores } from "./evaluation/scores.ts";
export type { Thresholded } from "./evaluation/withThreshold.ts";
export type { SearchOptions, SearchResult, SearchStep } from "./evaluation/search.ts";
