/**
 * All that follows from the sets of rules that were found: statuses, cautions, steps, and what they depend on.
 */
import { compare, sorted } from "./kit.js";
import { CERTAIN, IN_FORCE, POSSIBLE } from "./engine.js";
import { OPEN, PRESUMED, YES } from "./facts.js";
import { decision, mostCautious, settled } from "./decide.js";

/** @typedef {import("./kit.js").Rule} Rule */
/** @typedef {import("./engine.js").Asked} Asked */
/** @typedef {import("./lens.js").Masks} Masks */
/** @typedef {import("./index.js").PackIndex} PackIndex */
/** @typedef {import("./decide.js").Decision} Decision */

export const SEVERITIES = ["contraindicated", "avoid", "caution", "monitor"];
const URGENCIES = ["emergency", "urgent", "soon"];
const ROLES = ["history", "replaced", "example", "broader"];
const SHORT = new Map([["age_years", "age"], ["duration_months", "duration"], ["factors", ""], ["red_flags", ""]]);

/**
 * What an exploration says of one option.
 * @typedef {object} Outcome
 * @property {string} status
 * @property {string|null} level
 * @property {string|null} line
 * @property {string} agreement
 * @property {boolean} supported
 * @property {[string, Decision][]} by_mechanism
 * @property {Set<number>} counted
 */

export class Resolution {
  /**
   * @param {PackIndex} index
   * @param {Asked[]} asked
   * @param {Masks} masks
   */
  constructor(index, asked, masks) {
    this.index = index;
    this.kit = index.kit;
    this.asked = asked;
    this.masks = masks;
    this.through = masks.through;
    this.active = masks.active;
    /** For each rule the smallest set that holds it, for any mechanism. */
    this.most = asked.length === 1 ? asked[0].found : largest(asked.map((ask) => ask.found));
    /** @type {Map<string, Outcome>} */
    this.outcomes = new Map();
    /** @type {Map<string, Decision[]>} */
    this.decisions = new Map();
    /** The options that a counting position in force speaks of, by id. */
    this.options = index.options.filter((name) =>
      index.option(name).speaking.some((number) => this.most[number] >= IN_FORCE && this.active[number]));
  }

  /** For each mechanism, what the positions in force come to. @param {string} name */
  each(name) {
    let found = this.decisions.get(name);
    if (!found) {
      const option = this.index.option(name);
      found = this.asked.map((ask) =>
        decision(option, (number) => ask.found[number] >= IN_FORCE && this.active[number] === 1, this.index));
      this.decisions.set(name, found);
    }
    return found;
  }

  /** Status, level, line and agreement of one option. @param {string} name @returns {Outcome} */
  outcome(name) {
    let found = this.outcomes.get(name);
    if (!found) {
      found = this.workOut(name);
      this.outcomes.set(name, found);
    }
    return found;
  }

  /** @param {string} name @returns {Outcome} */
  workOut(name) {
    const each = this.each(name);
    /** @type {[string, Decision][]} */
    const named = each.flatMap((one, place) => {
      const { mechanism } = this.asked[place];
      return mechanism === null ? [] : [/** @type {[string, Decision]} */ ([mechanism, one])];
    });
    if (each.length === 1) {
      const { status, level, line, agreement, counted } = each[0];
      return { status, level, line, agreement, supported: status === "supported", by_mechanism: named, counted };
    }
    const spoken = each.filter((one) => one.status !== "not_mentioned");
    const supporting = spoken.filter((one) => one.status === "supported");
    return {
      status: only(spoken.map((one) => one.status), "not_mentioned"),
      level: only((spoken.length ? spoken : each).map((one) => one.level), null),
      line: mostCautious((supporting.length ? supporting : spoken).map((one) => one.line)),
      agreement: only(spoken.map((one) => one.agreement), "none"),
      supported: supporting.length > 0,
      by_mechanism: named,
      counted: new Set(each.flatMap((one) => [...one.counted])),
    };
  }

  /** What decides about an option: equal for two resolutions whose outcomes for it are equal. @param {string} name */
  heard(name) {
    const speaking = this.index.option(name).speaking.filter((number) => this.active[number]);
    return JSON.stringify(this.asked.map((ask) => [
      ask.mechanism, speaking.filter((number) => ask.found[number] >= IN_FORCE),
    ]));
  }

  /** Whether a status is definite, for each mechanism; on what it depends if not. @param {string} name */
  certainty(name) {
    const option = this.index.option(name);
    const unknown = new Set();
    const presumed = new Set();
    let definite = true;
    for (const ask of this.asked) {
      const within = (/** @type {number} */ least) => (/** @type {number} */ number) =>
        this.active[number] === 1 && ask.found[number] >= least;
      const verdict = settled(option, within(CERTAIN), within(POSSIBLE));
      if (verdict.definite) continue;
      definite = false;
      for (const number of verdict.depends_on) {
        const rule = this.kit.rules[number];
        for (const clause of [...rule.when, ...rule.unless]) {
          const found = ask.truths[clause];
          if (found !== OPEN && found !== PRESUMED) continue;
          const about = this.askedAbout(clause);
          unknown.add(about);
          if (found === PRESUMED || this.isInferred(clause, ask)) presumed.add(about);
        }
      }
    }
    return { definite, depends_on: sorted(unknown), presumed: sorted(presumed) };
  }

  /** The name of what a clause depends on; a factor defined by a number depends on that number.
   * @param {number} number
   */
  askedAbout(number) {
    const clause = this.kit.clauses[number];
    const band = clause.name && this.kit.bands.get(clause.name);
    if (band) return SHORT.get(band[0]) ?? band[0];
    if (clause.attribute === "tried") return `tried.${clause.name}`;
    return clause.name || (SHORT.get(clause.attribute) ?? clause.attribute);
  }

  /** Whether the attribute of an open clause has an inferred value. @param {number} number @param {Asked} ask */
  isInferred(number, { facts }) {
    const clause = this.kit.clauses[number];
    if (clause.attribute === "pain_type") return facts.pain_type !== null && !facts.pain_type_given;
    if (clause.attribute === "mechanism") return facts.mechanism !== null && !facts.mechanism_given;
    return clause.attribute === "factors" && facts.presumed.has(clause.name);
  }

  /** The worst caution in force. @param {string} name */
  safety(name) {
    const found = this.cautions(name).map((rule) => rule.severity);
    return SEVERITIES.find((severity) => found.includes(severity)) || "clear";
  }

  /** The cautions in force on an option or a class it belongs to, by id. @param {string} name @returns {Rule[]} */
  cautions(name) {
    return this.index.option(name).cautions
      .filter((number) => this.masks.standing[number] && this.most[number] >= IN_FORCE)
      .map((number) => this.kit.rules[number]);
  }

  /** The cautions that could come into force. @param {string} name @returns {Rule[]} */
  pending(name) {
    return this.index.option(name).cautions
      .filter((number) => this.masks.standing[number] && this.most[number] === POSSIBLE)
      .map((number) => this.kit.rules[number]);
  }

  /** The steps in force whose requirement is not known to hold. @param {string} name @returns {Rule[]} */
  after(name) {
    return this.index.option(name).steps.filter((number) => {
      const rule = this.kit.rules[number];
      const dated = rule.step === "safeguard" ? this.masks.standing : this.masks.dated;
      return this.masks.allowed[number] && dated[number] && this.asked.some((ask) =>
        ask.found[number] >= IN_FORCE && rule.requires.some((clause) => ask.truths[clause] !== YES));
    }).map((number) => this.kit.rules[number]);
  }

  /** The red flags in force, the most urgent first. */
  get red_flags() {
    return this.index.red_flags
      .filter(({ number }) => this.masks.standing[number] && this.most[number] >= IN_FORCE)
      .sort((a, b) => URGENCIES.indexOf(a.urgency) - URGENCIES.indexOf(b.urgency) || compare(a.id, b.id));
  }

  /** Whether an option would be listed. @param {string} name */
  isSupported(name) {
    return this.outcome(name).supported && this.safety(name) !== "contraindicated";
  }

  /** The positions that decide, by id. @param {string} name @returns {Rule[]} */
  positions(name) {
    return [...this.outcome(name).counted].sort((a, b) => a - b).map((number) => this.kit.rules[number]);
  }

  /** What else is in force, each with the first role that fits, by id.
   * @param {string} name
   * @returns {[Rule, string][]}
   */
  alsoSaid(name) {
    const option = this.index.option(name);
    const { counted } = this.outcome(name);
    /** @type {Map<number, string>} */
    const found = new Map();
    const each = this.each(name);
    this.asked.forEach((ask, place) => {
      for (const number of option.speaking) {
        if (ask.found[number] < IN_FORCE || !this.through[number] || counted.has(number)) continue;
        const role = this.role(option, number, each[place].heard);
        const known = found.get(number);
        if (known === undefined || ROLES.indexOf(role) < ROLES.indexOf(known)) found.set(number, role);
      }
    });
    return [...found].sort(([a], [b]) => a - b).map(([number, role]) => [this.kit.rules[number], role]);
  }

  /** @param {import("./index.js").OptionRules} option @param {number} number @param {Set<number>} heard */
  role(option, number, heard) {
    if (!this.masks.dated[number]) return "history";
    if (!heard.has(number)) return "replaced";
    return option.examples.has(number) ? "example" : "broader";
  }
}

/** The largest number at each place. @param {Uint8Array[]} several */
function largest(several) {
  const found = several[0].slice();
  for (const one of several.slice(1)) {
    for (let place = 0; place < found.length; place += 1) if (one[place] > found[place]) found[place] = one[place];
  }
  return found;
}

/** The one thing that was found; the word for none, or `varies` for several.
 * @template T
 * @param {T[]} found
 * @param {T} none
 * @returns {any}
 */
function only(found, none) {
  const different = new Set(found);
  if (!different.size) return none;
  return different.size === 1 ? found[0] : "varies";
}
