/** Makes elements without markup in strings, which a strict security policy would refuse. */

/** Return an element with attributes and children; a child that is null is left out. */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(key, value === true ? "" : value);
    }
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** Return a link to a style sheet of the panel. */
export function styleSheet(name) {
  return make("link", { rel: "stylesheet", href: `/_broadsheet/${name}` });
}

/** Return what opens a file: a link to the editor, or a button that copies its path. */
export function opener(file, words = "Open in the editor") {
  return file.link
    ? make("a", { class: "open", href: file.link }, words)
    : make("button", { type: "button", "data-copy": file.file }, "Copy the path");
}
