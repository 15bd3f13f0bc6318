/**
 * Shares a total among classes in proportion to their sizes, by largest remainder: the sum is exactly the total.
 * Each share lies within 1 of size · total / n, except where a class of two or more rows would get none or all of its
 * rows: it gets one more or one less at the cost of the others, if the total leaves that to every class.
 * Equal remainders go to the earlier class.
 *
 * @param total  whole number from 0 to n, the sum of the sizes
 */
export function apportion(sizes: readonly number[], total: number): number[] {
  const n = sum(sizes);
  let least = sizes.map((size) => Math.min(1, size - 1));
  let most = sizes.map((size) => Math.max(1, size - 1));
  if (sum(least) > total) least = sizes.map(() => 0);
  if (sum(most) < total) most = [...sizes];
  const parts = sizes.map((size, k) => Math.min(Math.max(Math.floor((size * total) / n), least[k]!), most[k]!));
  for (let missing = total - sum(parts); missing !== 0; missing = total - sum(parts)) {
    const step = missing > 0 ? 1 : -1;
    let neediest = -1;
    let need = -Infinity;
    sizes.forEach((size, k) => {
      const part = parts[k]! + step;
      const lack = step * (size * total - parts[k]! * n); // in n-ths of a row, so that remainders compare exactly
      if (part >= least[k]! && part <= most[k]! && lack > need) {
        neediest = k;
        need = lack;
      }
    });
    parts[neediest]! += step;
  }
  return parts;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
