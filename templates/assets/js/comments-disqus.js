// Tells Disqus which thread this is, from the attributes of this script's own element.
(() => {
  "use strict";

  const { commentsDisqus, identifier, url, title, language, categoryId } =
    document.querySelector("script[data-comments-disqus]").dataset;

  window.disqus_config = function () {
    this.page.identifier = identifier;
    this.page.url = url;
    this.page.title = title;
    this.language = language;
    if (categoryId) this.page.category_id = categoryId;
  };

  const embed = document.createElement("script");
  embed.src = commentsDisqus;
  embed.dataset.timestamp = String(Date.now());
  document.head.append(embed);
})();
