// A table that is wider than the page scrolls in a box of the theme; the Tab key has to reach it
document$.subscribe(() => {
  const article = document.querySelector("article");
  const markWideTables = () => {
    for (const table of article.querySelectorAll("table")) {
      if (table.offsetWidth > article.clientWidth) table.tabIndex = 0;
      else table.removeAttribute("tabindex");
    }
  };
  if (article) new ResizeObserver(markWideTables).observe(article);
});
