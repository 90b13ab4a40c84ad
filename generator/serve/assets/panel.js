/** The preview panel of `broadsheet serve`: a button in a corner, and what it opens. */

import { copyAtClick } from "./copying.js";
import { make, styleSheet } from "./elements.js";
import { markPages } from "./marks.js";
import { remember, remembered } from "./memory.js";
import { card, searchResult } from "./previews.js";
import { facts, warnings } from "./report.js";
import { listen } from "./styles.js";
import { viewForm } from "./view.js";

const asked = new URL(import.meta.url).searchParams;
const at = asked.get("at");
const drafts = asked.has("drafts");

/** The panel of a page, in a shadow root, where the portal's style sheets don't reach. */
class Panel {
  constructor() {
    const direction = getComputedStyle(document.documentElement).direction;
    const host = make("broadsheet-panel", { dir: direction, lang: "en" });
    this.root = host.attachShadow({ mode: "open" });
    this.button = make(
      "button",
      { id: "toggle", type: "button", "aria-expanded": "false", "aria-controls": "panel", hidden: true },
      make("span", { dir: "ltr" }, label()),
    );
    this.heading = make("h2", { id: "title", tabindex: "-1" }, "Preview");
    this.message = make("p", { id: "message", role: "status", hidden: true });
    this.content = make("div", { id: "content" });
    this.close = make("button", { id: "close", type: "button", "aria-label": "Close" }, "✕");
    this.panel = make(
      "section",
      { id: "panel", role: "dialog", "aria-labelledby": "title", dir: "ltr", hidden: true },
      make("header", {}, this.heading, this.close),
      this.message,
      this.content,
    );
    const styles = styleSheet("panel.css");
    for (const event of ["load", "error"]) {
      styles.addEventListener(event, () => this.begin(), { once: true });
    }
    this.root.append(styles, this.button, this.panel);
    this.listen();
    document.body.append(host);
  }

  /** Show the button when its style is there, and the panel if it was open before a reload. */
  begin() {
    this.button.hidden = false;
    const focused = remembered();
    if (focused !== null) {
      this.open(focused);
    }
  }

  listen() {
    this.button.addEventListener("click", () => (this.panel.hidden ? this.open("title") : this.shut()));
    this.close.addEventListener("click", () => this.shut());
    this.root.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !this.panel.hidden) {
        event.preventDefault();
        this.shut();
      }
    });
    this.panel.addEventListener("focusin", (event) => remember(event.target.id || "title"));
    copyAtClick(this.root);
  }

  /** Open the panel, and move the focus to what has an id in it; `""` leaves the focus alone. */
  async open(focused) {
    this.panel.hidden = false;
    this.button.setAttribute("aria-expanded", "true");
    remember(focused);
    if (focused === "title") {
      this.heading.focus();
    }
    await this.load();
    if (focused && focused !== "title") {
      const before = this.root.getElementById(focused);
      (before && !before.disabled ? before : this.heading).focus();
    }
  }

  shut() {
    this.panel.hidden = true;
    this.button.setAttribute("aria-expanded", "false");
    remember(null);
    this.say("");
    this.button.focus();
  }

  /** Show what the server knows of the page. */
  async load() {
    try {
      const answer = await fetch(`/_broadsheet/page?path=${encodeURIComponent(location.pathname)}`);
      this.show(await answer.json());
    } catch {
      this.say("The server does not answer.", true);
    }
  }

  show(report) {
    const { address, timezone } = report.site;
    this.content.replaceChildren(
      ...part("This page", facts(report)),
      ...part("Time and drafts", viewForm(report.view, timezone, this.say.bind(this))),
      ...part("Warnings", ...warnings(report)),
      ...part("As a search result", ...searchResult(address)),
      ...part("As a card", ...card(address)),
    );
  }

  /** Tell the author something; an error at once, whatever a screen reader is saying. */
  say(text, isError = false) {
    this.message.setAttribute("role", isError ? "alert" : "status");
    this.message.textContent = text;
    this.message.hidden = !text;
  }
}

function part(title, ...content) {
  return [make("h3", {}, title), ...content];
}

/** Return what the button says: more than its name if this is not what readers see. */
function label() {
  const moment = at ? `as at ${at.replace("T", " ")}` : null;
  return ["Preview", moment, drafts ? "with drafts" : null].filter(Boolean).join(", ");
}

const errors = document.getElementById("broadsheet-errors")?.shadowRoot;
copyAtClick(errors ?? document);
if (window.top === window) {
  const panel = new Panel();
  listen(() => {
    if (!panel.panel.hidden) {
      panel.load();
    }
  });
  if (at || drafts) {
    markPages();
  }
}
