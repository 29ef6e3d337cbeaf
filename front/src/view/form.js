/** What is known: the part in which readers say it. Controls stay; only what they show follows the state. */
import { combobox } from "./combobox.js";
import { h, unique } from "./dom.js";
import { OUTCOME_WORDS } from "./names.js";
import { Search } from "../rules/words.js";
import { plainProfile } from "../rules/explore.js";
import { compare } from "../rules/kit.js";

/** @typedef {import("../rules/kit.js").Kit} Kit */
/** @typedef {import("../rules/facts.js").Profile} Profile */
/** @typedef {import("./state.js").State} State */
/** @typedef {import("./app.js").Store} Store */

const PAIN_TYPES = ["acute", "subacute", "chronic", "cancer"];
const MECHANISMS = ["nociceptive", "neuropathic", "nociplastic"];

/** @param {Kit} kit @param {Store} store */
export function form(kit, store) {
  /** @type {((state: State) => void)[]} */
  const followers = [];
  const follow = (/** @type {(state: State) => void} */ show) => followers.push(show);
  /** @param {Partial<Profile>} changes */
  const set = (changes) => store.change((state) => (
    { ...state, profile: plainProfile({ ...state.profile, ...changes }) }));
  /** @param {import("../rules/lens.js").Lens} changes */
  const look = (changes) => store.change((state) => {
    const lens = Object.fromEntries(Object.entries({ ...state.lens, ...changes })
      .filter(([, value]) => value && value.length));
    return { ...state, lens };
  });

  const element = h("form", { class: "pr-form", "aria-label": "What is known", onsubmit: stop }, [
    h("p", { class: "pr-hint" }, "Leave out what you do not know: the page then says what depends on it."),
    painType(set, follow, kit),
    mechanisms(set, follow, kit),
    conditions(set, follow, kit),
    numbers(set, follow),
    facts(set, follow, kit, store),
    tried(set, follow, kit, store),
    goals(set, follow, kit),
    lenses(look, follow, kit),
  ]);
  const show = (/** @type {State} */ state) => followers.forEach((one) => one(state));
  return { element, show };
}

/** @param {Event} event */
function stop(event) {
  event.preventDefault();
}

/** @typedef {(changes: Partial<Profile>) => void} Setter */
/** @typedef {(show: (state: State) => void) => void} Follow */

/** @param {Setter} set @param {Follow} follow @param {Kit} kit */
function painType(set, follow, kit) {
  const name = unique("type");
  const choices = ["", ...PAIN_TYPES].map((value) => {
    const input = h("input", {
      type: "radio", name, value, onchange: () => set({ pain_type: value || undefined }),
    });
    follow((state) => {
      input.checked = (state.profile.pain_type || "") === value;
    });
    return h("label", {}, input, value ? short(kit.label(value)) : "not known");
  });
  return h("fieldset", {}, h("legend", {}, "Pain type"), h("div", { class: "pr-choices" }, choices));
}

/** A label without the word that all of them share. @param {string} label */
const short = (label) => label.replace(/ pain$/i, "").replace(/^./, (letter) => letter.toLowerCase());

/** @param {Setter} set @param {Follow} follow @param {Kit} kit */
function mechanisms(set, follow, kit) {
  /** @type {Profile} */
  let known = {};
  const choices = MECHANISMS.map((value) => {
    const input = h("input", {
      type: "checkbox",
      value,
      onchange: () => {
        const others = (known.mechanisms || []).filter((one) => one !== value);
        set({ mechanisms: input.checked ? [...others, value] : others });
      },
    });
    follow((state) => {
      input.checked = Boolean(state.profile.mechanisms?.includes(value));
    });
    return h("label", {}, input, short(kit.label(value)));
  });
  follow((state) => {
    known = state.profile;
  });
  return h("fieldset", {}, h("legend", {}, "Mechanism: one or several"), h("div", { class: "pr-choices" }, choices));
}

/** What was chosen, each with a way to take it back.
 * @param {string} label
 * @param {(string|Node)[]} content
 * @param {() => void} remove
 */
function chip(label, content, remove) {
  return h("li", { class: "pr-chip" }, content, h("button", {
    type: "button", class: "pr-remove", "aria-label": `Remove ${label}`, onclick: remove,
  }, "×"));
}

/** @param {Setter} set @param {Follow} follow @param {Kit} kit */
function conditions(set, follow, kit) {
  const search = new Search([...kit.conditions, ["other", { label: "Another condition", synonyms: ["other", "unlisted"] }]]);
  /** @type {string[]} */
  let known = [];
  const list = h("ul", { class: "pr-chips" });
  follow((state) => {
    known = state.profile.conditions || [];
    list.replaceChildren(...known.map((name) => {
      const label = name === "other" ? "Another condition" : kit.label(name);
      return chip(label, [label], () => set({ conditions: known.filter((one) => one !== name) }));
    }));
    list.hidden = !known.length;
  });
  const box = combobox({
    label: "Condition", hint: "name, synonym or ICD code", find: (typed) => search.find(typed),
    choose: (id) => set({ conditions: [...known, id] }),
  });
  return h("div", { class: "pr-field" }, box, list);
}

/** @param {Setter} set @param {Follow} follow */
function numbers(set, follow) {
  /** @type {[string, "age_years"|"duration_months"|"severity", number, string][]} */
  const fields = [
    ["Age", "age_years", 130, "1"],
    ["Months of pain", "duration_months", 1560, "any"],
    ["Intensity 0\u2060–\u206010", "severity", 10, "any"],
  ];
  return h("div", { class: "pr-numbers" }, fields.map(([label, field, most, step]) => {
    const id = unique("number");
    const error = h("span", { class: "pr-error", role: "alert" });
    const input = h("input", {
      id, type: "number", min: 0, max: most, step, inputmode: "decimal",
      oninput: () => {
        const number = input.valueAsNumber;
        const empty = input.value === "" && !input.validity.badInput;
        const good = empty || (input.validity.valid && number >= 0 && number <= most);
        error.textContent = good ? "" : `from 0 to ${most}${step === "1" ? ", whole" : ""}`;
        input.setAttribute("aria-invalid", String(!good));
        if (good) set({ [field]: empty ? undefined : number });
      },
    });
    follow((state) => {
      const value = state.profile[field];
      if (document.activeElement !== input && !(input.getRootNode().activeElement === input)) {
        input.value = value === undefined ? "" : String(value);
      }
    });
    return h("div", { class: "pr-field" }, h("label", { for: id }, label), input, error);
  }));
}

/** @param {Setter} set @param {Follow} follow @param {Kit} kit @param {Store} store */
function facts(set, follow, kit, store) {
  const search = new Search([...kit.factors, ...kit.signs]);
  const field = (/** @type {string} */ name) => (kit.signs.has(name) ? "red_flags" : "factors");
  /** @param {string} name @param {boolean|null} value */
  const put = (name, value) => {
    const where = field(name);
    const known = { ...store.state.profile[where] };
    if (value === null) delete known[name];
    else known[name] = value;
    set({ [where]: known });
  };
  const list = h("ul", { class: "pr-facts" });
  follow((state) => {
    const known = { ...state.profile.factors, ...state.profile.red_flags };
    const names = Object.keys(known).sort((a, b) => compare(kit.label(a), kit.label(b)));
    const focused = focusedKey(list);
    list.replaceChildren(...names.map((name) => {
      const group = unique("fact");
      const label = kit.label(name);
      const options = /** @type {[string, boolean|null][]} */ ([["yes", true], ["no", false], ["not known", null]]);
      return h("li", {}, h("fieldset", { class: kit.signs.has(name) ? "pr-sign" : "" },
        h("legend", {}, label, kit.signs.has(name) && h("span", { class: "pr-aside" }, " (red flag)")),
        h("div", { class: "pr-choices" }, options.map(([word, value]) => h("label", {}, h("input", {
          type: "radio", name: group, checked: known[name] === value, "data-key": `${name}=${word}`,
          onchange: () => put(name, value),
        }), word)))));
    }));
    list.hidden = !names.length;
    if (focused) list.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
  });
  const box = combobox({
    label: "Facts and red flags", hint: "such as pregnancy, kidney, fall", find: (typed) => search.find(typed),
    choose: (id) => put(id, true),
  });
  return h("div", { class: "pr-field" }, box, list);
}

/** The key of what has the focus within a list, so that it can be given back. @param {HTMLElement} list */
function focusedKey(list) {
  const root = /** @type {Document|ShadowRoot} */ (list.getRootNode());
  const focused = root.activeElement;
  return focused && list.contains(focused) ? focused.getAttribute("data-key") : null;
}

/** @param {Setter} set @param {Follow} follow @param {Kit} kit @param {Store} store */
function tried(set, follow, kit, store) {
  const categories = kit.categories.map((name) => /** @type {[string, any]} */ ([name, { label: kit.label(name) }]));
  const search = new Search([...kit.interventions, ...categories]);
  const list = h("ul", { class: "pr-chips pr-wide" });
  const put = (/** @type {string} */ name, /** @type {string|null} */ outcome) => {
    const known = { ...store.state.profile.tried };
    if (outcome === null) delete known[name];
    else known[name] = outcome;
    set({ tried: known });
  };
  follow((state) => {
    const known = state.profile.tried || {};
    const focused = focusedKey(list);
    list.replaceChildren(...Object.keys(known).map((name) => {
      const label = kit.label(name);
      const select = h("select", {
        "aria-label": `What came of ${label}`, "data-key": name,
        onchange: (/** @type {any} */ event) => put(name, event.target.value),
      }, Object.entries(OUTCOME_WORDS).map(([value, word]) => h("option", { value, selected: known[name] === value }, word)));
      return chip(label, [`${label}: `, select], () => put(name, null));
    }));
    list.hidden = !Object.keys(known).length;
    if (focused) list.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
  });
  const box = combobox({
    label: "What was tried", hint: "an option or a kind of care", find: (typed) => search.find(typed),
    choose: (id) => put(id, "not_enough"),
  });
  return h("div", { class: "pr-field" }, box, list);
}

/** @param {Setter} set @param {Follow} follow @param {Kit} kit */
function goals(set, follow, kit) {
  if (!kit.goals.size) return null;
  /** @type {string[]} */
  let known = [];
  follow((state) => {
    known = state.profile.goals || [];
  });
  return h("details", { class: "pr-more" }, h("summary", {}, "What matters (changes the order only)"),
    h("div", { class: "pr-choices pr-column" }, [...kit.goals.keys()].map((name) => {
      const input = h("input", {
        type: "checkbox",
        onchange: () => set({ goals: input.checked ? [...known, name] : known.filter((one) => one !== name) }),
      });
      follow((state) => {
        input.checked = Boolean(state.profile.goals?.includes(name));
      });
      return h("label", {}, input, kit.label(name));
    })));
}

/** @param {(lens: import("../rules/lens.js").Lens) => void} look @param {Follow} follow @param {Kit} kit */
function lenses(look, follow, kit) {
  const places = [...new Set([...kit.sources.values()].map((source) => source.jurisdiction))].sort(compare);
  /** @type {string[]} */
  let chosen = [];
  /** @type {string[]} */
  let named = [];
  const boxes = places.map((place) => {
    const input = h("input", {
      type: "checkbox",
      onchange: () => look({ jurisdictions: input.checked ? [...chosen, place] : chosen.filter((one) => one !== place) }),
    });
    follow((state) => {
      input.checked = Boolean(state.lens.jurisdictions?.includes(place));
    });
    return h("label", {}, input, place);
  });
  const yearId = unique("year");
  const last = Number(kit.data.today.slice(0, 4));
  const year = h("input", {
    id: yearId, type: "number", min: 1980, max: last, step: 1, placeholder: String(last),
    oninput: () => {
      const value = year.valueAsNumber;
      if (year.value === "" || (value >= 1980 && value <= last)) look({ as_of: year.value ? `${value}-12-31` : null });
    },
  });
  const search = new Search([...kit.sources].map(([id, source]) => (
    /** @type {[string, any]} */ ([id, { label: kit.cited(id), synonyms: [source.title, source.number].filter(Boolean) }]))));
  const list = h("ul", { class: "pr-chips" });
  follow((state) => {
    chosen = state.lens.jurisdictions || [];
    named = state.lens.sources || [];
    if (year.getRootNode().activeElement !== year) year.value = state.lens.as_of ? state.lens.as_of.slice(0, 4) : "";
    list.replaceChildren(...named.map((name) => chip(kit.cited(name), [kit.cited(name)],
      () => look({ sources: named.filter((one) => one !== name) }))));
    list.hidden = !named.length;
  });
  const box = combobox({
    label: "Only these sources", hint: "such as NICE", find: (typed) => search.find(typed),
    choose: (id) => look({ sources: [...named, id] }),
  });
  return h("details", { class: "pr-more" }, h("summary", {}, "Lens: who speaks, and when"),
    h("fieldset", {}, h("legend", {}, "Only these jurisdictions"), h("div", { class: "pr-choices" }, boxes)),
    h("div", { class: "pr-field" }, h("label", { for: yearId }, "As it stood at the end of the year"), year),
    h("div", { class: "pr-field" }, box, list));
}
