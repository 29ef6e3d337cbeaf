/** The explorer in a page: a form, and what the rules say of what is filled in. */
import { Explorer } from "../rules/explore.js";
import { Contradiction } from "../rules/facts.js";
import { beside } from "./beside.js";
import { h } from "./dom.js";
import { form } from "./form.js";
import { results } from "./results.js";
import { MODE_WORDS } from "./names.js";
import { empty, fromFragment, toFragment } from "./state.js";

/** @typedef {import("./state.js").State} State */

/**
 * @typedef {object} Store
 * @property {State} state
 * @property {Set<string>} open  options that are open
 * @property {boolean|null} asking  whether a reader opened or closed the questions
 * @property {(condition: string) => boolean} knows  whether the pack has a condition
 * @property {(change: (state: State) => State) => void} change
 * @property {() => number} width  how many pixels there are for a picture
 */

/**
 * Shows the explorer in an element.
 * @param {HTMLElement} root
 * @param {any} data  what `painrules.page.page_data` wrote
 * @param {object} [options]
 * @param {State} [options.state]  what to begin with
 * @param {boolean} [options.address]  whether the address of the page keeps the state
 * @param {(state: State) => void} [options.changed]  is told of each change that a reader makes
 * @param {"h1"|"p"} [options.heading]  what the title is: in a page of its own, its first heading
 */
export function mount(root, data, { state, address = false, changed, heading = "p" } = {}) {
  const explorer = new Explorer(data);
  const { kit } = explorer;
  const message = h("p", { class: "pr-error", role: "alert", hidden: true });
  const announced = h("p", { class: "pr-hidden", role: "status" });
  const output = h("div", { class: "pr-output" });

  /** @type {Store} */
  const store = {
    state: state || empty(),
    open: new Set(),
    asking: null,
    knows: (condition) => kit.conditions.has(condition),
    change(change) {
      store.state = change(store.state);
      draw();
      if (address) keep();
      changed?.(store.state);
    },
    width: () => output.clientWidth || 800,
  };

  function keep() {
    try {
      const fragment = toFragment(store.state);
      window.history.replaceState(null, "", fragment ? `#${fragment}` : "#");
    } catch {
      // Where the address may not be changed, as in a frame, it is left alone.
    }
  }

  function read() {
    const { state: found, unknown } = fromFragment(window.location.hash, kit);
    store.state = found;
    say(unknown.length ? `The address names what this pack does not know, so it is left out: ${shortened(unknown)}.` : "");
  }

  /** @param {string} text */
  function say(text) {
    message.textContent = text;
    message.hidden = !text;
  }

  const known = form(kit, store);

  function draw() {
    known.show(store.state);
    pin.disabled = store.state.beside !== null;
    const focused = focusedKey();
    try {
      const { profile, lens, beside: kept } = store.state;
      const exploration = explorer.explore(profile, lens);
      const parts = results(exploration, store);
      if (kept) parts.unshift(compared(kept, exploration));
      output.replaceChildren(...parts);
      jump.textContent = exploration.listed.length ? `See ${exploration.listed.length} options` : MODE_WORDS[exploration.mode];
      announced.textContent = `${exploration.listed.length} options listed`;
    } catch (error) {
      if (!(error instanceof Contradiction)) throw error;
      jump.textContent = "This does not fit together";
      output.replaceChildren(h("p", { class: "pr-error", role: "alert" },
        `This does not fit together: ${error.message}. Correct one of them.`));
    }
    if (focused) output.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
  }

  /** @param {{profile: any, lens: any}} kept @param {import("../rules/explore.js").Exploration} exploration */
  function compared(kept, exploration) {
    const end = () => store.change((now) => ({ ...now, beside: null }));
    try {
      return beside(explorer.explore(kept.profile, kept.lens), exploration, end);
    } catch (error) {
      if (!(error instanceof Contradiction)) throw error;
      return h("p", { class: "pr-error", role: "alert" }, `What was kept to compare does not fit together: ${error.message}. `,
        h("button", { type: "button", onclick: end }, "End the comparison"));
    }
  }

  function focusedKey() {
    const tree = /** @type {Document|ShadowRoot} */ (root.getRootNode());
    const { activeElement } = tree;
    return activeElement && output.contains(activeElement) ? activeElement.getAttribute("data-key") : null;
  }

  const pin = h("button", {
    type: "button",
    onclick: () => store.change((now) => ({ ...now, beside: { profile: now.profile, lens: now.lens } })),
  }, "Keep this to compare");
  const again = h("button", { type: "button", onclick: () => { store.open.clear(); store.asking = null; store.change(() => empty()); } }, "Start again");
  const print = h("button", { type: "button", onclick: () => window.print() }, "Print");
  const share = h("button", { type: "button", onclick: copy }, "Copy the address");

  // A page within a page, as in a notebook made into one, has no address of its own.
  const shareable = window.location.protocol !== "about:";

  /** @param {Event} event */
  function skip(event) {
    event.preventDefault();
    found.focus();
    found.scrollIntoView();
  }
  // On a narrow page the form is long: this stays in sight, and leads to what sources say.
  const jump = h("button", { type: "button", class: "pr-jump", onclick: skip });

  async function copy() {
    keep();
    try {
      await navigator.clipboard.writeText(window.location.href);
      say(window.location.protocol === "file:"
        ? "The address was copied. Someone else who has this file opens it, and adds the part from # to the address there."
        : "The address was copied. It holds all that is filled in.");
    } catch {
      say("The address of this page holds all that is filled in: copy it from the address bar.");
    }
  }

  const found = h("section", { class: "pr-found", "aria-label": "What sources say", tabindex: "-1" }, message, announced, output);
  root.classList.add("painrules-explorer");
  root.replaceChildren(
    h("header", {},
      h(heading, { class: "pr-title" }, "What sources say of options for pain"),
      h("p", { class: "pr-notice", role: "note" }, data.notice),
      h("a", { class: "pr-skip", href: "#", onclick: skip }, "Go to what sources say"),
    ),
    h("div", { class: "pr-columns" },
      h("section", { class: "pr-known", "aria-label": "What is known" }, h("h2", {}, "What is known"), known.element,
        h("div", { class: "pr-actions" }, again, pin, address && shareable && share, print), jump),
      found),
    h("footer", { class: "pr-foot" }, `${data.pack.title}: pack ${data.pack.id} ${data.pack.version}, as of ${data.pack.date}, digest `
      + `${data.pack.digest.slice(0, 16)}, schema ${data.schema}. ${data.reviewed} Names carry no rank. `
      + "What no source mentions, none speaks against."),
  );
  if (address) {
    if (window.location.hash.length > 1) read();
    window.addEventListener("hashchange", () => {
      read();
      draw();
    });
  }
  draw();
  return {
    explorer,
    /** @param {State} next */
    show(next) {
      store.state = next;
      draw();
    },
    get state() {
      return store.state;
    },
  };
}

const MOST = 5;
const LONGEST = 40;

/** The first of several words, none of them long. @param {string[]} words */
function shortened(words) {
  const first = words.slice(0, MOST).map((word) => (word.length > LONGEST ? `${word.slice(0, LONGEST)}…` : word)).join(", ");
  return words.length > MOST ? `${first} and ${words.length - MOST} more` : first;
}
