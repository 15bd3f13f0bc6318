// A messy table, for the exports: numbers with missing cells and in formats of people, booleans, categories with rare values,
// an ordinal column, dates, times, and columns whose names have any characters.
import { random } from "../../src/index.ts";

/** A row as an API returns it. */
export type MessyRow = Readonly<Record<string, string | number | boolean | Date | null>>;

const draw = random(11);
const number = (from: number, to: number): number => from + (to - from) * draw.uniform();
const oneOf = <T>(...values: readonly T[]): T => values[Math.floor(draw.uniform() * values.length)]!;
const orMissing = <T>(value: T, share = 0.1): T | null => (draw.uniform() < share ? null : value);

const digits = (n: number, width: number): string => String(n).padStart(width, "0");

function messyRow(i: number): MessyRow {
  const price = number(100, 99_000);
  return {
    age: orMissing(Math.round(number(18, 90))),
    'height "m"': number(1.5, 2),
    price: orMissing(`$${price.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`),
    rate: orMissing(`${number(-5, 30).toFixed(1).replace(".", ",")} %`),
    marked: oneOf("NA", number(0, 9).toFixed(2), number(0, 9).toFixed(3)),
    member: orMissing(oneOf("Yes", "no")),
    active: orMissing(draw.uniform() < 0.5),
    sex: orMissing(oneOf("male", " female ", "it's", "x'y\"z")),
    city: i % 31 === 0 ? `rare ${i}` : oneOf("Bern", "Köln", "</script>", "__proto__"),
    zip: oneOf("8001", "0815", "3000"),
    size: orMissing(oneOf("S", "M", "L")),
    joined: orMissing(
      new Date(Date.UTC(2019, Math.floor(number(0, 30)), Math.floor(number(1, 28)), Math.floor(number(0, 24)), 30)),
    ),
    born: `${digits(Math.floor(number(1, 28)), 2)}/${digits(Math.floor(number(1, 12)), 2)}/${Math.floor(number(1950, 2005))}`,
    at: orMissing(`${digits(Math.floor(number(0, 24)), 2)}:${digits(Math.floor(number(0, 60)), 2)}`),
    __proto_: number(0, 1),
  };
}

/** Rows for the training, and further rows with cells that the training rows do not have. */
export const messyRows: readonly MessyRow[] = Array.from({ length: 120 }, (_, i) => messyRow(i));
export const otherRows: readonly MessyRow[] = [
  ...Array.from({ length: 30 }, (_, i) => messyRow(1000 + i)),
  { ...messyRow(1), sex: "unseen", city: "", age: "n/a", member: "TRUE", active: 1, size: "", marked: "-" },
  { ...messyRow(2), sex: null, city: "unseen too", price: "-$5", rate: "", zip: 8001, joined: null, at: null },
];

/** The options of the columns whose kinds are not decided from the cells. */
export const messyOptions = {
  columns: {
    zip: "category",
    size: { kind: "ordinal", order: ["S", "M", "L"] },
    born: { kind: "date", format: "%d/%m/%Y" },
    city: { maxCategories: 3 },
  },
} as const;

/** A number, a class of two and a class of three for each row. */
export const messyTargets = messyRows.map((row) => {
  const z =
    Number(row["age"] ?? 40) / 30 + (row["sex"] === "male" ? 1 : 0) + Number(row["__proto_"]) + 0.3 * draw.normal();
  return { number: z, two: z > 2.2 ? "yes" : "no", three: z > 2.6 ? "c" : z > 1.8 ? "b" : "a" };
});
