// The descriptor of a sweep: float64 numbers in a run's memory. This file gives the index of each field. Both sides import
// it: the predictors, which write descriptors, and the sweeps in assembly/, which AssemblyScript compiles.
// Addresses, row numbers and counts are integers; a float64 number holds them without rounding.

/** The loss, as a number of lossCodes. */
export const loss = 0;
/** Inputs: the rows of X, or the pairs. */
export const inputs = 1;
export const targets = 2;
/** Weights of the rows; 0: all are 1. */
export const weights = 3;
/** Row numbers, in the order of the updates; 0: the rows are used in the order in which they are stored. */
export const order = 4;
/** Scratch buffers for gathered inputs, targets and weights of up to `blockRows` rows. */
export const blockInputs = 5;
export const blockTargets = 6;
export const blockWeights = 7;
export const blockRows = 8;
/** Scratch buffer of the affine maps. */
export const affineScratch = 9;
/** Scratch buffers for the scores and for the gradient of a batch. */
export const scores = 10;
export const gradient = 11;
/** The parameters x, and how many they are. */
export const params = 12;
export const size = 13;
/** The average of the parameters; 0: none. */
export const average = 14;
/** Float64 lists with an entry for each update. */
export const rates = 15;
export const fractions = 16;
export const values = 17;
/** The rows are firstRow … endRow − 1, in batches of batchRows; the last batch may be smaller. */
export const firstRow = 18;
export const endRow = 19;
export const batchRows = 20;
export const l2 = 21;
export const l1 = 22;
/** Linear scores: numbers per row of X. */
export const features = 23;
/** Scores per row; for pairs, the number of pairs per row. */
export const outputs = 24;
/** Pairs: the number of factors in a row of parameters; 1 with biases, else 0; the number that is added to each score. */
export const rank = 25;
export const biased = 26;
export const mean = 27;

/** The numbers of the loss huber. */
export const curvature = 28;
export const low = 29;
export const high = 30;

/** Pairs: the addresses of the numbers that multiply l2, and the learning rate; 0: all are 1. */
export const l2Terms = 31;
export const rateTerms = 32;

/** Sparse rows: the addresses of the column and of the number of each entry. */
export const entryColumns = 33;
export const entryValues = 34;

/** The number of fields. */
export const length = 35;
