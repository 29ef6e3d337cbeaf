/**
 * What the reader has chosen: a profile, a lens, and what is open; and how an address keeps it.
 */
import { plainProfile } from "../rules/explore.js";

/** @typedef {import("../rules/kit.js").Kit} Kit */
/** @typedef {import("../rules/facts.js").Profile} Profile */
/** @typedef {import("../rules/lens.js").Lens} Lens */

/**
 * @typedef {object} State
 * @property {Profile} profile
 * @property {Lens} lens
 * @property {string} view  `category`, `domain`, `graph` or `sources`
 * @property {{profile: Profile, lens: Lens}|null} beside  what to compare with
 */

export const VIEWS = ["category", "domain", "graph", "sources"];
const PAIN_TYPES = ["acute", "subacute", "chronic", "cancer"];
const MECHANISMS = ["nociceptive", "neuropathic", "nociplastic"];
const OUTCOMES = ["helped", "not_enough", "not_tolerated"];
/** @type {[string, "age_years"|"duration_months"|"severity", number][]} */
const NUMBERS = [["age", "age_years", 130], ["months", "duration_months", 1560], ["severity", "severity", 10]];

/** @returns {State} */
export const empty = () => ({ profile: {}, lens: {}, view: "category", beside: null });

/** A state as the fragment of an address, without the sign in front. @param {State} state */
export function toFragment(state) {
  const words = new URLSearchParams();
  write(words, state.profile, state.lens, "");
  if (state.view !== "category") words.set("view", state.view);
  if (state.beside) {
    words.set("beside", "1");
    write(words, state.beside.profile, state.beside.lens, "b.");
  }
  return words.toString();
}

/** @param {URLSearchParams} words @param {Profile} profile @param {Lens} lens @param {string} prefix */
function write(words, profile, lens, prefix) {
  const put = (/** @type {string} */ key, /** @type {any} */ value) => {
    if (value !== undefined && value !== null && value !== "") words.set(prefix + key, String(value));
  };
  const facts = { ...profile.factors, ...profile.red_flags };
  const having = (/** @type {boolean} */ wanted) => Object.keys(facts).filter((name) => facts[name] === wanted).join(",");
  put("type", profile.pain_type);
  put("mechanism", profile.mechanisms?.join(","));
  put("condition", profile.conditions?.join(","));
  for (const [key, field] of NUMBERS) put(key, profile[field]);
  put("yes", having(true));
  put("no", having(false));
  put("tried", Object.entries(profile.tried || {}).map(([name, outcome]) => `${name}:${outcome}`).join(","));
  put("goal", profile.goals?.join(","));
  put("jurisdiction", lens.jurisdictions?.join(","));
  put("source", lens.sources?.join(","));
  put("asof", lens.as_of);
}

/** The state that a fragment names, and what in it this pack does not know.
 * @param {string} fragment
 * @param {Kit} kit
 * @returns {{state: State, unknown: string[]}}
 */
export function fromFragment(fragment, kit) {
  const words = new URLSearchParams(fragment.replace(/^#/, ""));
  /** @type {string[]} */
  const unknown = [];
  const { profile, lens } = read(words, "", kit, unknown);
  const view = words.get("view") || "category";
  const state = { profile, lens, view: VIEWS.includes(view) ? view : "category", beside: null };
  return { state: words.has("beside") ? { ...state, beside: read(words, "b.", kit, unknown) } : state, unknown };
}

/** @param {URLSearchParams} words @param {string} prefix @param {Kit} kit @param {string[]} unknown */
function read(words, prefix, kit, unknown) {
  const list = (/** @type {string} */ key, /** @type {(word: string) => boolean} */ known) =>
    (words.get(prefix + key) || "").split(",").filter((word) => {
      if (word && !known(word)) unknown.push(word);
      return word && known(word);
    });
  /** @type {Record<string, any>} */
  const profile = {
    pain_type: list("type", (word) => PAIN_TYPES.includes(word))[0],
    mechanisms: list("mechanism", (word) => MECHANISMS.includes(word)),
    conditions: list("condition", (word) => kit.conditions.has(word) || word === "other"),
    goals: list("goal", (word) => kit.goals.has(word)),
    factors: {},
    red_flags: {},
    tried: {},
  };
  for (const [key, field, most] of NUMBERS) {
    const text = words.get(prefix + key);
    const number = Number(text);
    if (text === null) continue;
    if (text.trim() !== "" && number >= 0 && number <= most && (field !== "age_years" || Number.isInteger(number))) {
      profile[field] = number;
    } else {
      unknown.push(`${key} ${text}`);
    }
  }
  for (const [key, value] of /** @type {[string, boolean][]} */ ([["yes", true], ["no", false]])) {
    for (const name of list(key, (word) => kit.factors.has(word) || kit.signs.has(word))) {
      (kit.signs.has(name) ? profile.red_flags : profile.factors)[name] = value;
    }
  }
  const named = (/** @type {string} */ word) => {
    const [name, outcome] = word.split(":");
    return (kit.interventions.has(name) || kit.places.has(name)) && OUTCOMES.includes(outcome);
  };
  for (const word of list("tried", named)) {
    const [name, outcome] = word.split(":");
    profile.tried[name] = outcome;
  }
  const places = new Set([...kit.sources.values()].map((source) => source.jurisdiction));
  const jurisdictions = list("jurisdiction", (word) => places.has(word));
  const sources = list("source", (word) => kit.sources.has(word));
  const day = list("asof", (word) => isDay(word))[0];
  /** @type {Lens} */
  const lens = {
    ...(jurisdictions.length && { jurisdictions }),
    ...(sources.length && { sources }),
    ...(day && { as_of: day }),
  };
  return { profile: plainProfile(profile), lens };
}

/** @param {string} word */
const isDay = (word) => /^\d{4}-\d{2}-\d{2}$/.test(word) && !Number.isNaN(Date.parse(word));
