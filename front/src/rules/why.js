/**
 * Why an option has its status, and what would have to be otherwise for it to be supported.
 */
import { compare, number as figures } from "./kit.js";
import { IN_FORCE } from "./engine.js";
import { PRESUMED } from "./facts.js";
import { OTHER, plainProfile } from "./explore.js";
import { population, told } from "./told.js";

/** @typedef {import("./kit.js").Rule} Rule */
/** @typedef {import("./kit.js").Clause} Clause */
/** @typedef {import("./facts.js").Profile} Profile */
/** @typedef {import("./explore.js").Exploration} Exploration */

/** One fact of a profile that would have to be otherwise.
 * @typedef {{attribute: string, name: string, value: any, told: string}} Change
 */

const TRUTH_WORDS = ["not so", "not known", "inferred", "known"];
const MOST_TRIED = 40;
/** The largest changes that are tried out: of each all parts are. */
const MOST_CHANGES = 10;
const OUTCOMES = ["helped", "not_enough", "not_tolerated"];
/** @type {Record<string, string>} */
const CAME = { helped: "helped", not_enough: "not helped enough", not_tolerated: "not been tolerated" };
/** @type {Record<string, number>} */
const MOST = { age_years: 130, duration_months: 1560, severity: 10 };

/** Why an option has its status: each position with its premises and source.
 * @param {Exploration} exploration
 * @param {string} name
 */
export function why(exploration, name) {
  const { resolution, kit } = exploration;
  const outcome = resolution.outcome(name);
  /** @param {Rule} rule @param {string|null} role */
  const argument = (rule, role = null) => {
    const ask = /** @type {import("./engine.js").Asked} */ (
      resolution.asked.find((one) => one.found[rule.number] >= IN_FORCE));
    return {
      rule: rule.id,
      stance: rule.stance,
      line: rule.line,
      population: population(rule, kit),
      premises: rule.when.map((number) => (
        { condition: told(kit.clauses[number], kit), truth: TRUTH_WORDS[ask.truths[number]] }
      )),
      because: rule.because,
      cited: kit.cited(rule.source),
      role,
    };
  };
  return {
    option: name,
    label: kit.label(name),
    status: outcome.status,
    level: outcome.level,
    agreement: outcome.agreement,
    decided_by: resolution.positions(name).map((rule) => argument(rule)),
    also_said: resolution.alsoSaid(name).map(([rule, role]) => argument(rule, role)),
    cautions: resolution.cautions(name)
      .map((rule) => `${rule.severity} (${population(rule, kit)}): ${rule.because}`),
    after: resolution.after(name).map((rule) => rule.because),
    depends_on: resolution.certainty(name).depends_on,
    members: outcome.status === "not_mentioned" ? members(exploration, name) : [],
  };
}

/** What is said of the members of a class of which nothing is said itself. @param {Exploration} exploration @param {string} name */
function members({ resolution, kit }, name) {
  return [...kit.intervention_tree.descendants(name)]
    .map((member) => ({ label: kit.label(member), status: resolution.outcome(member).status }))
    .filter(({ status }) => status !== "not_mentioned")
    .sort((a, b) => compare(a.label, b.label))
    .map(({ label, status }) => `${label} (${status.replaceAll("_", " ")})`);
}

/** Why an option is not supported: what is missing of the closest rule, and a smallest change that brings support.
 * @param {Exploration} exploration
 * @param {string} name
 */
export function whyNot(exploration, name) {
  const { resolution, kit } = exploration;
  const outcome = resolution.outcome(name);
  const found = {
    option: name,
    label: kit.label(name),
    status: outcome.status,
    reasons: reasons(exploration, name),
    closest: /** @type {string|null} */ (null),
    population: /** @type {string|null} */ (null),
    cited: /** @type {string|null} */ (null),
    missing: /** @type {{condition: string, truth: string}[]} */ ([]),
    change: /** @type {Change[]} */ ([]),
    brought_by: /** @type {string|null} */ (null),
    becomes: /** @type {string|null} */ (null),
  };
  if (outcome.supported) return found;
  const candidates = candidatesFor(exploration, name);
  if (!candidates.length) return found;
  const [first] = candidates;
  found.closest = first.rule.id;
  found.population = population(first.rule, kit);
  found.cited = kit.cited(first.rule.source);
  found.missing = first.missing;
  const plausible = candidates.slice(0, MOST_TRIED).sort((a, b) => a.count - b.count
    || kindOf(a.changes) - kindOf(b.changes) || compare(a.rule.id, b.rule.id));
  for (const candidate of plausible) {
    const { change, supports } = smallest(exploration, candidate.changes, name);
    if (change.length) {
      found.change = change;
      found.brought_by = supports.includes(candidate.rule.id) ? candidate.rule.id : supports[0];
      found.becomes = "supported";
      break;
    }
  }
  return found;
}

/** Another pain type or mechanism is another kind of pain. @param {Change[]} changes */
const kindOf = (changes) => Number(changes.some((one) => one.attribute === "pain_type" || one.attribute === "mechanisms"));

/** @param {Exploration} exploration @param {string} name */
function reasons(exploration, name) {
  const { resolution, kit } = exploration;
  const outcome = resolution.outcome(name);
  const found = [];
  if (outcome.supported) {
    found.push(resolution.isSupported(name) ? "it is supported" : "it is supported, but contraindicated");
  } else if (outcome.status === "not_mentioned") {
    found.push("no position in force speaks of it, which is not the same as speaking against it");
  }
  for (const rule of resolution.positions(name)) {
    if (rule.stance !== "supports") {
      const verb = rule.stance === "opposes" ? "speaks against it" : "makes no recommendation";
      found.push(`${kit.cited(rule.source)} ${verb}: ${rule.because}`);
    }
  }
  for (const rule of resolution.cautions(name)) {
    if (rule.severity === "contraindicated") found.push(`contraindicated: ${rule.because}`);
  }
  return found;
}

/** @param {Exploration} exploration @param {string} name */
function candidatesFor(exploration, name) {
  const { resolution, kit, profile } = exploration;
  const option = resolution.index.option(name);
  const found = [];
  for (const number of option.supports) {
    if (!resolution.active[number]) continue;
    const rule = kit.rules[number];
    const tries = resolution.asked.map((ask) => [
      ...rule.when.filter((one) => ask.truths[one] < PRESUMED).map((one) => ({ one, truth: ask.truths[one], barred: false })),
      ...rule.unless.filter((one) => ask.truths[one] >= PRESUMED).map((one) => ({ one, truth: ask.truths[one], barred: true })),
    ]);
    const best = tries.reduce((a, b) => (b.length < a.length ? b : a));
    if (!best.length) continue;
    const changes = best.map(({ one, barred }) => (
      barred ? notToHold(kit.clauses[one], profile, kit) : toHold(kit.clauses[one], profile, kit)));
    const usable = changes.length <= MOST_CHANGES && changes.every((one) => one !== null);
    found.push({
      count: best.length,
      rule,
      changes: usable ? /** @type {Change[]} */ (changes) : [],
      missing: best.map(({ one, truth, barred }) => {
        const words = told(kit.clauses[one], kit);
        return { condition: barred ? `not: ${words}` : words, truth: TRUTH_WORDS[truth] };
      }),
    });
  }
  return found.sort((a, b) => a.count - b.count || compare(a.rule.id, b.rule.id));
}

/** The smallest part of a change that brings support, and the rules that do.
 * @param {Exploration} exploration
 * @param {Change[]} changes
 * @param {string} name
 */
function smallest(exploration, changes, name) {
  for (let size = 1; size <= changes.length; size += 1) {
    for (const part of combinations(changes, size)) {
      const supports = supportsAfter(exploration, part, name);
      if (supports.length) return { change: part, supports };
    }
  }
  return { change: [], supports: [] };
}

/** @template T @param {T[]} items @param {number} size @returns {Iterable<T[]>} */
function* combinations(items, size) {
  if (size === 0) {
    yield [];
    return;
  }
  for (let i = 0; i <= items.length - size; i += 1) {
    for (const rest of combinations(items.slice(i + 1), size - 1)) yield [items[i], ...rest];
  }
}

/** @param {Exploration} exploration @param {Change[]} changes @param {string} name @returns {string[]} */
function supportsAfter(exploration, changes, name) {
  try {
    const profile = changes.reduce((known, change) => applied(change, known), exploration.profile);
    const { resolution } = exploration.explorer.resolve(profile, exploration.lens);
    if (resolution.outcome(name).status !== "supported") return [];
    return resolution.positions(name).filter((rule) => rule.stance === "supports").map((rule) => rule.id);
  } catch {
    return [];
  }
}

/** The profile with a change. @param {Change} change @param {Profile} profile @returns {Profile} */
export function applied(change, profile) {
  const { attribute, name, value } = change;
  if (attribute === "mechanisms") return { ...profile, mechanisms: [value] };
  if (attribute === "conditions") {
    const kept = (profile.conditions || []).filter((one) => one !== OTHER);
    return plainProfile({ ...profile, conditions: [...kept, value] });
  }
  if (attribute === "factors" || attribute === "tried") {
    return { ...profile, [attribute]: { ...profile[attribute], [name]: value } };
  }
  return { ...profile, [attribute]: value };
}

/** The change after which a condition holds; null if there is none to name.
 * @param {Clause} clause
 * @param {Profile} profile
 * @param {import("./kit.js").Kit} kit
 * @returns {Change|null}
 */
function toHold(clause, profile, kit) {
  const [value] = clause.values;
  switch (clause.attribute) {
    case "pain_type":
      return plain("pain_type", value, kit, "the pain type were");
    case "mechanism":
      return plain("mechanisms", value, kit, "the mechanism were");
    case "condition":
      return plain("conditions", value, kit, "the condition were");
    case "factors":
      return factor(clause.name, value === "yes", kit);
    case "tried":
      return tried(clause.name, value, kit);
    default:
      return clause.attribute in MOST ? number(clause, profile, true) : null;
  }
}

/** The change after which an exception does not hold; null if there is none to name.
 * @param {Clause} clause
 * @param {Profile} profile
 * @param {import("./kit.js").Kit} kit
 * @returns {Change|null}
 */
function notToHold(clause, profile, kit) {
  if (clause.attribute === "factors") return factor(clause.name, clause.values[0] !== "yes", kit);
  if (clause.attribute in MOST) return number(clause, profile, false);
  if (clause.attribute === "tried") {
    const other = OUTCOMES.find((outcome) => !clause.values.includes(outcome));
    return other ? tried(clause.name, other, kit) : null;
  }
  return null;
}

/** @param {string} attribute @param {string} value @param {import("./kit.js").Kit} kit @param {string} words */
const plain = (attribute, value, kit, words) => (
  { attribute, name: "", value, told: `if ${words} ${kit.label(value)}` });

/** @param {string} name @param {boolean} present @param {import("./kit.js").Kit} kit */
const factor = (name, present, kit) => ({
  attribute: "factors", name, value: present, told: `if '${kit.label(name)}' ${present ? "were present" : "were absent"}`,
});

/** @param {string} name @param {string} outcome @param {import("./kit.js").Kit} kit */
const tried = (name, outcome, kit) => ({
  attribute: "tried", name, value: outcome, told: `if '${kit.label(name)}' had been tried and had ${CAME[outcome]}`,
});

/** @param {Clause} clause @param {Profile} profile @param {boolean} inside @returns {Change|null} */
function number(clause, profile, inside) {
  const { attribute, low, high } = clause;
  const known = /** @type {any} */ (profile)[attribute] ?? null;
  const top = MOST[attribute];
  let wanted;
  if (inside) {
    const least = low === -Infinity ? 0 : Math.ceil(low);
    const most = high === Infinity ? top : Math.floor(high);
    wanted = known === null ? least : Math.min(Math.max(known, least), most);
    if (low === -Infinity && known === null) wanted = most;
  } else if (high !== Infinity && high + 1 <= top) {
    wanted = Math.floor(high) + 1;
  } else if (low !== -Infinity && low >= 1) {
    wanted = Math.ceil(low) - 1;
  } else {
    return null;
  }
  return { attribute, name: "", value: wanted, told: `if ${attribute.replaceAll("_", " ")} were ${figures(wanted)}` };
}
