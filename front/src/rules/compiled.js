/** Rules as the engine goes through them. */

/** @typedef {import("./kit.js").Rule} Rule */

/** Whether what is only inferred leaves a rule in force: so for warnings. @param {Rule} rule */
const lenient = (rule) => rule.kind !== "position" && rule.kind !== "step";

/**
 * Rules as one row of numbers, which is quicker to go through than the records: of each its number, whether it is
 * lenient, how many conditions and how many exceptions it has, and these.
 * @param {Rule[]} rules
 */
export const compiled = (rules) => Int32Array.from(rules.flatMap((rule) => [
  rule.number, Number(lenient(rule)), rule.when.length, rule.unless.length, ...rule.when, ...rule.unless,
]));
