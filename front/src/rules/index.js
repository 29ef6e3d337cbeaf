/**
 * What is known of a pack before any profile comes: who speaks of which option, at which level, and who replaces whom.
 */
import { sorted } from "./kit.js";

/** @typedef {import("./kit.js").Kit} Kit */
/** @typedef {import("./kit.js").Rule} Rule */
/** @typedef {import("./kit.js").Clause} Clause */

export const LEVELS = ["condition", "mechanism", "pain_type", "general"];

/**
 * What is said of an option at one level, as numbers of rules.
 * @typedef {object} AtLevel
 * @property {number} rank
 * @property {number[]} supports
 * @property {number[]} opposes
 * @property {number[]} silent
 * @property {number[]} examples
 */

/**
 * Support for a class, as it concerns one member.
 * @typedef {object} ClassSupport
 * @property {number} number
 * @property {Set<number>} weighs_against
 * @property {Set<number>} silenced_by
 */

/**
 * @typedef {object} OptionRules
 * @property {AtLevel[]} levels
 * @property {number[]} speaking
 * @property {Set<number>} supports
 * @property {Set<number>} examples
 * @property {ClassSupport[]} class_supports
 * @property {Map<number, number[]>} replaced  a broader position, and the narrower ones that replace it
 * @property {number[]} cautions
 * @property {number[]} steps
 */

/** A pack as the resolver needs it. */
export class PackIndex {
  /** @param {Kit} kit */
  constructor(kit) {
    this.kit = kit;
    this.options = [...kit.interventions.keys()];
    /** @type {Map<string, Rule[]>} */
    this.about = new Map();
    for (const rule of kit.rules) {
      if (rule.option) this.about.set(rule.option, [...(this.about.get(rule.option) || []), rule]);
    }
    this.red_flags = kit.rules.filter((rule) => rule.kind === "red_flag");
    this.narrower = replacements(kit, this.about);
    /** @type {Map<string, OptionRules>} */
    this.known = new Map();
  }

  /** What the pack says of one option. @param {string} name @returns {OptionRules} */
  option(name) {
    let found = this.known.get(name);
    if (!found) {
      found = this.collect(name);
      this.known.set(name, found);
    }
    return found;
  }

  /** @param {string} name @returns {OptionRules} */
  collect(name) {
    const tree = this.kit.intervention_tree;
    const levels = LEVELS.map((_, rank) => (
      { rank, supports: [], opposes: [], silent: [], examples: [] }
    ));
    /** @type {Map<string, number[]>} */
    const opposing = new Map();
    /** @type {number[]} */
    const cautions = [];
    /** @type {number[]} */
    const steps = [];
    const upwards = tree.upwards(name);
    for (const above of upwards) {
      for (const rule of this.about.get(above) || []) {
        const { number } = rule;
        if (rule.kind === "caution") cautions.push(number);
        else if (rule.kind === "step") steps.push(number);
        else {
          /** @type {any} */
          const level = levels[LEVELS.indexOf(rule.level)];
          if (rule.stance === "opposes") {
            level.opposes.push(number);
            opposing.set(above, [...(opposing.get(above) || []), number]);
          } else if (rule.stance === "no_recommendation") {
            if (above === name) level.silent.push(number);
          } else {
            (above === name || rule.members ? level.supports : level.examples).push(number);
          }
        }
      }
    }
    const said = levels.filter((level) => speakingAt(level).length);
    const speaking = ascending(said.flatMap(speakingAt));
    const examples = new Set(levels.flatMap((level) => level.examples));
    return {
      levels: said,
      speaking,
      supports: new Set(levels.flatMap((level) => level.supports)),
      examples,
      class_supports: this.classSupports(name, examples, opposing),
      replaced: this.replaced(name, new Set(speaking)),
      cautions: ascending(cautions),
      steps: ascending(steps),
    };
  }

  /** @param {string} name @param {Set<number>} examples @param {Map<string, number[]>} opposing */
  classSupports(name, examples, opposing) {
    const tree = this.kit.intervention_tree;
    const upwards = tree.upwards(name);
    const against = (/** @type {string[]} */ groups) => new Set(groups.flatMap((group) => opposing.get(group) || []));
    /** @type {ClassSupport[]} */
    const found = [];
    for (const above of tree.ancestors(name)) {
      for (const { number } of this.about.get(above) || []) {
        if (examples.has(number)) {
          const between = upwards.filter((group) => tree.descendants(above).has(group));
          found.push({ number, weighs_against: against(tree.upwards(above)), silenced_by: against(between) });
        }
      }
    }
    return found;
  }

  /** @param {string} name @param {Set<number>} speaking */
  replaced(name, speaking) {
    const upwards = new Set(this.kit.intervention_tree.upwards(name));
    /** @type {Map<number, number[]>} */
    const found = new Map();
    for (const above of upwards) {
      for (const { number } of this.about.get(above) || []) {
        const narrower = (this.narrower.get(number) || []).filter((other) => {
          const rule = this.kit.rules[other];
          return rule.option === name || (upwards.has(rule.option) && rule.stance !== "no_recommendation");
        });
        if (narrower.length && speaking.has(number)) found.set(number, narrower);
      }
    }
    return found;
  }
}

/** @param {AtLevel} level */
const speakingAt = (level) => [...level.supports, ...level.opposes, ...level.silent, ...level.examples];

/** @param {Iterable<number>} numbers */
const ascending = (numbers) => [...new Set(numbers)].sort((a, b) => a - b);

/** For each position, the narrower ones of its source: known from the rules alone.
 * @param {Kit} kit
 * @param {Map<string, Rule[]>} about
 */
function replacements(kit, about) {
  const conditions = new Map(kit.rules.map((rule) => [rule.number, rule.when.map((one) => kit.clauses[one])]));

  const follows = (/** @type {Clause} */ wanted, /** @type {Clause} */ stated) => {
    if (wanted.attribute !== stated.attribute || wanted.name !== stated.name) return false;
    if (wanted.attribute === "condition") {
      return stated.values.every((value) => wanted.values.some((to) => kit.condition_tree.belongs(value, to)));
    }
    return stated.values.every((value) => wanted.values.includes(value))
      && wanted.low <= stated.low && stated.high <= wanted.high;
  };
  const within = (/** @type {Rule} */ one, /** @type {Rule} */ other) =>
    kit.intervention_tree.belongs(one.option, other.option)
    && (conditions.get(other.number) || []).every((wanted) =>
      (conditions.get(one.number) || []).some((stated) => follows(wanted, stated)));

  /** @type {Map<number, number[]>} */
  const found = new Map();
  for (const option of sorted(about.keys())) {
    const own = (about.get(option) || []).filter((rule) => rule.kind === "position");
    for (const above of kit.intervention_tree.upwards(option)) {
      for (const broad of about.get(above) || []) {
        if (broad.kind !== "position") continue;
        for (const narrow of own) {
          if (narrow !== broad && narrow.source === broad.source && within(narrow, broad) && !within(broad, narrow)) {
            found.set(broad.number, [...(found.get(broad.number) || []), narrow.number]);
          }
        }
      }
    }
  }
  return found;
}
