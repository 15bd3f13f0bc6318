/**
 * Divides a total among classes in proportion to their sizes, by the largest-remainder method. The parts add up to the total.
 * Each part differs from size · total / n by less than 1, with one exception: a class of two or more rows gets at least one
 * row and not all of its rows, if the total allows this for every class. Of equal remainders the earlier class is first.
 *
 * @param sizes  number of rows of each class; n is their sum
 * @param total  whole number from 0 to n
 */
export function apportion(sizes: readonly number[], total: number): number[] {
  const n = sum(sizes);
  let lowest = sizes.map((size) => Math.min(1, size - 1));
  let highest = sizes.map((size) => Math.max(1, size - 1));
  if (sum(lowest) > total) lowest = sizes.map(() => 0);
  if (sum(highest) < total) highest = [...sizes];
  const parts = sizes.map((size, k) => Math.min(Math.max(Math.floor((size * total) / n), lowest[k]!), highest[k]!));
  for (let missing = total - sum(parts); missing !== 0; missing = total - sum(parts)) {
    const step = missing > 0 ? 1 : -1;
    let chosen = -1;
    let largest = -Infinity;
    sizes.forEach((size, k) => {
      const part = parts[k]! + step;
      const remainder = step * (size * total - parts[k]! * n); // times n: an integer, so the comparison is exact
      if (part >= lowest[k]! && part <= highest[k]! && remainder > largest) {
        chosen = k;
        largest = remainder;
      }
    });
    parts[chosen]! += step;
  }
  return parts;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
