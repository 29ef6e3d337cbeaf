/**
 * Lenses: which sources speak, and on which day. A lens never hides a warning.
 */

/** @typedef {import("./kit.js").Kit} Kit */
/** @typedef {import("./kit.js").Rule} Rule */

/**
 * @typedef {object} Lens
 * @property {string[]|null} [sources]
 * @property {string[]|null} [jurisdictions]
 * @property {string|null} [as_of]  a day: 2020-12-31
 */

/**
 * What a lens lets through, for each rule by its number.
 * @typedef {object} Masks
 * @property {Uint8Array} allowed
 * @property {Uint8Array} dated
 * @property {Uint8Array} standing
 * @property {Uint8Array} through  the positions among the allowed ones
 * @property {Uint8Array} active  those of them that count on the day
 */

/** @param {Kit} kit @param {Lens} lens @returns {Masks} */
export function masksOf(kit, lens) {
  const sources = lens.sources ? new Set(lens.sources) : null;
  const places = lens.jurisdictions ? new Set(lens.jurisdictions) : null;
  const day = lens.as_of || kit.data.today;
  const limited = (/** @type {Rule} */ rule) =>
    rule.kind === "position" || (rule.kind === "step" && rule.step !== "safeguard");
  const allowed = (/** @type {Rule} */ rule) => !limited(rule)
    || ((!sources || sources.has(rule.source))
      && (!places || places.has(kit.sources.get(rule.source).jurisdiction)));
  const holds = (/** @type {Rule} */ rule, /** @type {string} */ on) => rule.from_day <= on && on < rule.to_day;
  const mask = (/** @type {(rule: Rule) => boolean} */ test) => Uint8Array.from(kit.rules, (rule) => Number(test(rule)));
  const position = (/** @type {Rule} */ rule) => rule.kind === "position" && allowed(rule);
  return {
    allowed: mask(allowed),
    dated: mask((rule) => holds(rule, day)),
    standing: mask((rule) => holds(rule, kit.data.today)),
    through: mask(position),
    active: mask((rule) => position(rule) && holds(rule, day)),
  };
}
