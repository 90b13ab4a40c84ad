/** Lets the author look at the portal as at another moment, with drafts or without. */

import { make } from "./elements.js";

/** Return the form for a view; `say` receives what to tell the author of a change. */
export function viewForm(view, timezone, say) {
  const moment = make("input", {
    id: "now",
    type: "datetime-local",
    value: view.now ?? "",
    "aria-describedby": "zone",
  });
  const drafts = make("input", { id: "drafts", type: "checkbox" });
  drafts.checked = view.drafts;
  const back = make("button", { id: "back", type: "button" }, "Back to now");
  back.disabled = view.now === null;
  const form = make(
    "form",
    {},
    make("label", { for: "now" }, "Show the portal as at"),
    make("div", { class: "row" }, moment, make("button", { id: "travel" }, "Show"), back),
    make("p", { class: "note", id: "zone" }, `In the portal's time zone, ${timezone}.`),
    make("label", { class: "row" }, drafts, "Show drafts"),
  );
  form.noValidate = true;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask({ now: moment.value }, say);
  });
  back.addEventListener("click", () => ask({ now: null }, say));
  drafts.addEventListener("change", async () => {
    if (!(await ask({ drafts: drafts.checked }, say))) {
      drafts.checked = !drafts.checked;
    }
  });
  return form;
}

/** Ask the server for a view, and return whether it agrees. All browsers reload when it is built. */
async function ask(change, say) {
  try {
    const answer = await fetch("/_broadsheet/view", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(change),
    });
    const said = await answer.json();
    say(answer.ok ? (said.building ? "Building…" : "This is shown already.") : said.error, !answer.ok);
    return answer.ok;
  } catch {
    say("The server does not answer.", true);
    return false;
  }
}
