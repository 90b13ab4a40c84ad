/** Shows how others show the page: as a search result, and as a card where it is shared. */

import { make } from "./elements.js";

const LONGEST_TITLE = 60;
const LONGEST_DESCRIPTION = 160;

/** Return the page as a search engine shows it; `address` is that of the published site. */
export function searchResult(address) {
  const title = document.title.trim();
  const description = content('meta[name="description"]');
  return [
    make(
      "div",
      { class: "result" },
      make("div", { class: "where", dir: "ltr" }, ...breadcrumb(address)),
      make("div", { class: "title", dir: "auto" }, title || "(no title)"),
      make("div", { class: "text", dir: "auto" }, description || "(no description)"),
    ),
    ...notes([
      hidden() && "The page asks search engines not to list it.",
      length("The title", title, LONGEST_TITLE),
      length("The description", description, LONGEST_DESCRIPTION),
      !description && "Without a description, search engines choose words of the page.",
    ]),
  ];
}

/** Return the page as social networks and messengers show it. */
export function card(address) {
  const image = content('meta[property="og:image"]');
  const title = content('meta[property="og:title"]');
  const description = content('meta[property="og:description"]');
  return [
    make(
      "div",
      { class: "card" },
      image && make("img", { src: image, alt: content('meta[property="og:image:alt"]') }),
      make("div", { class: "where", dir: "ltr" }, host(address)),
      make("div", { class: "title", dir: "auto" }, title || document.title),
      description && make("div", { class: "text", dir: "auto" }, description),
    ),
    ...notes([
      !image && "There is no og:image, so the card has no picture.",
      !title && "There is no og:title, so the card has the title of the page.",
      !description && "There is no og:description.",
    ]),
  ];
}

function content(selector) {
  return document.head.querySelector(selector)?.content.trim() || null;
}

function hidden() {
  return /\bnoindex\b/i.test(content('meta[name="robots"]') ?? "");
}

function length(name, text, most) {
  const count = [...(text ?? "")].length;
  return count > most && `${name} has ${count} characters, and about ${most} are shown.`;
}

function notes(texts) {
  return texts.filter(Boolean).map((text) => make("p", { class: "note" }, text));
}

function breadcrumb(address) {
  const folders = location.pathname.split("/").filter(Boolean).map(decoded);
  const parts = [host(address), ...folders];
  return parts.flatMap((part, at) => (at ? [" › ", make("bdi", {}, part)] : [part]));
}

function host(address) {
  return address ? new URL(address).host : location.host;
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
