/** Replaces the style sheets of an open page, in which all else stays as it is. */

const COMMAND = "broadsheet-styles";
const HASH = /\.[0-9a-f]{10}(?=\.css$)/;
const OWN = "/_broadsheet/";

/** Make livereload's script pass on what the server says of style sheets. */
export function listen(changed) {
  class Styles {
    static identifier = COMMAND;
    static version = "1";

    reload(path, options) {
      if (path !== COMMAND) {
        return false;
      }
      replace(JSON.parse(options.originalPath));
      changed();
      return true;
    }
  }
  window.LiveReload?.addPlugin(Styles);
}

/** Replace each style sheet of this site; `addresses` are those that the page has now. */
function replace(addresses) {
  const now = addresses.map((address) => new URL(address, location.href));
  for (const link of new Map(links().map((each) => [plain(each.href), each])).values()) {
    const next = now.find((each) => plain(each.href) === plain(link.href));
    if (next && HASH.test(next.pathname)) {
      if (next.pathname !== new URL(link.href).pathname) {
        exchange(link, next.href);
      }
    } else {
      exchange(link, fresh(link.href));
    }
  }
}

function links() {
  return [...document.querySelectorAll('link[rel~="stylesheet"][href]')].filter((link) => {
    const address = new URL(link.href);
    return address.origin === location.origin && !address.pathname.startsWith(OWN);
  });
}

/**
 * Load a style sheet beside the one that it follows, which goes when it is there. One that is not
 * there any more was edited again meanwhile, and the next one is announced.
 */
function exchange(link, address) {
  const next = link.cloneNode();
  next.href = address;
  next.addEventListener("load", () => {
    links()
      .filter((each) => plain(each.href) === plain(address) && isBefore(each, next))
      .forEach((each) => each.remove());
  });
  next.addEventListener("error", () => next.remove());
  link.after(next);
}

function isBefore(link, other) {
  return Boolean(link.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING);
}

/** Return an address without its hash, and without what made it fresh. */
function plain(address) {
  const url = new URL(address);
  url.searchParams.delete("broadsheet");
  url.pathname = url.pathname.replace(HASH, "");
  return url.href;
}

/** Return an address that the browser has not seen. */
function fresh(address) {
  const url = new URL(address);
  url.searchParams.set("broadsheet", Date.now());
  return url.href;
}
