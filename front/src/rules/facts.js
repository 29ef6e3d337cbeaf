/**
 * Facts: a profile in the terms of a pack. Bands follow from numbers, parents from conditions.
 */
import { number, sorted } from "./kit.js";

/** @typedef {import("./kit.js").Kit} Kit */
/** @typedef {import("./kit.js").Clause} Clause */
/** @typedef {[number, number]} Span */

/**
 * What is known of one pain problem; what is left out is unknown.
 * @typedef {object} Profile
 * @property {string} [pain_type]
 * @property {string[]} [mechanisms]
 * @property {string[]} [conditions]
 * @property {number} [age_years]
 * @property {number} [duration_months]
 * @property {number} [severity]
 * @property {Record<string, boolean>} [factors]
 * @property {Record<string, boolean>} [red_flags]
 * @property {Record<string, string>} [tried]
 * @property {string[]} [goals]
 */

/**
 * @typedef {object} Facts
 * @property {string|null} pain_type
 * @property {boolean} pain_type_given
 * @property {string|null} mechanism
 * @property {boolean} mechanism_given
 * @property {Set<string>|null} conditions
 * @property {Set<string>} open_conditions
 * @property {Map<string, Span>} spans
 * @property {Map<string, boolean>} given
 * @property {Map<string, boolean>} presumed
 * @property {Map<string, string>} tried
 * @property {Map<string, Set<string>>} said
 */

export const NO = 0;
export const OPEN = 1;
export const PRESUMED = 2;
export const YES = 3;

export const NUMBERS = ["age_years", "duration_months", "severity"];

/** A profile that contradicts itself. */
export class Contradiction extends Error {}

/** The least number above another, or the greatest below it.
 * @param {number} number
 * @param {boolean} up
 */
export function beside(number, up) {
  if (!Number.isFinite(number)) return number;
  if (number === 0) return up ? Number.MIN_VALUE : -Number.MIN_VALUE;
  const bits = new BigInt64Array(new Float64Array([number]).buffer);
  bits[0] += number > 0 === up ? 1n : -1n;
  return new Float64Array(bits.buffer)[0];
}

/** A band, which does not hold its upper end, as a span that holds both ends.
 * @param {[string, number, number]} band
 * @returns {Span}
 */
const spanOf = ([, low, high]) => [low, high];

/** Whether a number known to lie in one span lies in another.
 * @param {Span} known
 * @param {Span} wanted
 */
function place(known, wanted) {
  if (known[0] >= wanted[0] && known[1] <= wanted[1]) return YES;
  if (known[1] < wanted[0] || known[0] > wanted[1]) return NO;
  return OPEN;
}

/** What is left of a span inside or outside of a band; null: nothing.
 * @param {Span} known
 * @param {Span} band
 * @param {boolean} inside
 * @returns {Span|null}
 */
function narrow(known, band, inside) {
  let [low, high] = known;
  if (inside) {
    low = Math.max(low, band[0]);
    high = Math.min(high, band[1]);
  } else {
    if (place(known, band) === YES) return null;
    if (band[0] <= Math.max(low, 0)) low = Math.max(low, beside(band[1], true));
    if (band[1] >= high) high = Math.min(high, beside(band[0], false));
  }
  return low <= high ? [low, high] : null;
}

/** @param {Span} span @returns {Span|null} */
function completed([low, high]) {
  const least = Math.ceil(low);
  const most = Math.floor(high);
  return least <= most ? [least, most] : null;
}

/**
 * @param {Kit} kit
 * @param {Profile} profile
 * @param {Map<string, boolean>} given
 */
function spansOf(kit, profile, given) {
  /** @type {Map<string, Span>} */
  const spans = new Map();
  for (const attribute of NUMBERS) {
    const number = /** @type {any} */ (profile)[attribute];
    if (number !== undefined && number !== null) spans.set(attribute, [number, number]);
  }
  const bands = sorted(given.keys()).filter((name) => kit.bands.has(name));
  /** @type {string|null} */
  let before = null;
  while (before !== String([...spans])) {
    before = String([...spans]);
    for (const name of bands) {
      const band = /** @type {[string, number, number]} */ (kit.bands.get(name));
      const attribute = band[0];
      const known = spans.get(attribute) || [-Infinity, Infinity];
      const inside = Boolean(given.get(name));
      let left = narrow(known, spanOf(band), inside);
      if (left && attribute === "age_years") left = completed(left);
      if (!left) {
        const word = inside ? "present" : "absent";
        const told = known[0] === known[1] ? `${attribute} ${number(known[0])}` : `what else is said of ${attribute}`;
        throw new Contradiction(`'${name}' is said to be ${word}, which does not fit ${told}`);
      }
      if (left[0] !== -Infinity || left[1] !== Infinity) spans.set(attribute, left);
    }
  }
  return spans;
}

/** The facts that a profile gives; its mechanisms come in one by one, later.
 * @param {Kit} kit
 * @param {Profile} profile
 * @returns {Facts}
 */
export function factsOf(kit, profile) {
  const given = new Map(Object.entries(profile.factors || {}));
  const spans = spansOf(kit, profile, given);
  for (const [name, band] of kit.bands) {
    const known = spans.get(band[0]);
    if (!given.has(name) && known) {
      const verdict = place(known, spanOf(band));
      if (verdict !== OPEN) given.set(name, verdict === YES);
    }
  }
  for (const [name, value] of Object.entries(profile.red_flags || {})) given.set(name, value);
  const named = profile.conditions || [];
  const known = new Set(named.flatMap((name) => kit.condition_tree.upwards(name)));
  const open = new Set();
  for (const name of named) {
    for (const below of kit.condition_tree.descendants(name)) {
      for (const above of kit.condition_tree.upwards(below)) if (!known.has(above)) open.add(above);
    }
  }
  return {
    pain_type: profile.pain_type || null,
    pain_type_given: Boolean(profile.pain_type),
    mechanism: null,
    mechanism_given: false,
    conditions: named.length ? known : null,
    open_conditions: open,
    spans,
    given,
    presumed: new Map(),
    tried: new Map(Object.entries(profile.tried || {})),
    said: saidOf(kit, profile.tried || {}),
  };
}

/** What was said of members of classes and categories that were not named themselves.
 * @param {Kit} kit
 * @param {Record<string, string>} tried
 */
function saidOf(kit, tried) {
  /** @type {Map<string, Set<string>>} */
  const said = new Map();
  for (const [name, outcome] of Object.entries(tried)) {
    const above = new Set(kit.intervention_tree.ancestors(name));
    for (const member of [name, ...above]) {
      const entry = kit.interventions.get(member);
      if (entry) above.add(entry.category);
    }
    for (const group of above) {
      if (Object.hasOwn(tried, group)) continue;
      if (!said.has(group)) said.set(group, new Set());
      said.get(group)?.add(outcome);
    }
  }
  return said;
}

/** What facts make of one clause.
 * @param {Clause} clause
 * @param {Facts} facts
 */
export function truth(clause, facts) {
  switch (clause.attribute) {
    case "pain_type":
      return ofValue(clause.values, facts.pain_type, facts.pain_type_given);
    case "mechanism":
      return ofValue(clause.values, facts.mechanism, facts.mechanism_given);
    case "condition": {
      const known = facts.conditions;
      if (!known) return OPEN;
      if (clause.values.some((name) => known.has(name))) return YES;
      return clause.values.some((name) => facts.open_conditions.has(name)) ? OPEN : NO;
    }
    case "tried": {
      const outcome = facts.tried.get(clause.name);
      if (outcome !== undefined) return clause.values.includes(outcome) ? YES : NO;
      const said = facts.said.get(clause.name);
      return said && clause.values.some((value) => said.has(value)) ? YES : OPEN;
    }
    case "age_years":
    case "duration_months":
    case "severity": {
      const known = facts.spans.get(clause.attribute);
      return known ? place(known, [clause.low, clause.high]) : OPEN;
    }
    default: {
      const wanted = clause.values[0] === "yes";
      const value = facts.given.get(clause.name);
      if (value !== undefined) return value === wanted ? YES : NO;
      return clause.attribute === "factors" && facts.presumed.get(clause.name) === wanted ? PRESUMED : OPEN;
    }
  }
}

/** @param {string[]} wanted @param {string|null} value @param {boolean} given */
function ofValue(wanted, value, given) {
  const held = value !== null && wanted.includes(value);
  if (given) return held ? YES : NO;
  return held ? PRESUMED : OPEN;
}
