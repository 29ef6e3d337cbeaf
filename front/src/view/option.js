/** One option: a line in a list, and what opens under it. */
import { h } from "./dom.js";
import {
  AGREEMENT_WORDS, KIND_WORDS, LINE_WORDS, ROLE_WORDS, SAFETY_WORDS, STANCE_WORDS, STATUS_SIGNS, STATUS_WORDS,
  VERIFIED_WORDS, attributeWords, dependsWords, lineWords,
} from "./names.js";
import { why, whyNot } from "../rules/why.js";

/** @typedef {import("../rules/explore.js").Exploration} Exploration */

/** The sign of a status; words stand beside it. @param {string} status */
export const sign = (status) => h("span", { class: `pr-status pr-is-${status}`, "aria-hidden": "true" }, STATUS_SIGNS[status]);

/** One option of a list; what opens under it is made when it is opened.
 * @param {Exploration} exploration
 * @param {string} name
 * @param {{open: Set<string>, ask: (attribute: string) => void}} context
 */
export function optionItem(exploration, name, context) {
  const view = exploration.brief(name);
  const body = h("div", { class: "pr-body" });
  const details = h("details", {
    class: "pr-option", "data-option": name,
    ontoggle: () => {
      if (details.open) {
        context.open.add(name);
        if (!body.childElementCount) body.append(...optionBody(exploration, name));
      } else {
        context.open.delete(name);
      }
    },
  }, h("summary", {},
    sign(view.status),
    h("span", { class: "pr-words" },
      h("span", { class: "pr-name" }, view.label), " ",
      h("span", { class: "pr-line" }, lineWords(view)), " ",
      h("span", { class: `pr-agreement${view.agreement === "mixed" ? " pr-mixed" : ""}` }, AGREEMENT_WORDS[view.agreement]), " ",
      view.safety !== "clear" && h("span", { class: `pr-safety pr-${view.safety}` }, SAFETY_WORDS[view.safety]))), body);
  if (context.open.has(name)) {
    body.append(...optionBody(exploration, name));
    details.open = true;
  }
  return h("li", {}, details);
}

/** @param {Exploration} exploration @param {string} name @returns {Node[]} */
export function optionBody(exploration, name) {
  const view = exploration.option(name);
  const entry = exploration.kit.interventions.get(name);
  const { kit } = exploration;
  const parts = [
    h("p", {}, view.summary),
    entry.helps && h("p", {}, h("strong", {}, "How it may help: "), entry.helps),
    entry.harms?.length && h("p", {}, h("strong", {}, "Harms that sources report: "), entry.harms.join("; ")),
    Object.keys(view.by_mechanism).length > 1 && byMechanism(view),
    lines("What decides", view.positions.map((/** @type {any} */ one) => position(one, kit, name))),
    lines("Also said", view.also_said.map((/** @type {any} */ one) => position(one, kit, name))),
    lines("Care needed", view.cautions.map((/** @type {any} */ one) => caution(one, kit, name))),
    lines("Comes after", view.after.map((/** @type {any} */ one) => (
      h("li", {}, h("strong", {}, one.requires), `: ${one.because} `, h("span", { class: "pr-cite" }, `${one.cited}.`))))),
    view.ask_about.length > 0 && later(`Care that could be needed, if more were known: ${view.ask_about.length}`,
      () => [h("ul", {}, view.ask_about.map((/** @type {any} */ one) => caution(one, kit, name)))]),
    view.definite
      ? h("p", { class: "pr-aside" }, "Nothing that is still unknown could change this.")
      : h("p", {}, h("strong", {}, "Could change with: "), dependsWords(view, exploration)),
    whyPart(exploration, name),
    view.status !== "supported" && whyNotPart(exploration, name),
    entry.asks?.length && lines("Worth asking a clinician", entry.asks.map((/** @type {string} */ text) => h("li", {}, text))),
    related(view, kit),
  ];
  return parts.filter(Boolean);
}

/** @param {string} title @param {Node[]} items */
function lines(title, items) {
  return items.length ? h("section", {}, h("h4", {}, title), h("ul", {}, items)) : null;
}

/** @param {any} view */
function byMechanism(view) {
  return lines("By mechanism", Object.entries(view.by_mechanism).map(([mechanism, one]) => (
    h("li", {}, `${mechanism}: `, sign(one.status), ` ${STATUS_WORDS[one.status]}`,
      one.line && one.line !== "unspecified" && `, ${LINE_WORDS[one.line]}`))));
}

/** @param {any} one @param {import("../rules/kit.js").Kit} kit @param {string} name */
function position(one, kit, name) {
  const line = one.line === "unspecified" ? "" : `, ${LINE_WORDS[one.line]}`;
  const of = one.option === name ? "" : `, of ${kit.label(one.option).toLowerCase()}`;
  const source = kit.sources.get(one.source);
  const where = [source.title, one.locator && `at ${one.locator}`].filter(Boolean).join(", ");
  const period = one.valid_to ? `counted from ${one.valid_from} to ${one.valid_to}` : "";
  const grade = [one.strength && `strength: ${one.strength}`, one.certainty && `certainty: ${one.certainty}`];
  return h("li", { class: `pr-position pr-${one.stance}` },
    h("strong", {}, `${STANCE_WORDS[one.stance]}${line}`), `${of}: ${one.because} `,
    h("span", { class: "pr-cite" }, `${one.cited}. ${where}. `),
    h("span", { class: "pr-aside" }, [
      `About: ${one.population}`, ...grade, one.role && ROLE_WORDS[one.role], period, VERIFIED_WORDS[one.verified],
    ].filter(Boolean).join("; "), "."));
}

/** @param {any} one @param {import("../rules/kit.js").Kit} kit @param {string} name */
function caution(one, kit, name) {
  const of = one.option === name ? "" : `, of ${kit.label(one.option).toLowerCase()}`;
  const asks = one.asks.length ? ` (open: ${one.asks.map((/** @type {string} */ word) => attributeWords(word, kit)).join(", ")})` : "";
  return h("li", {}, h("strong", {}, `${one.severity}, ${one.population}${of}${asks}: `), one.because,
    h("span", { class: "pr-cite" }, ` ${one.cited}.`), h("span", { class: "pr-aside" }, ` ${VERIFIED_WORDS[one.verified]}.`));
}

/** @param {any} view @param {import("../rules/kit.js").Kit} kit */
function related(view, kit) {
  /** @type {Map<string, string[]>} */
  const kinds = new Map();
  for (const { kind, id } of view.related) kinds.set(kind, [...(kinds.get(kind) || []), kit.data.misconceptions[id] || kit.label(id)]);
  if (!kinds.size) return null;
  return lines("How it relates", [...kinds].map(([kind, names]) => (
    h("li", {}, `${KIND_WORDS[kind] || kind.replaceAll("_", " ")}: ${names.join(kind === "refutes" ? " " : ", ")}`))));
}

/** Something that is worked out when it is opened. @param {string} title @param {() => Node[]} make */
function later(title, make) {
  const body = h("div", {});
  const details = h("details", {
    class: "pr-later",
    ontoggle: () => details.open && !body.childElementCount && body.append(...make()),
  }, h("summary", {}, title), body);
  return details;
}

/** @param {Exploration} exploration @param {string} name */
function whyPart(exploration, name) {
  return later("Why?", () => {
    const found = why(exploration, name);
    const all = [...found.decided_by, ...found.also_said];
    if (!all.length) {
      return [h("p", {}, "No position in force speaks of it.", found.members.length > 0 && ` Of its kinds: ${found.members.join("; ")}.`)];
    }
    return [h("ul", {}, all.map((one) => h("li", {},
      h("strong", {}, `${STANCE_WORDS[one.stance]}: ${one.cited}`), ` (rule ${one.rule}${one.role ? `, ${ROLE_WORDS[one.role]}` : ""}) holds because: `,
      one.premises.length ? one.premises.map((premise) => `${premise.condition} (${premise.truth})`).join("; ") : "it speaks of anyone",
      ".")))];
  });
}

/** @param {Exploration} exploration @param {string} name */
function whyNotPart(exploration, name) {
  return later("Why is it not supported?", () => {
    const found = whyNot(exploration, name);
    return [h("ul", {},
      found.reasons.map((text) => h("li", {}, text)),
      found.closest && h("li", {}, `The closest statement for it is about ${found.population} (${found.cited}). Missing: `,
        found.missing.map((one) => `${one.condition} (${one.truth})`).join("; "), "."),
      found.change.length > 0 && h("li", {}, `It would be ${found.becomes} ${found.change.map((one) => one.told).join(", and ")}.`))];
  });
}
