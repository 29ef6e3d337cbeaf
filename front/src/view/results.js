/** What the rules say: the part that follows the state. */
import { compare } from "../rules/kit.js";
import { h } from "./dom.js";
import { optionItem } from "./option.js";
import { picture } from "./graph.js";
import { key } from "./key.js";
import { MODE_WORDS, STATUS_SIGNS, STATUS_WORDS, inferredWords, lensWords, profileWords } from "./names.js";

/** @typedef {import("../rules/explore.js").Exploration} Exploration */
/** @typedef {import("./app.js").Store} Store */

const VIEW_WORDS = { category: "By category", domain: "By domain", graph: "Graph", sources: "Sources" };
const DOMAINS = ["biological", "psychological", "social", "spiritual"];

/** @param {Exploration} exploration @param {Store} store @returns {Node[]} */
export function results(exploration, store) {
  const { kit } = exploration;
  const shown = exploration.mode === "evaluate_first" ? exploration.deferred : exploration.listed;
  return [
    h("p", { class: "pr-about" }, h("strong", {}, "About: "), profileWords(exploration.profile, kit)),
    lensWords(exploration.lens) && h("p", { class: "pr-about" }, h("strong", {}, "Only: "), lensWords(exploration.lens)),
    ...exploration.red_flags.map((flag) => h("p", { class: "pr-flag", role: "alert" },
      h("strong", {}, `Red flag, ${flag.urgency}: `),
      `${flag.signs.map((name) => kit.label(name)).join(", ")}. ${flag.because} `, cite(flag.cited))),
    ...exploration.inferred.filter((one) => one.taken).map((one) => h("p", { class: "pr-note" },
      h("strong", {}, "Inferred: "), `${inferredWords(one, kit)}. ${one.because} `, cite(one.cited))),
    ...exploration.warnings.map((text) => h("p", { class: "pr-note" }, h("strong", {}, "Note: "), text)),
    h("h2", { class: "pr-mode", tabindex: "-1" }, heading(exploration)),
    exploration.mode === "evaluate_first" && h("p", {}, shown.length
      ? "Assessment comes first. What sources would support without the red flag is kept back below."
      : "Assessment comes first."),
    exploration.mode === "ask_first" && h("p", {},
      "Say the pain type, a mechanism or a condition to see what sources support. An example: ",
      h("button", { type: "button", onclick: () => example(store) }, "chronic pain with sciatica")),
    questions(exploration, store),
    exploration.mode === "evaluate_first"
      ? shown.length > 0 && h("details", { class: "pr-kept" },
        h("summary", {}, `${shown.length} options kept back until assessment`), views(exploration, shown, store))
      : views(exploration, shown, store),
  ].filter(Boolean);
}

/** @param {string} cited */
const cite = (cited) => h("span", { class: "pr-cite" }, `Source: ${cited}.`);

/** @param {Exploration} exploration */
const heading = ({ mode, listed }) => (mode === "explore"
  ? `${plural(listed.length, "option that sources support", "options that sources support")}` : MODE_WORDS[mode]);

/** Something to begin with, where the pack knows it. @param {Store} store */
function example(store) {
  store.change((state) => ({
    ...state, profile: { ...state.profile, pain_type: "chronic", ...(store.knows("sciatica") && { conditions: ["sciatica"] }) },
  }));
}

/** @param {Exploration} exploration @param {string[]} shown @param {Store} store */
function views(exploration, shown, store) {
  const { view } = store.state;
  const names = /** @type {(keyof typeof VIEW_WORDS)[]} */ (Object.keys(VIEW_WORDS));
  const choose = (/** @type {string} */ name) => store.change((state) => ({ ...state, view: name }));
  const tabs = h("div", { class: "pr-tabs", role: "tablist", "aria-label": "How to show it" }, names.map((name, place) => h("button", {
    type: "button", role: "tab", id: `pr-tab-${name}`, "aria-selected": String(view === name), "aria-controls": "pr-panel",
    tabindex: view === name ? "0" : "-1", "data-key": `tab-${name}`,
    onclick: () => choose(name),
    onkeydown: (/** @type {KeyboardEvent} */ event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const next = names[(place + step + names.length) % names.length];
      const tree = /** @type {Document|ShadowRoot} */ (tabs.getRootNode());
      choose(next);
      /** @type {HTMLElement|null} */ (tree.querySelector(`[data-key="tab-${next}"]`))?.focus();
    },
  }, VIEW_WORDS[name])));
  const context = { open: store.open, ask: () => {} };
  const list = (/** @type {string[]} */ found) => h("ul", { class: "pr-options" },
    found.map((name) => optionItem(exploration, name, context)));
  const rest = exploration.order.filter((name) => !shown.includes(name));
  const content = {
    category: () => [...byCategory(exploration, shown, list), other(exploration, rest, list), elsewhere(exploration)],
    domain: () => [...byDomain(exploration, shown, list), other(exploration, rest, list), elsewhere(exploration)],
    graph: () => [picture(exploration, shown, store)],
    sources: () => [sources(exploration)],
  }[/** @type {keyof typeof VIEW_WORDS} */ (view)]();
  return h("div", {}, tabs, key(), h("div", {
    class: "pr-panel", id: "pr-panel", role: "tabpanel", "aria-labelledby": `pr-tab-${view}`, tabindex: "0",
  }, content), disagreements(exploration));
}

/** @param {Exploration} exploration @param {string[]} shown @param {(names: string[]) => Node} list */
function byCategory(exploration, shown, list) {
  const { kit } = exploration;
  return kit.categories.flatMap((category) => {
    const found = shown.filter((name) => kit.interventions.get(name).category === category);
    return found.length ? [h("section", {}, h("h3", {}, kit.label(category), count(found)), list(found))] : [];
  });
}

/** @param {Exploration} exploration @param {string[]} shown @param {(names: string[]) => Node} list */
function byDomain(exploration, shown, list) {
  return DOMAINS.flatMap((domain) => {
    const found = shown.filter((name) => exploration.kit.interventions.get(name).domains.includes(domain));
    const title = domain.charAt(0).toUpperCase() + domain.slice(1);
    return found.length ? [h("section", {}, h("h3", {}, title, count(found)), list(found))] : [];
  });
}

/** @param {string[]} found */
const count = (found) => h("span", { class: "pr-count" }, ` ${found.length}`);

/** What is not listed, by status. @param {Exploration} exploration @param {string[]} rest @param {(names: string[]) => Node} list */
function other(exploration, rest, list) {
  if (!rest.length) return null;
  const groups = OTHERS.map((status) => (
    { status, names: rest.filter((name) => exploration.brief(name).status === status) })).filter(({ names }) => names.length);
  const more = rest.length < exploration.order.length ? "more " : "";
  const told = groups.map(({ status, names }) => `${names.length} ${OTHER_WORDS[status]}`).join(", ");
  return later("pr-rest", `${plural(rest.length, `${more}option`, `${more}options`)} that sources speak of: ${told}`,
    () => groups.map(({ status, names }) => h("section", {},
      h("h3", {}, h("span", { "aria-hidden": "true" }, `${STATUS_SIGNS[status]} `), capital(OTHER_WORDS[status]), count(names)),
      list(names))));
}

const OTHERS = ["contested", "varies", "not_supported", "no_recommendation", "supported", "not_mentioned"];
/** @type {Record<string, string>} */
const OTHER_WORDS = {
  ...STATUS_WORDS,
  supported: "supported but not listed",
  not_mentioned: "not mentioned themselves, but their class is",
};

/** @param {string} word */
const capital = (word) => word.charAt(0).toUpperCase() + word.slice(1);

/** What one more condition would bring. @param {Exploration} exploration */
function elsewhere(exploration) {
  const { kit } = exploration;
  if (!exploration.openConditions().length) return null;
  return later("pr-rest", "Which options would a condition bring?", () => {
    /** @type {Map<string, string[]>} */
    const found = new Map();
    for (const [option, conditions] of Object.entries(exploration.in_conditions)) {
      for (const name of conditions || []) found.set(name, [...(found.get(name) || []), kit.label(option)]);
    }
    if (!found.size) return [h("p", {}, "None that are not listed already.")];
    const rows = [...found].sort(([a, one], [b, other]) => other.length - one.length || compare(kit.label(a), kit.label(b)));
    return [h("p", { class: "pr-aside" }, "If one of these conditions were known too, sources would support more:"),
      ...rows.map(([name, options]) => h("details", { class: "pr-later" },
        h("summary", {}, `${kit.label(name)}: ${options.length} more`), h("p", {}, options.sort(compare).join(", "))))];
  });
}

/** What is made when it is opened. @param {string} name @param {string} title @param {() => Node[]} make */
function later(name, title, make) {
  const body = h("div", {});
  const details = h("details", {
    class: name, ontoggle: () => details.open && !body.childElementCount && body.append(...make()),
  }, h("summary", {}, title), body);
  return details;
}

/** What can be answered in a word. @param {string} attribute @param {Exploration} exploration @returns {[string, object][]} */
function answers(attribute, { kit, profile }) {
  if (kit.factors.has(attribute)) {
    return [true, false].map((value) => [value ? "yes" : "no", { factors: { ...profile.factors, [attribute]: value } }]);
  }
  if (attribute === "pain_type") return ["acute", "subacute", "chronic", "cancer"].map((value) => [value, { pain_type: value }]);
  if (attribute !== "mechanism") return [];
  return ["nociceptive", "neuropathic", "nociplastic"].map((value) => [value, { mechanisms: [value] }]);
}

/** What to ask next; what takes a word can be answered here. @param {Exploration} exploration @param {Store} store */
function questions(exploration, store) {
  const body = h("ol", {});
  const answer = (/** @type {object} */ changes) => store.change((state) => (
    { ...state, profile: { ...state.profile, ...changes } }));
  const fill = () => {
    if (body.childElementCount) return;
    body.append(...exploration.next_questions.slice(0, 8).map((one) => h("li", {}, `${one.question} `,
      h("span", { class: "pr-aside" }, `Bears on ${effects(one)}. `),
      answers(one.attribute, exploration).map(([word, changes]) => h("button", {
        type: "button", class: "pr-answer", "aria-label": `${capital(word)}: ${one.question}`, onclick: () => answer(changes),
      }, word)))));
  };
  const open = store.asking ?? exploration.mode === "ask_first";
  const details = h("details", {
    class: "pr-questions", open,
    ontoggle: () => {
      if (details.open !== open) store.asking = details.open;
      if (details.open) fill();
    },
  }, h("summary", {}, "Worth asking next"), body);
  if (open) fill();
  return details;
}

/** @param {number} number @param {string} one @param {string} many */
const plural = (number, one, many) => `${number} ${number === 1 ? one : many}`;

/** What an answer bears on. @param {{options: number, cautions: number}} one */
const effects = ({ options, cautions }) => [
  options > 0 && plural(options, "status", "statuses"), cautions > 0 && plural(cautions, "caution", "cautions"),
].filter(Boolean).join(" and ") || "what is asked next";

/** @param {Exploration} exploration */
function disagreements(exploration) {
  const found = exploration.disagreements;
  if (!found.length) return null;
  return h("details", { class: "pr-disagree" },
    h("summary", {}, `Where sources disagree: ${plural(found.length, "option", "options")}`),
    h("ul", {}, found.map((one) => h("li", {}, h("strong", {}, one.label),
      ` for it: ${one.supports.join(", ") || "none"}; against it: ${one.opposes.join(", ") || "none"}`))));
}

/** All sources that speak here. @param {Exploration} exploration */
function sources(exploration) {
  const { kit, resolution } = exploration;
  const counts = new Map();
  for (const name of exploration.order) {
    for (const rule of resolution.positions(name)) counts.set(rule.source, (counts.get(rule.source) || 0) + 1);
  }
  const rows = [...counts].map(([id, positions]) => ({ ...kit.sources.get(id), id, positions }))
    .sort((a, b) => b.positions - a.positions || b.year - a.year || (a.id < b.id ? -1 : 1));
  return h("div", { class: "pr-scroll", role: "region", "aria-label": "Sources", tabindex: "0" }, h("table", {},
    h("caption", {}, "Sources whose positions decide here"),
    h("thead", {}, h("tr", {}, ["Source", "Title", "Positions"].map((word) => h("th", { scope: "col" }, word)))),
    h("tbody", {}, rows.map((one) => h("tr", {}, h("th", { scope: "row" }, kit.cited(one.id)), h("td", {}, one.title, one.number && `, ${one.number}`, one.doi && [" ", doi(one.doi)]),
      h("td", {}, one.positions))))));
}

/** A link that is followed only when a reader wants it. @param {string} name */
const doi = (name) => h("a", { href: `https://doi.org/${encodeURIComponent(name).replaceAll("%2F", "/")}`, rel: "noreferrer" }, `doi ${name}`);
