// Runs with other settings of the two programs that have a problem in the article. The data, the start and the row orders
// are those of the article.
import { plain } from "downhill";
import { type FactorizationProgram, factorization } from "./factorization.ts";
import { type NetworkProgram, network } from "./network.ts";

/** The network with standardized columns and a learning rate of 0.02 instead of 0.05. */
export const stableNetwork = (): NetworkProgram => network({ standardize: true, optimizer: plain(0.02) });

/**
 * The factorization trained on the formula in the article's text, Σ e² + reg (‖P‖² + ‖Q‖²), divided by the number of
 * ratings. Its penalty counts each norm once; the article's loop counts it once per rating.
 */
export const formulaFactorization = (): FactorizationProgram => factorization({ penalty: "uniform", l2: 0.1 / 301 });

/** The factorization trained on the loss that the article plots: mean e² + reg (‖P‖² + ‖Q‖²). */
export const plottedLossFactorization = (): FactorizationProgram => factorization({ penalty: "uniform", l2: 0.1 });
