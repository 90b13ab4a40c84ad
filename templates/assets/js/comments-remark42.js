// Tells Remark42 which thread this is, from the attributes of this script's own element, and
// follows the reader's colour scheme unless the portal has chosen one.
(() => {
  "use strict";

  const data = document.querySelector("script[data-comments-remark42]").dataset;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const preferred = () => (dark.matches ? "dark" : "light");
  const follows = data.theme === "auto";

  window.remark_config = {
    host: data.commentsRemark42,
    site_id: data.siteId,
    url: data.url,
    page_title: data.pageTitle,
    components: ["embed"],
    theme: follows ? preferred() : data.theme,
    locale: data.locale,
    max_shown_comments: Number(data.maxShownComments),
    show_email_subscription: data.showEmailSubscription === "true",
    simple_view: data.simpleView === "true",
    no_footer: data.noFooter === "true",
  };
  if (follows) {
    dark.addEventListener("change", () => window.REMARK42?.changeTheme?.(preferred()));
  }

  const embed = document.createElement("script");
  embed.type = "module";
  embed.src = `${data.commentsRemark42}/web/embed.mjs`;
  document.head.append(embed);
})();
