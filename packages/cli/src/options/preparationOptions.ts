/** The options, besides the target, that decide which columns and rows of a table are used, and how they become features. */
export const preparationOptions = [
  "drop",
  "column",
  "missing",
  "na",
  "unseen",
  "maxCategories",
  "expand",
  "weight",
  "group",
  "time",
] as const;
