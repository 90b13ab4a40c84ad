/** Marks drafts and stories that readers don't see at present, in lists and on their own pages. */

import { make, styleSheet } from "./elements.js";

/** Ask which pages these are, and mark every link to them. */
export async function markPages() {
  const answer = await fetch("/_broadsheet/marks");
  if (!answer.ok) {
    return;
  }
  const marks = new Map(
    Object.entries(await answer.json()).map(([path, words]) => [pathOf(path), words]),
  );
  if (marks.size) {
    document.head.append(styleSheet("marks.css"));
    markLinks(marks);
    markHeading(marks.get(location.pathname));
  }
}

function markLinks(marks) {
  for (const link of document.querySelectorAll("a[href]")) {
    const words = marks.get(pathOf(link.href));
    if (words && link.textContent.trim() && !link.closest("[aria-hidden=true]")) {
      link.prepend(mark(words));
    }
  }
}

function markHeading(words) {
  if (words) {
    (document.querySelector("main h1") ?? document.querySelector("h1"))?.prepend(mark(words));
  }
}

function mark(words) {
  return make("broadsheet-mark", { lang: "en" }, make("bdi", { dir: "ltr" }, words));
}

function pathOf(address) {
  const url = new URL(address, location.href);
  return url.origin === location.origin ? url.pathname : null;
}
