/** The number or the choice of cases of a test: a part of them in every test run, all of them with `npm run surveys`. */
export const cases = <T>(part: T, all: T): T => (process.env["DOWNHILL_CASES"] === "all" ? all : part);
