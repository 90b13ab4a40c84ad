/** Remembers over a reload, for one tab, whether the panel is open and where the focus is in it. */

const KEY = "broadsheet-panel";

/** Return the id of what had the focus in the open panel, null if it is closed. */
export function remembered() {
  try {
    return sessionStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** Remember what has the focus in the open panel; null for a closed one. */
export function remember(id) {
  try {
    if (id === null) {
      sessionStorage.removeItem(KEY);
    } else {
      sessionStorage.setItem(KEY, id);
    }
  } catch {
    // A page that may keep nothing begins with a closed panel.
  }
}
