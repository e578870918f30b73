// Computes with the page's own code. In, as JSON: {weights: file, images: [[...]], drawings: [{width, height, values}], halves}.
import { text } from "node:stream/consumers";
import fs from "node:fs";
import {
  hasInk,
  predict,
  prepareDrawing,
  readHalf,
  readWeights,
} from "../../docs/assets/digit_network.js";

const { weights: file, images, drawings, halves } = JSON.parse(await text(process.stdin));
const bytes = fs.readFileSync(file);
const { about, weights } = readWeights(
  bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
);
const start = performance.now();
const results = images.map((image) =>
  predict(weights, Float32Array.from(image), about.drawing_side),
);
const milliseconds = (performance.now() - start) / images.length;
const answer = {
  logits: results.map(({ logits }) => logits),
  probabilities: results.map(({ probabilities }) => probabilities),
  prepared: drawings.map(
    (drawing) => hasInk(drawing) && Array.from(prepareDrawing(drawing, about)),
  ),
  halves: halves.map(readHalf).map(String),
  milliseconds,
};
process.stdout.write(JSON.stringify(answer));
