"use strict";
// The page reads without this. It lights up one segment in every figure, tells values under the pointer, sorts and
// filters the segment table, copies rules and compares the runner-up. All words stand in the page, none here.
(() => {
  const root = document.documentElement;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const make = (tag, name, text = "") => Object.assign(document.createElement(tag), { className: name, textContent: text });
  root.classList.add("scripted");

  // --- one segment, lit up everywhere -------------------------------------------------------------------------
  const now = document.querySelector(".now");
  const words = now.dataset;
  const said = now.querySelector(".said");
  const clear = now.querySelector("button");
  const names = new Map(all(".segment .name").map((name) => [name.closest(".segment").dataset.segment, name.textContent]));
  let lit = "";

  const light = (segment) => {
    if (segment === lit) segment = "";
    if (!segment && !lit) return;
    lit = segment;
    const color = lit && String((lit - 1) % words.colors + 1);
    root.classList.toggle("lighting", Boolean(lit));
    all("[data-segment]").forEach((part) => part.classList.toggle("lit", part.dataset.segment === lit));
    all("[data-of]").forEach((shape) => shape.classList.toggle("dim", Boolean(lit) && shape.dataset.of !== color));
    all(".pick").forEach((pick) => pick.setAttribute("aria-pressed", String(pick.dataset.pick === lit)));
    said.textContent = lit ? words.lit + names.get(lit) : words.cleared;
    clear.hidden = !lit;
  };

  all(".side .inner .chip, #segment-table tbody .chip").forEach((chip) => {
    const segment = chip.closest("[data-segment]").dataset.segment;
    const pick = make("button", `pick ${chip.className}`);
    pick.type = "button";
    pick.dataset.pick = segment;
    pick.ariaLabel = words.pick + names.get(segment);
    pick.setAttribute("aria-pressed", "false");
    chip.replaceWith(pick);
  });
  const byColor = (shape) => [...names.keys()].find((id) => String((id - 1) % words.colors + 1) === shape.dataset.of);
  document.addEventListener("click", (event) => {
    const shape = event.target.closest("[data-of]");
    const chip = event.target.closest(".chip, .key li, .band span, .parts .bar");
    if (shape) light(byColor(shape));
    else if (chip) light(chip.closest("[data-segment]")?.dataset.segment ?? "");
  });
  clear.addEventListener("click", () => {
    light("");
    document.querySelector(".pick")?.focus({ preventScroll: true });
  });

  // --- values under the pointer, or step by step with the arrow keys --------------------------------------------
  const tip = make("div", "tip");
  const band = make("div", "reading");
  const hide = () => {
    tip.remove();
    band.remove();
  };

  const readable = (figure) => {
    const picture = figure.querySelector(".picture");
    const drawing = picture.querySelector("svg");
    const table = figure.querySelector("table");
    if (!drawing || !table) return;
    const box = drawing.viewBox.baseVal;
    const heads = [...table.tHead.rows[0].cells].map((cell) => cell.textContent.trim());
    const rows = [...table.tBodies[0].rows].map((row) => [...row.cells].map((cell) => cell.textContent.trim()));
    const zones = (drawing.dataset.zones ?? "").split(";").filter(Boolean).map((zone) => {
      const [row, x, y, width, height] = zone.split(" ").map(Number);
      return { row, x, y, width, height };
    });
    const byName = new Map(rows.map((row, place) => [row[0], place]));
    let step = -1;

    const tell = (row, zone, place) => {
      const [label, ...values] = rows[row];
      const list = make("dl", "");
      values.forEach((value, i) => list.append(make("dt", "", heads[i + 1]), make("dd", "", value)));
      tip.replaceChildren(make("strong", "", label), list);
      const scale = drawing.getBoundingClientRect().width / box.width;
      const drawn = drawing.getBoundingClientRect();
      const outer = figure.getBoundingClientRect();
      if (zone) {
        const inner = picture.getBoundingClientRect();
        band.style.left = `${drawn.left - inner.left + picture.scrollLeft + zone.x * scale}px`;
        band.style.top = `${drawn.top - inner.top + zone.y * scale}px`;
        band.style.width = `${zone.width * scale}px`;
        band.style.height = `${zone.height * scale}px`;
        picture.append(band);
      } else band.remove();
      figure.append(tip);
      const x = place?.x ?? drawn.left + (zone.x + zone.width / 2) * scale;
      const y = place?.y ?? drawn.top + (zone.y + Math.min(zone.height, 60) / 2) * scale;
      const left = Math.min(Math.max(0, x - outer.left + 14), Math.max(0, outer.width - tip.offsetWidth));
      tip.style.left = `${left}px`;
      tip.style.top = `${y - outer.top + 16}px`;
      return `${label}: ${values.map((value, i) => `${heads[i + 1]} ${value}`).join(", ")}`;
    };

    picture.addEventListener("pointermove", (event) => {
      const drawn = drawing.getBoundingClientRect();
      const scale = box.width / drawn.width;
      const [x, y] = [(event.clientX - drawn.left) * scale, (event.clientY - drawn.top) * scale];
      const zone = zones.find((one) => x >= one.x && x < one.x + one.width && y >= one.y && y < one.y + one.height);
      const shape = event.target.closest("[data-of]");
      const row = zone ? zone.row : shape ? byName.get(names.get(byColor(shape))) : undefined;
      if (row === undefined) hide();
      else tell(row, zone, { x: event.clientX, y: event.clientY });
    });
    figure.addEventListener("pointerleave", hide);
    if (!zones.length) return;
    picture.classList.add("steps");
    picture.addEventListener("keydown", (event) => {
      const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (!by) return;
      event.preventDefault();
      step = step < 0 ? (by > 0 ? 0 : zones.length - 1) : (step + by + zones.length) % zones.length;
      said.textContent = tell(zones[step].row, zones[step]);
    });
    picture.addEventListener("focus", () => {
      if (picture.matches(":focus-visible")) tell(zones[Math.max(step, 0)].row, zones[Math.max(step, 0)]);
    });
    picture.addEventListener("blur", hide);
  };
  all(".figure").forEach(readable);

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (tip.isConnected) hide();
    else light("");
  });

  // --- the segment table ----------------------------------------------------------------------------------------
  const sortable = document.getElementById("segment-table");
  if (sortable) {
    const body = sortable.tBodies[0];
    const heads = [...sortable.tHead.rows[0].cells];
    const key = (row, place) => row.cells[place].dataset.key ?? row.cells[place].textContent.trim();
    heads.forEach((head, place) => {
      if (head.classList.contains("words")) return;
      const button = make("button", "sort", head.textContent);
      button.type = "button";
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

    const filter = document.querySelector(".filter");
    const status = filter.querySelector("[role=status]");
    filter.hidden = false;
    filter.querySelector("input").addEventListener("input", (event) => {
      const wanted = event.target.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
      const rows = [...body.rows];
      rows.forEach((row) => {
        const text = row.textContent.toLocaleLowerCase();
        row.hidden = !wanted.every((word) => text.includes(word));
      });
      const shown = rows.filter((row) => !row.hidden).length;
      status.textContent = !wanted.length ? "" : shown ? `${shown} / ${rows.length}` : status.dataset.none;
    });
  }

  // --- panes, rules, the runner-up ------------------------------------------------------------------------------
  // A pane that is wider than the screen scrolls sideways, and a figure can be stepped through: the keyboard must reach both.
  const panes = all(".table, .picture");
  const reach = () => {
    for (const pane of panes) {
      const steps = pane.classList.contains("steps");
      if (steps || pane.scrollWidth > pane.clientWidth) {
        const named = pane.querySelector("caption")?.textContent
          ?? pane.closest("figure")?.querySelector("figcaption strong")?.textContent ?? "";
        pane.tabIndex = 0;
        pane.role = "group";
        pane.ariaLabel = steps ? `${named}. ${words.hint}` : named;
      } else {
        ["tabindex", "role", "aria-label"].forEach((name) => pane.removeAttribute(name));
      }
    }
  };
  reach();
  addEventListener("resize", reach);
  document.addEventListener("toggle", reach, true);

  all(".copying").forEach((line) => {
    line.hidden = false;
    const button = line.querySelector("button");
    const status = line.querySelector("[role=status]");
    button.addEventListener("click", async () => {
      const rule = document.getElementById(button.dataset.copies);
      try {
        await navigator.clipboard.writeText(rule.textContent);
        status.textContent = button.dataset.done;
      } catch {
        getSelection().selectAllChildren(rule);
        status.textContent = button.dataset.byHand;
      }
    });
  });

  const rival = document.querySelector(".rival");
  if (rival) {
    const buttons = all(".switch button", rival);
    const show = (side) => {
      buttons.forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.shows === side)));
      all(".fates", rival).forEach((part) => { part.hidden = part.dataset.side !== side; });
    };
    rival.querySelector(".switch").hidden = false;
    buttons.forEach((button) => button.addEventListener("click", () => show(button.dataset.shows)));
    show("today");
  }
})();
