// The texts of the missions. The worker, which checks their success, does not need them.

/** What a mission asks for. */
export interface MissionText {
  readonly title: string;
  /** The task, in at most 60 words. */
  readonly text: string;
  readonly hint: string;
  /** The solution in words. */
  readonly reveal: string;
}

/** The texts by the names of the missions. */
export const missionTexts = {
  goldilocks: {
    title: "Not too small, not too large",
    text: "The learning rate is too small: after 50 updates the loss is still high. Find a learning rate with which the loss is below 0.30 after 50 updates or fewer. Keep the optimizer “gradient descent” and the batch of all rows.",
    hint: "Multiply the learning rate by 10, and look at the bar of learning rates.",
    reveal: "A learning rate of 2 is below the limit of these data, and a hundred times as fast as 0.01.",
  },
  rescue: {
    title: "Break it, then rescue it",
    text: "Raise the learning rate until the run diverges. Read why it diverged. Then find a learning rate with which the loss ends below 0.5 in 300 updates, on columns that are not standardized.",
    hint: "Read the limit in the sentence below the pictures, after the run has diverged. A good learning rate is a little below it.",
    reveal: "0.1 diverges. The limit is near 0.06, and 0.05 ends low enough.",
  },
  ravine: {
    title: "The ravine",
    text: "One column has numbers a hundred times as large as the other, so the valley of the loss is narrow. Reach a loss below 0.30 in at most 200 updates. A different learning rate alone is not enough.",
    hint: "What would make both columns equally large?",
    reveal: "Standardize the columns. Then a learning rate of 2 is stable, and the loss falls in all directions.",
  },
  noise: {
    title: "Below the noise",
    text: "Each update uses one row, so the loss does not settle: it stays above its lowest value. End a run of at most 30 epochs with a loss within 0.5 % of the lowest possible one. Each update must still use one row.",
    hint: "A constant learning rate keeps the noise. Which schedule makes it smaller?",
    reveal:
      "The schedule “1 / t” makes the learning rate smaller with each update. With the decay 0.1 the loss settles.",
  },
  batches: {
    title: "Many small steps or a few exact ones",
    text: "Train the network three times for 50 epochs: with all rows in a batch, with some rows, and with one row. Each run sees the same examples. At least one of them must reach a loss below 0.30.",
    hint: "Change only the size of the batch. Smaller batches make more updates in an epoch.",
    reveal: "With one row per batch, an epoch has 120 updates instead of one, and the loss falls much further.",
  },
  balance: {
    title: "The undecided point",
    text: "Train the model until 90 % of the points have the right class. Then find the point where the three classes are equally probable, and choose it: each probability must be between 28 % and 39 %.",
    hint: "The point is where the three regions meet.",
    reveal: "Move the crosshair to the point where the three boundaries meet. Each probability is near 33 % there.",
  },
  xor: {
    title: "All units are equal",
    text: "The classes form a chess board. The network has eight hidden units, but it does not learn: all its weights begin at zero, so all units stay equal. Reach an accuracy of 95 %.",
    hint: "The units must begin with different weights.",
    reveal:
      "Write “random” as the start. Then the units learn different lines, and together they separate the squares.",
  },
  overfit: {
    title: "Stop in time",
    text: "This network learns the noise: its held-out loss falls and then rises by more than half. Watch this happen once. Then make a run that ends with a held-out loss at most 20 % above the lowest one of the first run.",
    hint: "Look for the epoch in which the held-out loss was lowest.",
    reveal:
      "Set the number of epochs to that of the lowest held-out loss. Or set “Patience”: then the run finds its end with a part of the training rows.",
  },
  margin: {
    title: "One point on the wrong side",
    text: "A few points have the wrong class, and the margin is narrow because of them. Make the margin at least twice as wide, while 95 % of the points keep the right class.",
    hint: "The penalty l2 decides how much the width counts against single points. It is 1/C of other programs.",
    reveal: "With l2 = 1 the width counts more than the few wrong points.",
  },
  rank: {
    title: "How many tastes?",
    text: "Four of ten ratings are missing. The model has one factor for each user and each item. Find the rank with which the held-out ratings have a loss below 0.03.",
    hint: "Try one more factor, and look at the held-out loss, not at the training loss.",
    reveal: "The ratings were made with two factors, so the rank 2 is enough.",
  },
} as const satisfies Readonly<Record<string, MissionText>>;

/** The name of a mission. */
export type MissionId = keyof typeof missionTexts;
