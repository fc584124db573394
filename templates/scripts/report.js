"use strict";
// The page reads without this: it lights up a segment everywhere, sorts the segment table and copies rules.
(() => {
  const root = document.documentElement;
  const marked = (segment) => document.querySelectorAll(`[data-segment="${segment}"]`);
  let lit = null;

  const light = (segment) => {
    if (segment === lit) return;
    if (lit !== null) marked(lit).forEach((part) => part.classList.remove("lit"));
    lit = segment;
    root.classList.toggle("lighting", segment !== null);
    if (segment !== null) marked(segment).forEach((part) => part.classList.add("lit"));
  };
  const handle = (event) => {
    const part = event.target.closest("[data-segment]");
    light(part && !part.matches("article") && !part.closest("figure") ? part.dataset.segment : null);
  };
  document.addEventListener("pointerover", handle);
  document.addEventListener("focusin", handle);

  const sortable = document.getElementById("segment-table");
  if (sortable) {
    const body = sortable.tBodies[0];
    const heads = [...sortable.tHead.rows[0].cells];
    const key = (row, place) => row.cells[place].dataset.key ?? row.cells[place].textContent.trim();
    heads.forEach((head, place) => {
      if (head.classList.contains("words")) return;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.textContent = head.textContent;
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const numeric = head.classList.contains("n");
        const falling = head.ariaSort ? head.ariaSort !== "descending" : numeric;
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.ariaSort = falling ? "descending" : "ascending";
        const rows = [...body.rows].sort((a, b) => {
          const order = numeric ? key(a, place) - key(b, place) : key(a, place).localeCompare(key(b, place));
          return falling ? -order : order;
        });
        body.append(...rows);
      });
    });
  }

  // A pane that is wider than the screen scrolls sideways; the keyboard must reach it.
  const panes = [...document.querySelectorAll(".table, .picture")];
  const reach = () => {
    for (const pane of panes) {
      if (pane.scrollWidth > pane.clientWidth) {
        const named = pane.querySelector("caption")?.textContent ?? pane.firstElementChild?.ariaLabel ?? "";
        pane.tabIndex = 0;
        pane.role = "group";
        pane.ariaLabel = named;
      } else {
        ["tabindex", "role", "aria-label"].forEach((name) => pane.removeAttribute(name));
      }
    }
  };
  reach();
  addEventListener("resize", reach);
  document.addEventListener("toggle", reach, true);

  document.querySelectorAll(".rule strong").forEach((rule) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy rule";
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(rule.textContent);
        button.textContent = "Copied";
      } catch {
        getSelection().selectAllChildren(rule);
        button.textContent = "Selected: copy it with the keyboard";
      }
    });
    rule.parentElement.after(button);
  });
})();
