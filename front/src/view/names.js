/** The words and signs that readers see: a status is never colour alone. */

/** @type {Record<string, string>} */
export const STATUS_SIGNS = {
  supported: "✓", not_supported: "✗", contested: "⇄", no_recommendation: "○", not_mentioned: "·", varies: "◐",
};
/** @type {Record<string, string>} */
export const STATUS_WORDS = {
  supported: "supported",
  not_supported: "not supported",
  contested: "contested",
  no_recommendation: "no recommendation made",
  not_mentioned: "not mentioned",
  varies: "varies by mechanism",
};
/** @type {Record<string, string>} */
export const LINE_WORDS = {
  first: "first line",
  adjunct: "as an addition",
  second: "second line",
  third: "third line",
  later: "later line",
  rescue: "rescue",
  unspecified: "no line stated",
};
/** @type {Record<string, string>} */
export const AGREEMENT_WORDS = {
  consensus_for: "sources agree",
  consensus_against: "sources agree against it",
  mixed: "sources disagree",
  single_source: "one source",
  none: "no source takes a side",
  varies: "agreement varies by mechanism",
};
/** @type {Record<string, string>} */
export const SAFETY_WORDS = {
  clear: "", monitor: "! monitor", caution: "! caution", avoid: "!! avoid", contraindicated: "!!! contraindicated",
};
/** @type {Record<string, string>} */
export const STANCE_WORDS = { supports: "for", opposes: "against", no_recommendation: "makes no recommendation" };
/** @type {Record<string, string>} */
export const ROLE_WORDS = {
  history: "no longer counts",
  replaced: "replaced by something narrower of the same source",
  example: "said of its class",
  broader: "said more generally",
};
/** @type {Record<string, string>} */
export const MODE_WORDS = {
  explore: "What sources support",
  ask_first: "Too little is known: ask first",
  evaluate_first: "A red flag: assessment comes first",
};
/** @type {Record<string, string>} */
export const VERIFIED_WORDS = {
  page: "checked on the source's own page or abstract",
  secondary: "checked on a page that quotes the source",
  unverified: "not yet checked against the source",
};
/** @type {Record<string, string>} */
export const OUTCOME_WORDS = { helped: "helped", not_enough: "not enough", not_tolerated: "not tolerated" };
/** @type {Record<string, string>} */
export const KIND_WORDS = {
  addresses: "addresses",
  alternative_to: "alternative to",
  assessed_with: "assessed with",
  complements: "goes together with",
  delivered_by: "delivered by",
  enables: "makes possible",
  interacts_with: "interacts with",
  offered_in: "offered in",
  refutes: "speaks against the belief",
  serves: "serves the goal",
  spares: "may spare",
};
/** @type {Record<string, string>} */
const FIELDS = {
  pain_type: "pain type", mechanism: "mechanism", condition: "condition", age: "age", duration: "months of pain",
  severity: "intensity",
};

/** What something depends on, in words. @param {string} name @param {import("../rules/kit.js").Kit} kit */
export function attributeWords(name, kit) {
  if (name.startsWith("tried.")) return `whether ${kit.label(name.slice(6)).toLowerCase()} was tried`;
  return FIELDS[name] || kit.label(name).toLowerCase();
}

/** Line or status, and whom it is said of. @param {any} view */
export function lineWords(view) {
  const words = view.line && view.line !== "unspecified" ? LINE_WORDS[view.line] : STATUS_WORDS[view.status];
  if (view.status === "varies" && view.supported_for.length) {
    return `${words}, for ${view.supported_for.join(" and ")} pain`;
  }
  return view.about ? `${words} in ${view.about}` : words;
}

/** What the status of an option depends on, what is only inferred marked.
 * @param {any} view
 * @param {import("../rules/explore.js").Exploration} exploration
 */
export function dependsWords(view, exploration) {
  const known = new Map(exploration.suggested.taken.map((one) => [one.name || one.attribute, one.value]));
  return view.depends_on.map((/** @type {string} */ name) => {
    const words = attributeWords(name, exploration.kit);
    return view.presumed.includes(name) && known.has(name) ? `${words} (if it is ${known.get(name)}, as inferred)` : words;
  }).join(", ");
}

/** A profile in one line of words.
 * @param {import("../rules/facts.js").Profile} profile
 * @param {import("../rules/kit.js").Kit} kit
 */
export function profileWords(profile, kit) {
  const list = (/** @type {string[]|undefined} */ names) => (names || []).map((name) => kit.label(name).toLowerCase()).join(", ");
  const facts = [...Object.entries(profile.factors || {}), ...Object.entries(profile.red_flags || {})]
    .map(([name, value]) => `${value ? "" : "no "}${kit.label(name).toLowerCase()}`).join(", ");
  const tried = Object.entries(profile.tried || {})
    .map(([name, outcome]) => `${kit.label(name).toLowerCase()} ${OUTCOME_WORDS[outcome]}`).join(", ");
  const parts = [
    profile.pain_type && `pain type ${profile.pain_type}`,
    profile.mechanisms?.length && `mechanism ${list(profile.mechanisms)}`,
    profile.conditions?.length && `condition ${list(profile.conditions)}`,
    profile.age_years !== undefined && `age ${profile.age_years}`,
    profile.duration_months !== undefined && `months of pain ${profile.duration_months}`,
    profile.severity !== undefined && `intensity ${profile.severity}`,
    facts && `facts ${facts}`,
    tried && `tried ${tried}`,
    profile.goals?.length && `goals ${list(profile.goals)}`,
  ];
  return parts.filter(Boolean).join("; ") || "nothing is known yet";
}

/** A fact that was inferred, in words. @param {any} one @param {import("../rules/kit.js").Kit} kit */
export function inferredWords(one, kit) {
  if (kit.factors.has(one.attribute)) return one.value === "yes" ? kit.label(one.attribute) : `no ${kit.label(one.attribute)}`;
  return `${attributeWords(one.attribute, kit)} ${one.value}`;
}

/** A lens in one line of words, or an empty text. @param {import("../rules/lens.js").Lens} lens */
export function lensWords(lens) {
  return [
    lens.sources && `sources ${lens.sources.join(", ")}`,
    lens.jurisdictions && `jurisdictions ${lens.jurisdictions.join(", ")}`,
    lens.as_of && `as of ${lens.as_of}`,
  ].filter(Boolean).join("; ");
}
