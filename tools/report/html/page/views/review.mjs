// What wants care: written by the report from its own dates. The script lets a reader open the
// subjects that it names, from the same dates.

import { byId, el } from "../parts/dom.mjs";

export function makeReview(app) {
  const root = byId("review");
  let number = 0;
  // Each subject is told in two lines, its name and how it is called; or in one, where it has no name.
  for (const line of root.querySelectorAll("tbody th > span")) {
    const subject = line.textContent;
    if (!app.subjectAt.has(subject)) continue;
    const before = line.previousElementSibling;
    const name = before && !app.subjectAt.has(before.textContent) ? before : line;
    const open = el("button", {
      type: "button",
      class: "why name",
      "data-key": `review:${number}`,
      onclick: () =>
        app.change({ asOf: app.start.asOf, knownBy: app.start.knownBy, why: subject }),
    });
    open.append(...name.childNodes);
    name.append(open);
    number += 1;
  }
  return { where: root, draw() {} };
}
