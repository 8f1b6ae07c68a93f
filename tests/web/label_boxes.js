// The labels of a page's drawings, by their boxes.

/** Runs in the page: which texts of drawings and lanes overlap or are cut, and how many there are. */
export function collisions() {
  const found = [];
  const box = (node) => node.getBoundingClientRect();
  const say = (node) => `“${node.textContent.trim()}”`;
  const seen = (node) => {
    const { width, height } = box(node);
    return width > 1 && height > 1 && node.textContent.trim() !== "" && node.checkVisibility();
  };
  const kinds =
    "#timeline .label, .line-name, .lane-label .name, .lane-label .chip, #tl-axis text, " +
    ".overview-plot text, #picture text, .bar-name, .bar-value, #charts .axis text, .axis-words";
  const texts = [...document.querySelectorAll(kinds)].filter(
    (node) => seen(node) && !node.classList.contains("back"),
  );
  const slack = 1.5; // pixels: boxes of letters are a little larger than letters
  // Of a text on several lines each line has a box.
  const lines = (node) =>
    node instanceof SVGElement
      ? [box(node)]
      : [...node.getClientRects()].length > 1
        ? [...node.getClientRects()]
        : [box(node)];
  const all = texts.flatMap((node) => lines(node).map((b) => ({ node, b })));
  for (const [i, { node, b }] of all.entries())
    for (const { node: other, b: c } of all.slice(i + 1)) {
      if (node === other || node.contains(other) || other.contains(node)) continue;
      const x = Math.min(b.right, c.right) - Math.max(b.left, c.left);
      const y = Math.min(b.bottom, c.bottom) - Math.max(b.top, c.top);
      // A box of a line is higher than its letters by a fifth above and below.
      if (x > slack && y > 0.36 * Math.min(b.height, c.height))
        found.push(`${say(node)} and ${say(other)} overlap`);
    }
  for (const node of texts) {
    const frame = node.closest("svg, .lane, .frame") ?? document.body;
    const [b, c] = [box(node), box(frame)];
    if (frame instanceof SVGElement && (b.left < c.left - slack || b.right > c.right + slack))
      found.push(`${say(node)} is cut at the side`);
    if (b.left < -slack || b.right > innerWidth + slack) found.push(`${say(node)} leaves the page`);
    if (node.scrollWidth > node.clientWidth + 1 && getComputedStyle(node).overflow === "hidden")
      if (getComputedStyle(node).textOverflow !== "ellipsis") found.push(`${say(node)} is cut`);
    const lane = node.closest(".lane");
    if (lane && (b.bottom > box(lane).bottom + slack || b.top < box(lane).top - slack))
      found.push(`${say(node)} leaves its lane`);
  }
  // Lines through texts, that of a plan and the days of the vantage, run behind a ground of the
  // text, and were drawn before it.
  for (const text of document.querySelectorAll("#timeline .label")) {
    const ground = text.previousElementSibling;
    const [a, b] = [box(ground), box(text)];
    if (!ground.classList.contains("label-ground") || getComputedStyle(ground).opacity !== "1")
      found.push(`${say(text)} has no ground`);
    if (a.left > b.left + slack || a.right < b.right - slack)
      found.push(`${say(text)} is wider than its ground`);
    for (const tie of text.closest("svg").querySelectorAll(".tie, .as-of-line"))
      if (!(tie.compareDocumentPosition(ground) & Node.DOCUMENT_POSITION_FOLLOWING))
        found.push(`${say(text)} is struck through`);
  }
  for (const line of document.querySelectorAll(".tl-over .line, .tl-over .gap"))
    if (getComputedStyle(line).zIndex !== "-1") found.push(`${line.className} lies over the lanes`);
  for (const text of document.querySelectorAll(".bar-value, .bar-name"))
    for (const bar of text.closest("svg").querySelectorAll(".bar-mark, .open-end, .interval")) {
      const [a, b] = [box(bar), box(text)];
      const x = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const y = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (x > slack && y > 4) found.push(`${say(text)} lies over a bar`);
    }
  return { count: texts.length, found };
}
