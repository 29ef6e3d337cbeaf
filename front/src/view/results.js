/** What the rules say: the part that follows the state. */
import { h } from "./dom.js";
import { optionItem } from "./option.js";
import { picture } from "./graph.js";
import { MODE_WORDS, inferredWords, lensWords, profileWords } from "./names.js";

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
      `${flag.signs.map((name) => kit.label(name)).join(", ")}. ${flag.because} (${flag.cited})`)),
    ...exploration.inferred.filter((one) => one.taken).map((one) => h("p", { class: "pr-note" },
      h("strong", {}, "Inferred: "), `${inferredWords(one, kit)}. ${one.because} (${one.cited})`)),
    ...exploration.warnings.map((text) => h("p", { class: "pr-note" }, h("strong", {}, "Note: "), text)),
    h("h2", { class: "pr-mode", tabindex: "-1" }, MODE_WORDS[exploration.mode]),
    exploration.mode === "evaluate_first" && h("p", {}, shown.length
      ? "Assessment comes first. What sources would support without the red flag is kept back below."
      : "Assessment comes first."),
    exploration.mode === "ask_first" && h("p", {}, "Say the pain type, a mechanism or a condition to see options."),
    questions(exploration, store),
    exploration.mode === "evaluate_first"
      ? shown.length > 0 && h("details", { class: "pr-kept" },
        h("summary", {}, `${shown.length} options kept back until assessment`), views(exploration, shown, store))
      : views(exploration, shown, store),
  ].filter(Boolean);
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
    category: () => [...byCategory(exploration, shown, list), other(rest, list)],
    domain: () => [...byDomain(exploration, shown, list), other(rest, list)],
    graph: () => [picture(exploration, shown, store)],
    sources: () => [sources(exploration)],
  }[/** @type {keyof typeof VIEW_WORDS} */ (view)]();
  return h("div", {}, tabs, h("div", {
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

/** @param {string[]} rest @param {(names: string[]) => Node} list */
function other(rest, list) {
  if (!rest.length) return null;
  const body = h("div", {});
  const details = h("details", {
    class: "pr-rest", ontoggle: () => details.open && !body.childElementCount && body.append(list(rest)),
  }, h("summary", {}, `${rest.length} more options that sources speak of`), body);
  return details;
}

/** What to ask next; a factor can be answered here. @param {Exploration} exploration @param {Store} store */
function questions(exploration, store) {
  const { kit } = exploration;
  const body = h("ol", {});
  const answer = (/** @type {string} */ name, /** @type {boolean} */ value) => store.change((state) => (
    { ...state, profile: { ...state.profile, factors: { ...state.profile.factors, [name]: value } } }));
  const fill = () => {
    if (body.childElementCount) return;
    body.append(...exploration.next_questions.slice(0, 8).map((one) => h("li", {}, `${one.question} `,
      h("span", { class: "pr-aside" }, `(${plural(one.options, "status", "statuses")}, ${plural(one.cautions, "caution", "cautions")}) `),
      kit.factors.has(one.attribute) && [true, false].map((value) => h("button", {
        type: "button", class: "pr-answer", "aria-label": `${value ? "Yes" : "No"}: ${one.question}`,
        onclick: () => answer(one.attribute, value),
      }, value ? "yes" : "no")))));
  };
  const details = h("details", {
    class: "pr-questions", open: store.asking,
    ontoggle: () => {
      store.asking = details.open;
      if (details.open) fill();
    },
  }, h("summary", {}, "Worth asking next"), body);
  if (store.asking) fill();
  return details;
}

/** @param {number} number @param {string} one @param {string} many */
const plural = (number, one, many) => `${number} ${number === 1 ? one : many}`;

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
  const rows = [...counts].map(([id, number]) => ({ id, number, ...kit.sources.get(id) }))
    .sort((a, b) => b.number - a.number || b.year - a.year || (a.id < b.id ? -1 : 1));
  return h("div", { class: "pr-scroll", role: "region", "aria-label": "Sources", tabindex: "0" }, h("table", {},
    h("caption", {}, "Sources whose positions decide here"),
    h("thead", {}, h("tr", {}, ["Issuer", "Year", "Jurisdiction", "Title", "Positions"].map((word) => h("th", { scope: "col" }, word)))),
    h("tbody", {}, rows.map((one) => h("tr", {}, h("th", { scope: "row" }, one.issuer), h("td", {}, one.year),
      h("td", {}, one.jurisdiction), h("td", {}, one.title, one.doi && h("span", { class: "pr-aside" }, ` doi ${one.doi}`)),
      h("td", {}, one.number))))));
}
