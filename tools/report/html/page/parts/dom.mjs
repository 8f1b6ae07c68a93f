// Making elements. Text only ever becomes text: nothing here reads markup, so whatever a
// source wrote stays what it is, letters.

const SVG = "http://www.w3.org/2000/svg";

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  for (const child of children.flat())
    if (child !== undefined && child !== null && child !== false) node.append(child);
  return node;
}

export function el(tag, attributes, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

export function svg(tag, attributes, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

/** Data in the middle of a sentence: its direction of writing stays its own affair. */
export function bdi(text) {
  return el("bdi", {}, text);
}

export function byId(id) {
  return document.getElementById(id);
}

/** The address if it is one of the web, else nothing: no other scheme is ever linked. */
export function webAddress(url) {
  return /^https?:\/\//i.test(url ?? "") ? url : undefined;
}

/** Moves a node by its own style, which the page's policy lets scripts do. */
export function place(node, style) {
  for (const [name, value] of Object.entries(style)) node.style.setProperty(name, value);
  return node;
}
