// The attention weights of the page's seven letters, with the numbers of snippets/attention/reads_from.py.
import { softmax } from "../assets/softmax.js";

export const TEXT = [..."krmtkrm"];
const LETTERS = { k: [2, 0, 0, 0], r: [0, 2, 0, 0], m: [-2, 0, 0, 0], t: [0, -2, 0, 0] };
const POSITIONS = [
  [0, 0, 2, 0],
  [0, 0, 1.8, 1],
  [0, 0, 1.1, 1.7],
  [0, 0, 0.1, 2],
  [0, 0, -0.8, 1.8],
  [0, 0, -1.6, 1.2],
  [0, 0, -2, 0.3],
];

const dot = (a, b) => a.reduce((sum, each, place) => sum + each * b[place], 0);

// One row of weights for each place that reads. Queries and keys are the rows of features themselves.
export function attentionWeights({ temperature, mask, positions }) {
  const rows = TEXT.map((letter, place) =>
    LETTERS[letter].map((feature, column) => feature + (positions ? POSITIONS[place][column] : 0)),
  );
  return rows.map((query, place) => {
    const scores = rows.map((key) => dot(query, key) / Math.sqrt(query.length) / temperature);
    return softmax(scores.map((score, other) => (mask && other > place ? -Infinity : score)));
  });
}

// A row in words: the places with the largest weights, and what all weights add up to.
export function describeRow(weights, row) {
  const name = (place) => `place ${place + 1} (${TEXT[place]})`;
  const tell = (place) => `${weights[place].toFixed(2)} from ${name(place)}`;
  const shown = [...weights.keys()].filter((place) => weights[place] >= 0.005);
  shown.sort((a, b) => weights[b] - weights[a]);
  const sources = shown.slice(0, 3).map(tell);
  const sum = weights.reduce((total, weight) => total + weight).toFixed(2);
  const most = shown.length > sources.length ? "reads most: " : "reads: ";
  return `P${name(row).slice(1)} ${most}${sources.join(", ")}. Its ${weights.length} weights add up to ${sum}.`;
}
