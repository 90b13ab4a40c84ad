/** Makes buttons with a path copy it, in the panel and in the list of errors. */

/** Copy at a click on a button with `data-copy` in a document or shadow root. */
export function copyAtClick(root) {
  root.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (button) {
      button.textContent = (await copied(button.dataset.copy)) ? "Copied" : button.dataset.copy;
    }
  });
}

/** Return whether a text is on the clipboard, which browsers allow on this machine alone. */
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
