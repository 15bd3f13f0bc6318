// Numbers for people, written as in the charts, so that one number reads alike in terminal, report and chart. They are
// for reading: a message that names a value to type writes it as an option takes it.

export { formatCount as grouped, formatNumber as sayNumber, formatPercent as sayPercent } from "@downhill/plots/format";
