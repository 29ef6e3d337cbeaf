/**
 * Finds rules: facts in, sets of rules out. Inference first, then once for each mechanism.
 */
import { compare, sorted } from "./kit.js";
import { NO, OPEN, PRESUMED, YES, factsOf, truth } from "./facts.js";

/** @typedef {import("./kit.js").Kit} Kit */
/** @typedef {import("./kit.js").Rule} Rule */
/** @typedef {import("./facts.js").Facts} Facts */
/** @typedef {import("./facts.js").Profile} Profile */

export const POSSIBLE = 1;
export const IN_FORCE = 2;
export const CERTAIN = 3;

/**
 * A fact that inference suggests.
 * @typedef {object} Suggested
 * @property {string} attribute
 * @property {string} name
 * @property {string} value
 * @property {string[]} rules
 */

/**
 * What was asked for one mechanism, and what was found.
 * @typedef {object} Asked
 * @property {string|null} mechanism
 * @property {Facts} facts
 * @property {Uint8Array} truths  what the facts make of each clause
 * @property {Uint8Array} found  for each rule 0, or the smallest set that holds it: possible, in force, certain
 */

/** For each compiled rule the smallest of the nested sets that holds it, or 0, at the place of its number.
 * @param {Int32Array} row
 * @param {Uint8Array} truths
 * @param {Uint8Array} sets
 */
function match(row, truths, sets) {
  for (let start = 0; start < row.length;) {
    const conditions = start + 4;
    const exceptions = conditions + row[start + 2];
    const end = exceptions + row[start + 3];
    let least = CERTAIN;
    for (let at = conditions; least && at < exceptions; at += 1) {
      const found = truths[row[at]];
      if (found === NO) least = 0;
      else if (found < YES) least = Math.min(least, found === PRESUMED ? IN_FORCE : POSSIBLE);
    }
    for (let at = exceptions; least && at < end; at += 1) {
      const found = truths[row[at]];
      if (found === YES) least = 0;
      else if (found !== NO) least = Math.min(least, found === OPEN || row[start + 1] ? IN_FORCE : POSSIBLE);
    }
    sets[row[start]] = least;
    start = end;
  }
  return sets;
}

/** @param {Kit} kit @param {Facts} facts */
function truthsOf(kit, facts) {
  const { clauses } = kit;
  const found = new Uint8Array(clauses.length);
  for (let place = 0; place < found.length; place += 1) found[place] = truth(clauses[place], facts);
  return found;
}

/** Decides between suggestions: mechanisms add up, contradictions are refused whole.
 * @param {Rule[]} rules
 */
function settle(rules) {
  /** @type {Map<string, Map<string, string[]>>} */
  const facts = new Map();
  for (const rule of rules) {
    const [attribute, name, value] = rule.suggests;
    const key = JSON.stringify([attribute, name]);
    if (!facts.has(key)) facts.set(key, new Map());
    const values = /** @type {Map<string, string[]>} */ (facts.get(key));
    values.set(value, [...(values.get(value) || []), rule.id]);
  }
  /** @type {Suggested[]} */
  const taken = [];
  /** @type {Suggested[]} */
  const refused = [];
  const keys = [...facts.keys()].map((key) => /** @type {[string, string]} */ (JSON.parse(key)));
  keys.sort((a, b) => compare(a[0], b[0]) || compare(a[1], b[1]));
  for (const [attribute, name] of keys) {
    const values = /** @type {Map<string, string[]>} */ (facts.get(JSON.stringify([attribute, name])));
    const found = sorted(values.keys()).map((value) => (
      { attribute, name, value, rules: sorted(values.get(value) || []) }
    ));
    (attribute === "mechanism" || found.length === 1 ? taken : refused).push(...found);
  }
  return { taken, refused };
}

/** @param {Suggested} one @param {Facts} facts */
function leftOpen(one, facts) {
  if (one.attribute === "pain_type") return !facts.pain_type_given;
  if (one.attribute === "mechanism") return !facts.mechanism_given;
  return !facts.given.has(one.name);
}

/** Facts with what is inferred, where nothing was given.
 * @param {Facts} facts
 * @param {Suggested[]} taken
 * @returns {Facts}
 */
function assume(facts, taken) {
  const presumed = new Map(facts.presumed);
  let painType = facts.pain_type;
  for (const one of taken) {
    if (one.attribute === "pain_type" && !facts.pain_type_given) painType = one.value;
    if (one.attribute === "factors" && !facts.given.has(one.name)) presumed.set(one.name, one.value === "yes");
  }
  return { ...facts, pain_type: painType, presumed };
}

/** The facts that rules suggest, with their rules; never what was given.
 * @param {Kit} kit
 * @param {Facts} facts
 */
function infer(kit, facts) {
  /** @type {Suggested[]} */
  const taken = [];
  /** @type {Suggested[]} */
  const refused = [];
  let known = facts;
  for (const layer of kit.strata) {
    const truths = truthsOf(kit, known);
    const sets = match(layer.row, truths, new Uint8Array(kit.rules.length));
    const settled = settle(layer.rules.filter((rule) => sets[rule.number] >= IN_FORCE));
    taken.push(...settled.taken.filter((one) => leftOpen(one, known)));
    refused.push(...settled.refused.filter((one) => leftOpen(one, known)));
    known = assume(known, settled.taken);
  }
  return { taken, refused };
}

/** Asks about a profile: inference first, then once for each mechanism.
 * @param {Kit} kit
 * @param {Profile} profile
 * @returns {{inferred: {taken: Suggested[], refused: Suggested[]}, asked: Asked[]}}
 */
export function consult(kit, profile) {
  const mechanisms = sorted(profile.mechanisms || []);
  const given = mechanisms.length > 0;
  const base = { ...factsOf(kit, profile), mechanism_given: given };
  const inferred = infer(kit, base);
  for (const one of inferred.taken) if (one.attribute === "mechanism") mechanisms.push(one.value);
  const facts = assume(base, inferred.taken);
  /** @type {(string|null)[]} */
  const each = mechanisms.length ? mechanisms : [null];
  const asked = each.map((mechanism) => {
    const about = { ...facts, mechanism };
    const truths = truthsOf(kit, about);
    return { mechanism, facts: about, truths, found: match(kit.matched, truths, new Uint8Array(kit.rules.length)) };
  });
  return { inferred, asked };
}
