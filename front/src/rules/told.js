/** Conditions in words. */

import { number } from "./kit.js";

/** @typedef {import("./kit.js").Kit} Kit */
/** @typedef {import("./kit.js").Rule} Rule */
/** @typedef {import("./kit.js").Clause} Clause */

/** @type {Record<string, string>} */
const NUMBER_WORDS = { age_years: "age", duration_months: "months of pain", severity: "intensity" };
/** @type {Record<string, string>} */
const OUTCOME_WORDS = { helped: "helped", not_enough: "not enough", not_tolerated: "not tolerated" };
const PAINS = new Set(["acute", "subacute", "chronic", "cancer", "nociceptive", "neuropathic", "nociplastic"]);

/** A label within a sentence: its first letter small, unless it is an abbreviation or a name.
 * @param {string} word
 * @param {Kit} kit
 */
export function lowered(word, kit) {
  const [first = "", second = ""] = word;
  const small = second !== second.toUpperCase() && second === second.toLowerCase();
  if ((!small && second !== " ") || kit.names.has(word.split(" ")[0].split("-")[0])) return word;
  return first.toLowerCase() + word.slice(first.length);
}

/** A pain type, mechanism or condition within a sentence. @param {string} value @param {Kit} kit */
export function toldValue(value, kit) {
  const plain = lowered(kit.label(value), kit);
  return PAINS.has(value) && !plain.includes("pain") ? `${plain} pain` : plain;
}

/** One condition in words. @param {Clause} clause @param {Kit} kit */
export function told(clause, kit) {
  const kind = clause.attribute;
  if (kind in NUMBER_WORDS) {
    const name = NUMBER_WORDS[kind];
    if (clause.high === Infinity) return `${name} ${number(clause.low)} or more`;
    if (clause.low === -Infinity) return `${name} ${number(clause.high)} or less`;
    return `${name} ${number(clause.low)} to ${number(clause.high)}`;
  }
  if (kind === "tried") {
    const came = clause.values.map((value) => OUTCOME_WORDS[value]).join(" or ");
    return `${kit.label(clause.name).toLowerCase()} tried: ${came}`;
  }
  if (kind === "factors" || kind === "red_flags") {
    const name = kit.label(clause.name);
    return clause.values[0] === "yes" ? name : `no ${lowered(name, kit)}`;
  }
  return clause.values.map((value) => toldValue(value, kit)).join(" or ");
}

/** Several conditions in words. @param {number[]} clauses @param {Kit} kit */
export const toldAll = (clauses, kit) => clauses.map((number) => told(kit.clauses[number], kit)).join("; ");

/** Of whom a rule speaks, in words. @param {Rule} rule @param {Kit} kit */
export function population(rule, kit) {
  const wanted = toldAll(rule.when, kit) || "anyone";
  return rule.unless.length ? `${wanted} (unless ${toldAll(rule.unless, kit)})` : wanted;
}
