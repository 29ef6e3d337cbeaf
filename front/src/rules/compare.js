/** What differs between two explorations, option by option, as `painrules.compare` has it. */
import { compare } from "./kit.js";

/** @typedef {import("./explore.js").Exploration} Exploration */
/** @typedef {{option: string, differs: string[]}} Difference */

/** The options on which two explorations differ, by category and name, and in what.
 * @param {Exploration} one
 * @param {Exploration} other
 * @returns {Difference[]}
 */
export function differences(one, other) {
  const { kit } = one;
  const place = (/** @type {string} */ name) => kit.places.get(kit.interventions.get(name).category) ?? 0;
  return [...kit.interventions.keys()]
    .map((option) => ({ option, differs: differing(one, other, option) }))
    .filter(({ differs }) => differs.length)
    .sort((a, b) => place(a.option) - place(b.option)
      || kit.interventions.get(a.option).rank - kit.interventions.get(b.option).rank || compare(a.option, b.option));
}

/** @param {Exploration} one @param {Exploration} other @param {string} name @returns {string[]} */
function differing(one, other, name) {
  const [a, b] = [one, other].map(({ resolution }) => {
    const { status, line, agreement, by_mechanism: each } = resolution.outcome(name);
    const ids = (/** @type {{id: string}[]} */ rules) => rules.map((rule) => rule.id).join(" ");
    return {
      status,
      line,
      agreement,
      safety: resolution.safety(name),
      supported_for: each.filter(([, found]) => found.status === "supported").map(([mechanism]) => mechanism).join(" "),
      cautions: ids(resolution.cautions(name)),
      after: ids(resolution.after(name)),
    };
  });
  const fields = /** @type {(keyof typeof a)[]} */ (Object.keys(a));
  return fields.filter((field) => a[field] !== b[field] && (field !== "supported_for" || (a[field] && b[field])));
}
