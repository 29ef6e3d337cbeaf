/**
 * How positions decide about one option. Over the positions that count and that none narrower replaces, the most
 * specific level that speaks decides; support for a class gives a member no status, but weighs against what opposes it.
 */
import { LEVELS } from "./index.js";

/** @typedef {import("./index.js").OptionRules} OptionRules */
/** @typedef {import("./index.js").PackIndex} PackIndex */
/** @typedef {(number: number) => boolean} Test */

export const LINES = ["first", "adjunct", "second", "third", "later", "rescue", "unspecified"];

/**
 * What the positions in force come to, for one option and one mechanism.
 * @typedef {object} Decision
 * @property {string} status
 * @property {string|null} level
 * @property {string|null} line
 * @property {string} agreement
 * @property {Set<number>} counted  the positions that decide
 * @property {Set<number>} heard  the positions that count and that none narrower replaces
 */

/** The positions about an option that no narrower one of their source replaces.
 * @param {OptionRules} option
 * @param {Test} active  the positions in question
 * @param {Test} by  the positions that may replace others
 */
export function notReplaced(option, active, by = active) {
  const heard = new Set(option.speaking.filter(active));
  const gone = [];
  for (const [broad, narrower] of option.replaced) {
    if (heard.has(broad) && narrower.some(by)) gone.push(broad);
  }
  for (const number of gone) heard.delete(number);
  return heard;
}

/** The class supports that weigh against what opposes, at one level.
 * @param {OptionRules} option
 * @param {number[]} examples
 * @param {number[]} opposes
 */
function weighing(option, examples, opposes) {
  return option.class_supports
    .filter((one) => examples.includes(one.number)
      && opposes.some((number) => one.weighs_against.has(number))
      && !opposes.some((number) => one.silenced_by.has(number)))
    .map((one) => one.number);
}

/** The most specific level that speaks decides; support for a class outranks only what it could weigh against.
 * @param {OptionRules} option
 * @param {Set<number>} heard
 * @returns {{status: string, rank: number, counted: number[], supporting: number[]}}
 */
export function decide(option, heard) {
  const spoken = (/** @type {number} */ number) => heard.has(number);
  const outranked = new Set();
  let first = -1;
  for (const level of option.levels) {
    const opposes = level.opposes.filter((number) => spoken(number) && !outranked.has(number));
    const supports = level.supports.filter(spoken);
    const silent = level.silent.filter(spoken);
    const examples = level.examples.filter(spoken);
    if (opposes.length) {
      const both = supports.length || (examples.length && weighing(option, examples, opposes).length);
      const counted = [...supports, ...opposes, ...silent];
      return { status: both ? "contested" : "not_supported", rank: level.rank, counted, supporting: supports };
    }
    if (supports.length) {
      return { status: "supported", rank: level.rank, counted: [...supports, ...silent], supporting: supports };
    }
    if (silent.length) return { status: "no_recommendation", rank: level.rank, counted: silent, supporting: [] };
    if (examples.length) {
      if (first < 0) first = level.rank;
      for (const one of option.class_supports) {
        if (examples.includes(one.number)) for (const number of one.weighs_against) outranked.add(number);
      }
    }
  }
  return { status: "not_mentioned", rank: first, counted: [], supporting: [] };
}

/** Whether the sources that take a side agree, at all levels.
 * @param {OptionRules} option
 * @param {Set<number>} heard
 * @param {PackIndex} index
 */
function agreementOf(option, heard, index) {
  const spoken = (/** @type {number} */ number) => heard.has(number);
  const forIt = new Set();
  const against = new Set();
  for (const level of option.levels) {
    const opposes = level.opposes.filter(spoken);
    const examples = level.examples.filter(spoken);
    opposes.forEach((number) => against.add(number));
    level.supports.filter(spoken).forEach((number) => forIt.add(number));
    if (examples.length && opposes.length) {
      weighing(option, examples, opposes).forEach((number) => forIt.add(number));
    }
  }
  if (forIt.size && against.size) return "mixed";
  const sides = forIt.size ? forIt : against;
  if (!sides.size) return "none";
  if (new Set([...sides].map((number) => index.kit.rules[number].source)).size === 1) return "single_source";
  return forIt.size ? "consensus_for" : "consensus_against";
}

/** The last of lines in their order; `unspecified` only where there is no other.
 * @param {(string|null)[]} lines
 */
export function mostCautious(lines) {
  const stated = lines.filter((line) => line !== null && line !== "unspecified");
  const found = /** @type {string[]} */ (stated.length ? stated : lines.filter((line) => line !== null));
  if (!found.length) return null;
  return found.reduce((a, b) => (LINES.indexOf(b) > LINES.indexOf(a) ? b : a));
}

/** All that the positions in force come to for one option and one mechanism.
 * @param {OptionRules} option
 * @param {Test} active
 * @param {PackIndex} index
 * @returns {Decision}
 */
export function decision(option, active, index) {
  const heard = notReplaced(option, active);
  if (!heard.size) {
    return { status: "not_mentioned", level: null, line: null, agreement: "none", counted: new Set(), heard };
  }
  const { status, rank, counted, supporting } = decide(option, heard);
  const level = rank >= 0 ? LEVELS[rank] : null;
  const mentioned = status !== "not_mentioned";
  return {
    status,
    level,
    line: mentioned ? mostCautious(supporting.map((number) => index.kit.rules[number].line)) : null,
    agreement: mentioned ? agreementOf(option, heard, index) : "none",
    counted: new Set(counted),
    heard,
  };
}

/** Whether what is still unknown could change a status, and the open positions that it depends on.
 * @param {OptionRules} option
 * @param {Test} certain
 * @param {Test} possible
 */
export function settled(option, certain, possible) {
  const open = (/** @type {number} */ number) => possible(number) && !certain(number);
  const undecided = [...notReplaced(option, open, certain)];
  if (!undecided.length) return { definite: true, depends_on: [] };
  const { status, rank } = decide(option, notReplaced(option, certain));
  if (status === "not_mentioned") return { definite: false, depends_on: undecided };
  const specific = new Set();
  const same = new Set();
  for (const level of option.levels) {
    if (level.rank > rank) continue;
    const spoken = [...level.supports, ...level.opposes, ...level.silent, ...level.examples];
    spoken.forEach((number) => specific.add(number));
    sameStance(level, status).forEach((number) => same.add(number));
  }
  const left = undecided.filter((number) => specific.has(number));
  return { definite: left.every((number) => same.has(number)), depends_on: left };
}

/** @param {import("./index.js").AtLevel} level @param {string} status */
function sameStance(level, status) {
  if (status === "supported") return level.supports;
  if (status === "not_supported") return level.opposes;
  return status === "no_recommendation" ? level.silent : [];
}
