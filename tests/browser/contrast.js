// The contrast of every text in the charts of a page: [text, ratio, colour of the text, colour beneath it].
async () => {
  const parse = (colour) => {
    const found = /rgba?\(([\d.]+),? ([\d.]+),? ([\d.]+)(?:,? \/? ?([\d.]+))?\)/.exec(colour);
    return found ? found.slice(1).map((part, place) => (part === undefined ? 1 : Number(part))) : [0, 0, 0, 0];
  };
  const over = (top, below) => [0, 1, 2].map((part) => top[part] * top[3] + below[part] * (1 - top[3]));
  const luminance = (rgb) => {
    const [red, green, blue] = rgb.map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const ratio = (one, other) => {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  };
  const strength = (element) => {
    let whole = 1;
    for (let node = element; node && node.tagName !== "svg"; node = node.parentElement) whole *= Number(getComputedStyle(node).opacity);
    return whole;
  };
  const filled = (element, name = "fill") => {
    const style = getComputedStyle(element);
    const [red, green, blue, alpha] = parse(style[name]);
    return [red, green, blue, alpha * Number(style[`${name}Opacity`]) * strength(element)];
  };
  const page = (element) => {
    for (let node = element; node; node = node.parentElement) {
      const colour = parse(getComputedStyle(node).backgroundColor);
      if (colour[3] === 1) return colour.slice(0, 3);
    }
    return [255, 255, 255];
  };
  const inside = (box, x, y) => box.left <= x && x <= box.right && box.top <= y && y <= box.bottom;
  const found = [];
  for (const svg of document.querySelectorAll('[data-testid="stVegaLiteChart"] svg')) {
    const ground = page(svg);
    const shapes = [...svg.querySelectorAll(".mark-rect path, .mark-arc path, .mark-symbol path, .mark-area path")];
    const boxes = shapes.map((shape) => [shape, shape.getBoundingClientRect()]);
    for (const text of svg.querySelectorAll("text")) {
      if (!text.textContent.trim() || strength(text) < 0.2) continue;
      const box = text.getBoundingClientRect();
      const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
      let beneath = ground;
      for (const [shape, place] of boxes) if (inside(place, x, y) && shape.compareDocumentPosition(text) & 4) beneath = over(filled(shape), beneath);
      const ink = over(filled(text), beneath);
      found.push([text.textContent.slice(0, 40), Math.round(ratio(ink, beneath) * 100) / 100, ink.map(Math.round).join(), beneath.map(Math.round).join()]);
    }
  }
  return found;
}
