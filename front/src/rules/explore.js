/**
 * The explorer: a pack, indexed once, that explores profiles; and what an exploration holds, as plain data that is
 * field by field what `painrules.Exploration.to_dict()` gives.
 */
import { Kit, compare, number as figures, sorted } from "./kit.js";
import { IN_FORCE, POSSIBLE, consult } from "./engine.js";
import { OPEN, PRESUMED } from "./facts.js";
import { PackIndex } from "./index.js";
import { masksOf } from "./lens.js";
import { LINES } from "./decide.js";
import { Resolution } from "./resolution.js";
import { population, told, toldAll, toldValue } from "./told.js";

/** @typedef {import("./kit.js").Rule} Rule */
/** @typedef {import("./facts.js").Profile} Profile */
/** @typedef {import("./lens.js").Lens} Lens */
/** @typedef {import("./engine.js").Suggested} Suggested */

export const OTHER = "other";
const FIRST = ["pain_type", "mechanism", "condition"];

/** A pack that explores. */
export class Explorer {
  /** @param {any} data what `painrules.page.page_data` wrote */
  constructor(data) {
    this.kit = new Kit(data);
    this.index = new PackIndex(this.kit);
    /** @type {Map<string, import("./lens.js").Masks>} */
    this.lenses = new Map();
  }

  /** @param {Lens} lens */
  masks(lens) {
    const key = JSON.stringify([lens.sources || null, lens.jurisdictions || null, lens.as_of || null]);
    let found = this.lenses.get(key);
    if (!found) {
      if (this.lenses.size > 64) this.lenses.clear();
      found = masksOf(this.kit, lens);
      this.lenses.set(key, found);
    }
    return found;
  }

  /** The resolution of a profile, without texts. @param {Profile} profile @param {Lens} lens */
  resolve(profile, lens) {
    const found = consult(this.kit, profile);
    return { inferred: found.inferred, resolution: new Resolution(this.index, found.asked, this.masks(lens)) };
  }

  /** What the rules say of one pain problem.
   * @param {Profile} profile
   * @param {Lens} [lens]
   */
  explore(profile, lens = {}) {
    const { inferred, resolution } = this.resolve(profile, lens);
    return new Exploration(this, profile, lens, inferred, resolution);
  }
}

/** What the rules say of one pain problem; each part is worked out when it is asked for. */
export class Exploration {
  /**
   * @param {Explorer} explorer
   * @param {Profile} profile
   * @param {Lens} lens
   * @param {{taken: Suggested[], refused: Suggested[]}} inferred
   * @param {Resolution} resolution
   */
  constructor(explorer, profile, lens, inferred, resolution) {
    this.explorer = explorer;
    this.kit = explorer.kit;
    this.profile = profile;
    this.lens = lens;
    this.suggested = inferred;
    this.resolution = resolution;
    this.order = this.sorted(resolution.options);
    this.supported = this.order.filter((name) => resolution.isSupported(name));
  }

  /** Options in order: category, stated goals, line, name. @param {string[]} names */
  sorted(names) {
    const { kit, resolution } = this;
    const goals = this.profile.goals || [];
    const keys = new Map(names.map((name) => {
      const entry = kit.interventions.get(name);
      const served = goals.some((goal) => kit.served.get(name)?.has(goal));
      const line = LINES.indexOf(resolution.outcome(name).line || "unspecified");
      return [name, [kit.places.get(entry.category) ?? 0, served ? 0 : 1, line, entry.rank]];
    }));
    return [...names].sort((a, b) => {
      const one = /** @type {number[]} */ (keys.get(a));
      const other = /** @type {number[]} */ (keys.get(b));
      return one[0] - other[0] || one[1] - other[1] || one[2] - other[2] || one[3] - other[3];
    });
  }

  get tooLittle() {
    const { pain_type: type, mechanisms, conditions } = this.profile;
    return !(type || mechanisms?.length || conditions?.length
      || this.suggested.taken.some((one) => one.attribute === "pain_type" || one.attribute === "mechanism"));
  }

  get mode() {
    if (this.resolution.red_flags.length) return "evaluate_first";
    return this.tooLittle ? "ask_first" : "explore";
  }

  get listed() {
    return this.mode === "explore" ? this.supported : [];
  }

  get deferred() {
    return this.mode === "evaluate_first" && !this.tooLittle ? this.supported : [];
  }

  get inferred() {
    const view = (/** @type {Suggested} */ one, /** @type {boolean} */ taken) => {
      const first = /** @type {Rule} */ (this.kit.rules.find((rule) => rule.id === one.rules[0]));
      return {
        attribute: one.name || one.attribute,
        value: one.value,
        taken,
        rules: one.rules,
        because: first.because,
        cited: this.kit.cited(first.source),
      };
    };
    return [
      ...this.suggested.taken.map((one) => view(one, true)),
      ...this.suggested.refused.map((one) => view(one, false)),
    ];
  }

  get red_flags() {
    return this.resolution.red_flags.map((rule) => ({
      id: rule.id,
      signs: [...new Set(rule.when.map((number) => this.kit.clauses[number].name).filter(Boolean))],
      urgency: rule.urgency,
      because: rule.because,
      source: rule.source,
      cited: this.kit.cited(rule.source),
    }));
  }

  // What does not fit together

  get warnings() {
    return [...this.ofDuration(), ...this.ofConditions(), ...this.ofInference()];
  }

  ofDuration() {
    const { pain_type: kind, duration_months: months } = this.profile;
    const bounds = kind && this.kit.data.durations[kind];
    if (months === undefined || months === null || !bounds) return [];
    const [low, high] = bounds;
    if (low <= months && months <= high) return [];
    const meant = kind === "chronic" ? `${figures(low)} months or more` : `${figures(low)} to ${figures(high)} months`;
    return [`the pain type is ${kind}, which usually means ${meant}, but the pain has lasted ${figures(months)}; `
      + "the pain type is taken as stated"];
  }

  ofConditions() {
    const tree = this.kit.condition_tree;
    const named = sorted(this.profile.conditions || []);
    const found = [];
    if (named.includes(OTHER)) {
      found.push("a condition that the pack does not know: only what is said of everyone counts");
    }
    named.forEach((one, place) => named.slice(place + 1).forEach((other) => {
      if (one === OTHER || other === OTHER || tree.belongs(one, other) || tree.belongs(other, one)) return;
      if ((tree.parents[one] || []).some((above) => (tree.parents[other] || []).includes(above))) return;
      found.push(`'${this.kit.label(one)}' and '${this.kit.label(other)}' are taken as one pain problem; `
        + "two problems are two profiles");
    }));
    return found;
  }

  ofInference() {
    /** @type {Map<string, string[]>} */
    const facts = new Map();
    for (const one of this.suggested.refused) {
      const name = one.name || one.attribute;
      facts.set(name, [...(facts.get(name) || []), one.value]);
    }
    return sorted(facts.keys()).map((name) => `different values of ${name.replaceAll("_", " ")} are suggested `
      + `(${(facts.get(name) || []).join(", ")}), so none is taken: please state it`);
  }

  // The options

  /** Whom the deciding statements are about, by their level; who takes no side counts where nobody does.
   * @param {Rule[]} positions
   */
  about(positions) {
    const { kit } = this;
    const subjects = new Set();
    const sides = positions.filter((rule) => rule.stance !== "no_recommendation");
    for (const rule of sides.length ? sides : positions) {
      if (rule.level === "general") {
        const limits = toldAll(rule.when, kit);
        subjects.add(limits ? `any pain (${limits})` : "any pain");
      }
      for (const number of rule.when) {
        const clause = kit.clauses[number];
        if (clause.attribute !== rule.level) continue;
        for (const { facts } of this.resolution.asked) {
          for (const value of clause.values) {
            if (value === facts.pain_type || value === facts.mechanism || facts.conditions?.has(value)) {
              subjects.add(toldValue(value, kit));
            }
          }
        }
      }
    }
    return sorted(subjects).join(", ");
  }

  /** @param {Rule} rule @param {string|null} [role] */
  position(rule, role = null) {
    const source = this.kit.sources.get(rule.source);
    return {
      id: rule.id,
      option: rule.option,
      stance: rule.stance,
      line: rule.line,
      level: rule.level,
      population: population(rule, this.kit),
      strength: rule.strength,
      certainty: rule.certainty,
      because: rule.because,
      source: rule.source,
      cited: this.kit.cited(rule.source),
      locator: rule.locator,
      verified: rule.verified,
      status: rule.status,
      valid_from: rule.valid_from || String(Number(rule.from_day.slice(0, 4))),
      valid_to: rule.valid_to || source.valid_to || null,
      role,
    };
  }

  /** @param {Rule} rule @param {boolean} pending */
  caution(rule, pending) {
    const { truths } = this.resolution.asked[0];
    const open = pending
      ? [...rule.when, ...rule.unless].filter((number) => truths[number] === OPEN || truths[number] === PRESUMED)
      : [];
    return {
      id: rule.id,
      option: rule.option,
      severity: rule.severity,
      population: population(rule, this.kit),
      because: rule.because,
      asks: sorted(new Set(open.map((number) => this.resolution.askedAbout(number)))),
      source: rule.source,
      cited: this.kit.cited(rule.source),
      locator: rule.locator,
      verified: rule.verified,
    };
  }

  /** @param {Rule} rule */
  step(rule) {
    return {
      id: rule.id,
      option: rule.option,
      kind: rule.step,
      requires: toldAll(rule.requires, this.kit),
      steps_from: rule.steps_from,
      safeguard: rule.safeguard,
      because: rule.because,
      source: rule.source,
      cited: this.kit.cited(rule.source),
      locator: rule.locator,
      verified: rule.verified,
    };
  }

  /** What lists need of one option; `option` has the rest. @param {string} name */
  brief(name) {
    const { resolution } = this;
    const entry = this.kit.interventions.get(name);
    const outcome = resolution.outcome(name);
    return {
      id: name,
      label: entry.label,
      summary: entry.summary,
      category: entry.category,
      domains: entry.domains,
      status: outcome.status,
      level: outcome.level,
      about: this.about(resolution.positions(name)),
      line: outcome.line,
      agreement: outcome.agreement,
      safety: resolution.safety(name),
      supported_for: outcome.by_mechanism.filter(([, one]) => one.status === "supported").map(([key]) => key),
    };
  }

  /** One option, with everything that is said of it. @param {string} name */
  option(name) {
    const { resolution, kit } = this;
    const positions = resolution.positions(name);
    const outcome = resolution.outcome(name);
    const goals = new Set(this.profile.goals || []);
    const found = {
      ...this.brief(name),
      cautions: resolution.cautions(name).map((rule) => this.caution(rule, false)),
      ask_about: resolution.pending(name).map((rule) => this.caution(rule, true)),
      after: resolution.after(name).map((rule) => this.step(rule)),
      ...resolution.certainty(name),
      by_mechanism: Object.fromEntries(outcome.by_mechanism.map(([key, { status, level, line, agreement }]) => (
        [key, { status, level, line, agreement }]
      ))),
      positions: positions.map((rule) => this.position(rule)),
      also_said: resolution.alsoSaid(name).map(([rule, role]) => this.position(rule, role)),
      serves: sorted([...(kit.served.get(name) || [])].filter((goal) => goals.has(goal))),
      related: kit.related.get(name) || [],
    };
    const cited = [found.positions, found.also_said, found.cautions, found.ask_about, found.after].flat();
    return { ...found, sources: sorted(new Set(cited.map((one) => one.source))).map((id) => this.source(id)) };
  }

  /** @param {string} id */
  source(id) {
    const { title, issuer, jurisdiction, year, status } = this.kit.sources.get(id);
    return { id, title, issuer, jurisdiction, year, status };
  }

  // What else it tells

  /** What to ask next: first what could change the status of most options. */
  get next_questions() {
    const { resolution } = this;
    /** @type {Map<string, number>} */
    const statuses = new Map();
    /** @type {Map<string, number>} */
    const cautions = new Map();
    const count = (/** @type {Map<string, number>} */ counter, /** @type {Iterable<string>} */ names) => {
      for (const name of names) counter.set(name, (counter.get(name) || 0) + 1);
    };
    for (const name of resolution.index.options) count(statuses, resolution.certainty(name).depends_on);
    for (const name of resolution.options) {
      for (const rule of resolution.pending(name)) {
        const asked = new Set([...rule.when, ...rule.unless].map((clause) => resolution.askedAbout(clause)));
        count(cautions, [...asked].filter((one) => !FIRST.includes(one)));
      }
    }
    const askFirst = this.tooLittle;
    const names = new Set([...statuses.keys(), ...cautions.keys(), ...(askFirst ? FIRST : [])]);
    const rank = (/** @type {string} */ name) => (askFirst && FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length);
    return [...names].map((attribute) => ({
      attribute,
      question: this.question(attribute),
      options: statuses.get(attribute) || 0,
      cautions: cautions.get(attribute) || 0,
    })).sort((a, b) => rank(a.attribute) - rank(b.attribute) || b.options - a.options || b.cautions - a.cautions
      || compare(a.attribute, b.attribute));
  }

  /** @param {string} name */
  question(name) {
    const { kit } = this;
    const asked = kit.data.questions[name];
    if (asked) return asked;
    if (name.startsWith("tried.")) return `Was '${kit.label(name.slice(6))}' tried, and what came of it?`;
    return kit.factors.get(name)?.question || `Is this so: ${kit.label(name)}?`;
  }

  /** Options on which sources disagree, with both sides. */
  get disagreements() {
    const { resolution, kit } = this;
    return this.order.filter((name) => {
      const outcome = resolution.outcome(name);
      return outcome.agreement === "mixed" || outcome.by_mechanism.some(([, one]) => one.agreement === "mixed");
    }).map((name) => {
      const also = resolution.alsoSaid(name)
        .filter(([, role]) => role === "broader" || role === "example")
        .map(([rule]) => rule);
      const side = (/** @type {string} */ stance) => sorted(new Set([...resolution.positions(name), ...also]
        .filter((rule) => rule.stance === stance).map((rule) => kit.cited(rule.source))));
      return { option: name, label: kit.label(name), supports: side("supports"), opposes: side("opposes") };
    });
  }

  /** Conditions that a possible support names and that the profile leaves open, by id. */
  openConditions() {
    const { resolution, kit } = this;
    const found = new Set();
    for (const rule of kit.rules) {
      const { number } = rule;
      if (rule.kind !== "position" || rule.stance !== "supports") continue;
      if (!resolution.masks.allowed[number] || !resolution.masks.dated[number]) continue;
      if (!resolution.asked.some((ask) => ask.found[number] === POSSIBLE)) continue;
      for (const clause of rule.when) {
        if (kit.clauses[clause].attribute === "condition") kit.clauses[clause].values.forEach((name) => found.add(name));
      }
    }
    const { conditions, open_conditions: open } = resolution.asked[0].facts;
    return sorted(conditions ? [...found].filter((name) => open.has(name)) : found);
  }

  /** What is not listed, but would be supported with one more condition that the profile leaves open. */
  get in_conditions() {
    /** @type {Map<string, string[]>} */
    const found = new Map();
    const known = new Set(this.supported);
    const spoken = new Set(this.order);
    const kept = (this.profile.conditions || []).filter((name) => name !== OTHER);
    for (const condition of this.openConditions()) {
      const changed = { ...this.profile, conditions: [...new Set([...kept, condition])] };
      const { resolution } = this.explorer.resolve(changed, this.lens);
      for (const name of resolution.options) {
        const same = spoken.has(name) && resolution.heard(name) === this.resolution.heard(name);
        if (!known.has(name) && !same && resolution.isSupported(name)) {
          found.set(name, [...(found.get(name) || []), condition]);
        }
      }
    }
    return Object.fromEntries(sorted(found.keys()).map((name) => [name, found.get(name)]));
  }

  /** Everything, as plain data. */
  get record() {
    const { kit } = this;
    const { pack } = kit.data;
    const options = this.order.map((name) => this.option(name));
    const found = {
      schema_version: kit.data.schema,
      notice: kit.data.notice,
      pack: { id: pack.id, version: pack.version, digest: pack.digest },
      profile: plainProfile(this.profile),
      lens: {
        sources: this.lens.sources ? sorted(this.lens.sources) : null,
        jurisdictions: this.lens.jurisdictions ? sorted(this.lens.jurisdictions) : null,
        as_of: this.lens.as_of || null,
      },
      mode: this.mode,
      inferred: this.inferred,
      red_flags: this.red_flags,
      warnings: this.warnings,
      options,
      listed: this.listed,
      deferred: this.deferred,
      in_conditions: this.in_conditions,
      next_questions: this.next_questions,
      disagreements: this.disagreements,
      categories: kit.categories,
    };
    const labels = sorted(mentioned(this, found)).map((name) => [name, kit.label(name)]);
    return { ...found, labels: Object.fromEntries(labels) };
  }
}

/** What is known, in a fixed order; unknown fields are left out. @param {Profile} profile */
export function plainProfile(profile) {
  /** @type {Record<string, any>} */
  const found = {};
  const fields = ["pain_type", "mechanisms", "conditions", "age_years", "duration_months", "severity", "factors",
    "tried", "goals", "red_flags"];
  for (const field of fields) {
    const value = /** @type {any} */ (profile)[field];
    if (value === undefined || value === null) continue;
    if (Array.isArray(value)) {
      if (value.length) found[field] = sorted(new Set(value));
    } else if (typeof value === "object") {
      const keys = sorted(Object.keys(value));
      if (keys.length) found[field] = Object.fromEntries(keys.map((key) => [key, value[key]]));
    } else {
      found[field] = value;
    }
  }
  return found;
}

/** Everything that a result names by id. @param {Exploration} result @param {any} found @returns {Set<string>} */
function mentioned(result, found) {
  const { kit, profile } = result;
  const named = new Set([...kit.categories, ...Object.keys(found.in_conditions)]);
  const add = (/** @type {Iterable<string>} */ names) => {
    for (const name of names) named.add(name);
  };
  Object.values(found.in_conditions).forEach(add);
  add(profile.conditions || []);
  add(profile.goals || []);
  [profile.factors, profile.red_flags, profile.tried].forEach((map) => add(Object.keys(map || {})));
  for (const view of found.options) {
    add([view.id, ...view.serves]);
    add(view.related.map((/** @type {any} */ one) => one.id));
    for (const list of [view.positions, view.also_said, view.cautions, view.ask_about, view.after]) {
      add(list.map((/** @type {any} */ one) => one.option));
    }
    add(view.depends_on.filter((/** @type {string} */ name) => kit.factors.has(name)));
  }
  for (const flag of found.red_flags) add(flag.signs);
  for (const list of [found.inferred, found.next_questions]) {
    add(list.map((/** @type {any} */ one) => one.attribute).filter((/** @type {string} */ name) => kit.factors.has(name)));
  }
  return named;
}

export { IN_FORCE, told };
