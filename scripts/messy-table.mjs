// Writes the table of docs/guides/tables.md: 200 000 rows of mixed types, 10 % missing cells, a category of 5 000 values, and a target
// with three rare classes. Run: node scripts/messy-table.mjs > messy.csv
const ROWS = Number(process.argv[2] ?? 200_000);
let state = 1;
const uniform = () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
};
const normal = () => uniform() + uniform() + uniform() + uniform() - 2;
const maybe = (cell) => (uniform() < 0.1 ? "" : cell);
const lines = ["age,income,member,city,shop,joined,price,level,visits,outcome"];
for (let row = 0; row < ROWS; row++) {
  const age = Math.round(45 + 20 * normal());
  const income = Math.round(30_000 * (2.5 + normal()));
  const member = uniform() < 0.3;
  const city = ["Rome", "Oslo", "Lima", "Kyiv", "Pune"][Math.floor(5 * uniform())];
  const shop = `shop ${Math.floor(5000 * uniform() ** 2)}`;
  const day = Math.floor(3000 * uniform());
  const joined = new Date(Date.UTC(2015, 0, 1 + day)).toISOString().slice(0, 10);
  const price = `$${(10 + 90 * uniform()).toFixed(2)}`;
  const level = ["low", "middle", "high"][Math.floor(3 * uniform())];
  const visits = Math.floor(-20 * Math.log(1 - uniform()));
  const score = age / 40 + income / 80_000 + (member ? 0.7 : 0) + (city === "Oslo" ? 0.8 : 0) + day / 3000 + normal();
  const outcome = score > 6.1 ? "won" : score > 5.9 ? "tied" : score < 0.9 ? "lost" : score > 3.2 ? "open" : "closed";
  lines.push(
    [
      maybe(age),
      maybe(income),
      maybe(member ? "yes" : "no"),
      maybe(city),
      maybe(shop),
      maybe(joined),
      maybe(price),
      maybe(level),
      maybe(visits),
      outcome,
    ].join(),
  );
}
process.stdout.write(`${lines.join("\n")}\n`);
