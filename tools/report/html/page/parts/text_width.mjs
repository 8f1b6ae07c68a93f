// How wide texts are in the pictures, before they are drawn.

let pen = null;
const widths = new Map();

export function textWidth(text) {
  let width = widths.get(text);
  if (width === undefined) {
    pen ??= document.createElement("canvas").getContext("2d");
    pen.font = "12px system-ui, sans-serif";
    width = pen.measureText(text).width;
    widths.set(text, width);
  }
  return width;
}

/** The text, or so much of it as there is room for. */
export function fitted(text, room) {
  if (textWidth(text) <= room) return text;
  let [fits, no] = [0, text.length];
  while (no - fits > 1) {
    const middle = (fits + no) >> 1;
    if (textWidth(`${text.slice(0, middle)}…`) <= room) fits = middle;
    else no = middle;
  }
  return `${text.slice(0, fits).trimEnd()}…`;
}
