// Loads a comments widget when its reader comes near it, or asks for it. What the provider needs
// waits, inert, in the widget's <template>; until then its server hears nothing of the reader.
(() => {
  "use strict";

  const load = (widget) => {
    const template = widget.querySelector("template");
    if (!template) return;
    const embed = document.importNode(template.content, true);
    // Scripts that a script inserts run in any order, unless they are told to keep theirs.
    for (const script of embed.querySelectorAll("script")) {
      script.async = script.hasAttribute("async");
    }
    template.replaceWith(embed);
  };

  const onClick = (widget) => {
    const button = widget.querySelector("button.comments-load");
    button.hidden = false;
    button.addEventListener("click", () => {
      widget.tabIndex = -1;
      widget.focus({ preventScroll: true });
      button.remove();
      load(widget);
    });
  };

  const whenVisible = (widget, prefix) => {
    const linked = prefix && location.hash.startsWith(`#${prefix}`);
    if (linked || !("IntersectionObserver" in window)) {
      load(widget);
      return;
    }
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      load(widget);
    }, { rootMargin: "600px 0px" });
    observer.observe(widget);
  };

  for (const widget of document.querySelectorAll("[data-comments-load]")) {
    const { commentsLoad, commentsHash } = widget.dataset;
    // Two widgets on one page bring this script twice.
    delete widget.dataset.commentsLoad;
    if (commentsLoad === "click") onClick(widget);
    else whenVisible(widget, commentsHash);
  }
})();
