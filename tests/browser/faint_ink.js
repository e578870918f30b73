// The parts of the page's figures that stand out too little from the paper: text below 4.5 to 1, shapes below 3 to 1.
// Paint that is paper on paper (a gap in a line) and a tint that only groups something (opacity up to 0.3) do not count.
() => {
  const channels = (color) => color.match(/[\d.]+/g).map(Number);
  const paper = channels(getComputedStyle(document.body).backgroundColor).slice(0, 3);
  const luminance = (color) => {
    const [r, g, b] = color.map((c) =>
      (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (paint, opacity) => {
    const [r, g, b, alpha = 1] = channels(paint);
    const strength = alpha * opacity;
    const seen = [r, g, b].map((c, i) => c * strength + paper[i] * (1 - strength));
    if (strength <= 0.3 || seen.every((c, i) => Math.abs(c - paper[i]) < 2)) return null;
    const [low, high] = [luminance(seen), luminance(paper)].sort((x, y) => x - y);
    return (high + 0.05) / (low + 0.05);
  };
  const faint = [];
  const shapes = "text, path, use, rect, circle, line, polygon";
  for (const shape of document.querySelectorAll(`figure.drawn svg :is(${shapes})`)) {
    if (shape.closest("defs, clipPath")) continue;
    const style = getComputedStyle(shape);
    const found = ["fill", "stroke"]
      .filter(
        (name) =>
          style[name] !== "none" && !(name === "stroke" && parseFloat(style.strokeWidth) === 0),
      )
      .map((name) => contrast(style[name], style[name + "Opacity"] * style.opacity))
      .filter((value) => value !== null);
    const best = Math.max(...found);
    if (found.length && best < (shape.tagName === "text" ? 4.5 : 3))
      faint.push(
        `${shape.tagName} ${shape.textContent.trim()} ${shape.getAttribute("style")}: ${best.toFixed(2)}`,
      );
  }
  return faint;
};
