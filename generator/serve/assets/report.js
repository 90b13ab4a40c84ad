/** Shows what the server knows of the page: why it was built, from what, and with what warnings. */

import { make, opener } from "./elements.js";

/** Return the facts of a page, as a list of terms. */
export function facts(report) {
  const { page, source, templates, build } = report;
  const rows = page
    ? [
        ["Built because", page.reason],
        ["Built at", page.rendered ?? "not yet"],
        ["Kind", page.kind],
        ["Made for", source ? null : page.owner],
      ]
    : [["This page", "is of no file that the last build made"]];
  return make(
    "dl",
    {},
    ...rows.filter(([, text]) => text).flatMap(([term, text]) => row(term, text)),
    ...(source ? fileRow("Source", source) : []),
    ...templates.flatMap((file) => fileRow("Template", file)),
    ...row("Last build", lastBuild(build)),
  );
}

/** Return the warnings of the page's source, and those of the last build. */
export function warnings(report) {
  const own = report.warnings.page;
  const texts = new Set(own.map((each) => each.text));
  const others = report.warnings.build.filter((each) => !texts.has(each.text));
  return [...list("Of this page", own), ...list("Of the last build", others)];
}

function row(term, text) {
  return [make("dt", {}, term), make("dd", { dir: "auto" }, text)];
}

function fileRow(term, file) {
  return [
    make("dt", {}, term),
    make("dd", {}, make("code", {}, file.name), " ", opener(file)),
  ];
}

function lastBuild(build) {
  if (build.failed) {
    return "failed; this is the last good version";
  }
  const seconds = build.seconds === null ? "" : `${build.seconds.toFixed(2)} s, `;
  return `${seconds}${build.rendered} rendered, ${build.written} written`;
}

function list(title, found) {
  if (!found.length) {
    return [make("p", { class: "note" }, `${title}: no warnings.`)];
  }
  return [
    make("h4", {}, title),
    make(
      "ul",
      {},
      ...found.map((each) =>
        make("li", { dir: "auto" }, each.text, " ", each.file ? opener(each) : null),
      ),
    ),
  ];
}
