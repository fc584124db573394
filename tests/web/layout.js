// Gives the faults of the page's layout: text past the edge of the window, and texts that lie upon each other.
// A pane that scrolls may be wider than the window. Two texts may not share more than two fifths of a line, which their
// boxes do not even where lines are set tightly.
(() => {
  const width = document.documentElement.clientWidth;
  const found = [];
  const boxes = [];
  const clipped = (one) => one && getComputedStyle(one).clipPath !== "none";
  const isHidden = (one) => one.closest(".quiet, .now, .skip, [hidden], .tip") || clipped(one) || clipped(one.closest("thead"));
  if (document.documentElement.scrollWidth > width) found.push(`page: ${document.documentElement.scrollWidth} px`);
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = walk.nextNode(); text; text = walk.nextNode()) {
    const own = text.parentElement;
    if (!text.data.trim() || ["SCRIPT", "STYLE"].includes(own.tagName)) continue;
    if (!own.checkVisibility() || isHidden(own)) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    for (const box of range.getClientRects()) {
      if (box.width < 1) continue;
      const scrolls = own.closest(".table, .picture, nav");
      if (!scrolls && (box.right > width + 1 || box.left < -1)) found.push(`over: ${text.data.slice(0, 60)}`);
      boxes.push([box.left, box.top, box.right, box.bottom, text.data.trim().slice(0, 40)]);
    }
  }
  boxes.sort((a, b) => a[1] - b[1]);
  boxes.forEach((a, i) => {
    for (let j = i + 1; j < boxes.length && boxes[j][1] < a[3]; j++) {
      const b = boxes[j];
      const wide = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
      const high = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
      const line = Math.min(a[3] - a[1], b[3] - b[1]);
      if (wide > 2 && high > line * 0.4) found.push(`overlap: ${a[4]} | ${b[4]}`);
    }
  });
  return [...new Set(found)];
})()
