/**
 * A pack as the page holds it: the data that `painrules.page.page_data` wrote, unpacked and indexed once.
 */
import { compiled } from "./compiled.js";

/**
 * @typedef {object} Clause
 * @property {string} attribute
 * @property {string} name
 * @property {string[]} values
 * @property {number} low
 * @property {number} high
 */

/**
 * @typedef {object} Rule
 * @property {number} number  its place among the rules, which are in the order of their ids
 * @property {string} id
 * @property {"position"|"caution"|"step"|"red_flag"|"inference"} kind
 * @property {number[]} when  numbers of clauses, all of which must hold
 * @property {number[]} unless  numbers of clauses, each of which silences the rule
 * @property {string} because
 * @property {string} source
 * @property {string|null} locator
 * @property {string} verified
 * @property {string} from_day
 * @property {string} to_day
 * @property {string} option
 * @property {string} stance
 * @property {string} line
 * @property {boolean} members
 * @property {string} level
 * @property {string|null} strength
 * @property {string|null} certainty
 * @property {string} status
 * @property {string|null} valid_from
 * @property {string|null} valid_to
 * @property {string} severity
 * @property {string} step
 * @property {number[]} requires
 * @property {string|null} safeguard
 * @property {string|null} steps_from
 * @property {string} urgency
 * @property {[string, string, string]} suggests
 */

/** Words in the order of their code points, as Python sorts them.
 * @param {string} a
 * @param {string} b
 */
export function compare(a, b) {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i += 1) {
    const one = a.charCodeAt(i);
    const other = b.charCodeAt(i);
    if (one !== other) {
      // A surrogate stands for a code point above all others.
      const high = (/** @type {number} */ unit) => (unit >= 0xd800 && unit <= 0xdfff ? 1 : 0);
      return high(one) - high(other) || one - other;
    }
  }
  return a.length - b.length;
}

/** @param {Iterable<string>} words */
export const sorted = (words) => [...words].sort(compare);

/** A number within a sentence: six figures at most, as Python's `:g` writes it. @param {number} value */
export function number(value) {
  const [figures, exponent] = value.toExponential(5).split("e");
  const power = Number(exponent);
  if (value === 0 || (power >= -4 && power < 6)) return String(Number(value.toPrecision(6)));
  return `${Number(figures)}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
}

/** Who belongs to whom, upwards and downwards. */
export class Hierarchy {
  /** @param {Record<string, string[]>} parents */
  constructor(parents) {
    this.parents = parents;
    /** @type {Map<string, Set<string>>} */
    this.above = new Map();
    /** @type {Map<string, Set<string>>} */
    this.below = new Map();
    for (const name of Object.keys(parents)) {
      const found = new Set();
      const waiting = [...parents[name]];
      while (waiting.length) {
        const above = /** @type {string} */ (waiting.pop());
        if (!found.has(above)) {
          found.add(above);
          waiting.push(...(parents[above] || []));
        }
      }
      this.above.set(name, found);
      for (const above of found) {
        if (!this.below.has(above)) this.below.set(above, new Set());
        this.below.get(above)?.add(name);
      }
    }
  }

  /** @param {string} name @returns {Set<string>} */
  ancestors(name) {
    return this.above.get(name) || new Set();
  }

  /** @param {string} name @returns {Set<string>} */
  descendants(name) {
    return this.below.get(name) || new Set();
  }

  /** @param {string} name @returns {string[]} */
  upwards(name) {
    return [name, ...this.ancestors(name)];
  }

  /** @param {string} name @param {string} to */
  belongs(name, to) {
    return name === to || this.ancestors(name).has(to);
  }
}

const RULE = {
  when: [], unless: [], locator: null, option: "", stance: "", line: "unspecified", members: false, level: "",
  strength: null, certainty: null, status: "current", valid_from: null, valid_to: null, severity: "", step: "",
  requires: [], safeguard: null, steps_from: null, urgency: "", suggests: [], to_day: "9999-12-31",
};

/** Columns as rows.
 * @param {Record<string, any>} columns
 * @returns {any[]}
 */
function rows(columns) {
  const names = Object.keys(columns);
  /** @type {any[]} */
  const found = [];
  for (const name of names) {
    const column = columns[name];
    const numbers = Array.isArray(column) ? column : column.rows;
    numbers.forEach((/** @type {any} */ value, /** @type {number} */ place) => {
      const row = (found[place] ||= { ...RULE, number: place });
      if (value !== 0) row[name] = Array.isArray(column) ? value : column.words[value - 1];
    });
  }
  return found;
}

/** A table with entries in the order of their ids, as a map without surprises.
 * @param {Record<string, any>} table
 * @returns {Map<string, any>}
 */
const table = (table) => new Map(Object.entries(table).sort(([a], [b]) => compare(a, b)));

/** A pack, unpacked. */
export class Kit {
  /** @param {any} data */
  constructor(data) {
    this.data = data;
    /** @type {Rule[]} */
    this.rules = rows(data.rules);
    /** @type {Clause[]} */
    this.clauses = data.clauses.map((/** @type {any[]} */ [attribute, name, values, low, high]) => ({
      attribute, name, values, low: low ?? -Infinity, high: high ?? Infinity,
    }));
    this.interventions = table(data.interventions);
    this.conditions = table(data.conditions);
    this.factors = table(data.factors);
    this.signs = table(data.signs);
    this.goals = table(data.goals);
    this.sources = table(data.sources);
    /** @type {string[]} */
    this.categories = data.categories.map((/** @type {[string, string]} */ [name]) => name);
    this.places = new Map(this.categories.map((name, place) => [name, place]));
    this.condition_tree = new Hierarchy(parents(this.conditions));
    this.intervention_tree = new Hierarchy(parents(this.interventions));
    /** Factors that follow from a number. @type {Map<string, [string, number, number]>} */
    this.bands = new Map();
    for (const [name, entry] of this.factors) {
      if (entry.band) this.bands.set(name, [entry.band[0], entry.band[1], entry.band[2] ?? Infinity]);
    }
    /** Inferences in the order in which they build on each other. @type {{rules: Rule[], row: Int32Array}[]} */
    this.strata = data.strata.map((/** @type {number[]} */ layer) => {
      const rules = layer.map((number) => this.rules[number]);
      return { rules, row: compiled(rules) };
    });
    const names = (/** @type {Map<string, any>} */ map) => new Map([...map].map(([name, entry]) => [name, entry.label]));
    /** @type {Map<string, string>[]} */
    this.label_tables = [
      names(this.interventions), names(this.conditions), names(this.factors), names(this.signs),
      new Map(data.categories), table(data.pain_types), table(data.mechanisms), this.goals,
      ...data.labels.map(table),
    ];
    /** Names of people and places, which keep their capital letter. @type {Set<string>} */
    this.names = new Set(data.names);
    /** The rules that say something of options, for the engine. */
    this.matched = compiled(this.rules.filter((rule) => rule.kind !== "inference"));
    this.served = this.goals_served();
    this.related = this.relations();
  }

  /** The name of an entry, in whichever vocabulary it stands. @param {string} name @returns {string} */
  label(name) {
    for (const known of this.label_tables) {
      const label = known.get(name);
      if (label !== undefined) return label;
    }
    return name.replaceAll("_", " ");
  }

  /** Issuer, year and jurisdiction of a source. @param {string} name */
  cited(name) {
    const source = this.sources.get(name);
    return `${source.issuer} ${source.year} (${source.jurisdiction})`;
  }

  /** The goals that each intervention serves, by itself or through a class. */
  goals_served() {
    /** @type {Map<string, string[]>} */
    const direct = new Map();
    for (const [from, kind, to] of this.data.relations) {
      if (kind === "serves") direct.set(from, [...(direct.get(from) || []), to]);
    }
    return new Map([...this.interventions.keys()].map((name) => [
      name, new Set(this.intervention_tree.upwards(name).flatMap((above) => direct.get(above) || [])),
    ]));
  }

  /** The relations of each intervention; symmetric ones from both ends. */
  relations() {
    const symmetric = new Set(this.data.symmetric);
    /** @type {Map<string, Map<string, [string, string, string]>>} */
    const found = new Map();
    const add = (/** @type {string} */ end, /** @type {[string, string, string]} */ one) => {
      if (!found.has(end)) found.set(end, new Map());
      found.get(end)?.set(JSON.stringify(one), one);
    };
    for (const [from, kind, to, note] of this.data.relations) {
      add(from, [kind, to, note]);
      if (symmetric.has(kind)) add(to, [kind, from, note]);
    }
    const order = (/** @type {string[]} */ a, /** @type {string[]} */ b) =>
      compare(a[0], b[0]) || compare(a[1], b[1]) || compare(a[2], b[2]);
    return new Map([...found].map(([name, items]) => [
      name,
      [...items.values()].sort(order).map(([kind, id, note]) => ({ kind, id, note: note || null })),
    ]));
  }
}

/** @param {Map<string, any>} entries */
const parents = (entries) =>
  Object.fromEntries([...entries].map(([name, entry]) => [name, entry.is_a || []]));
