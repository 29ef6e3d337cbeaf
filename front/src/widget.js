/** The widget in a notebook: what a reader fills in goes to Python, and what Python sets is shown. */
import { mount } from "./view/app.js";
import { empty } from "./view/state.js";

/** @param {{model: any, el: HTMLElement}} context */
function render({ model, el }) {
  const root = document.createElement("div");
  el.append(root);
  const current = () => ({ ...empty(), profile: model.get("known"), lens: model.get("lens") });
  const app = mount(root, JSON.parse(model.get("data")), {
    state: current(),
    changed: (state) => {
      model.set("known", state.profile);
      model.set("lens", state.lens);
      model.save_changes();
    },
  });
  const follow = () => {
    const next = current();
    const same = JSON.stringify([next.profile, next.lens]) === JSON.stringify([app.state.profile, app.state.lens]);
    if (!same) app.show({ ...app.state, profile: next.profile, lens: next.lens });
  };
  model.on("change:known", follow);
  model.on("change:lens", follow);
  return () => {
    model.off("change:known", follow);
    model.off("change:lens", follow);
  };
}

export default { render };
