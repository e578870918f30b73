// Shapes as PyTorch and Python write them.

// A shape such as 3, 1 or (3, 1), as a list of lengths; null where a text is none.
export function parseShape(text) {
  const inside = text.trim().replace(/^\((.*)\)$/, "$1");
  if (inside.trim() === "") return text.includes("(") ? [] : null;
  const lengths = inside.replace(/,\s*$/, "").split(",");
  const areWhole = lengths.every((length) => /^\s*[1-9]\d{0,6}\s*$/.test(length));
  return areWhole ? lengths.map(Number) : null;
}

// A shape as Python prints it.
export function formatShape(shape) {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
}

export const product = (numbers) => numbers.reduce((one, other) => one * other, 1);
