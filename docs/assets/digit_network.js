// The network dlcourse.models.cnn.CNN in the page: read its weights, prepare a drawing, compute. Pure functions, tested in Node.
import { softmax } from "./softmax.js";

const EPSILON = 1e-5; // of PyTorch's batch normalization
const LEAST_INK = 0.25; // what is fainter counts as paper, as in dlcourse.data.images
const STROKE_SIDE = 64; // pixels of the longer side, while strokes are widened

// Reads a safetensors file in half precision; returns {about, weights: {name: {shape, values}}}.
export function readWeights(buffer) {
  const length = Number(new DataView(buffer).getBigUint64(0, true));
  const begin = 8 + length; // of the numbers, which are little-endian as on each machine with a browser
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 8, length)));
  const { about } = JSON.parse(header.__metadata__.dlcourse);
  delete header.__metadata__;
  const weights = {};
  for (const [name, { shape, data_offsets }] of Object.entries(header)) {
    const [start, end] = data_offsets;
    const halves = new Uint16Array(buffer.slice(begin + start, begin + end));
    weights[name] = { shape, values: Float32Array.from(halves, readHalf) };
  }
  return { about, weights };
}

// A half-precision number: 1 bit for the sign, 5 for the exponent, 10 for the fraction.
export function readHalf(bits) {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

// Maps are {channels, side, values}, with the values in the order channel, row, column.
function convolve({ channels, side, values }, { shape, values: kernels }) {
  const [outputs] = shape;
  const area = side * side;
  const result = new Float32Array(outputs * area);
  for (let output = 0; output < outputs; output += 1) {
    const sums = result.subarray(output * area, (output + 1) * area);
    for (let channel = 0; channel < channels; channel += 1) {
      const map = values.subarray(channel * area, (channel + 1) * area);
      const kernel = (output * channels + channel) * 9;
      for (let place = 0; place < 9; place += 1) {
        const [down, right] = [Math.floor(place / 3) - 1, (place % 3) - 1];
        addShifted(sums, map, side, down, right, kernels[kernel + place]);
      }
    }
  }
  return { channels: outputs, side, values: result };
}

// Adds one weight times a map that is shifted by a pixel or none; zeros stand around the map.
function addShifted(sums, map, side, down, right, weight) {
  for (let row = Math.max(0, -down); row < side - Math.max(0, down); row += 1) {
    const from = (row + down) * side + right;
    const to = row * side;
    for (let column = Math.max(0, -right); column < side - Math.max(0, right); column += 1) {
      sums[to + column] += weight * map[from + column];
    }
  }
}

function pool({ channels, side, values }) {
  const half = side >> 1;
  const result = new Float32Array(channels * half * half);
  for (let channel = 0; channel < channels; channel += 1) {
    for (let row = 0; row < half; row += 1) {
      for (let column = 0; column < half; column += 1) {
        const corner = (channel * side + 2 * row) * side + 2 * column;
        const upper = Math.max(values[corner], values[corner + 1]);
        const lower = Math.max(values[corner + side], values[corner + side + 1]);
        result[(channel * half + row) * half + column] = Math.max(upper, lower);
      }
    }
  }
  return { channels, side: half, values: result };
}

// Batch normalization with the statistics of training, then ReLU.
function normalize({ channels, side, values }, weights, name) {
  const area = side * side;
  const of = (part) => weights[`${name}.${part}`].values;
  const [mean, variance, weight, bias] = ["running_mean", "running_var", "weight", "bias"].map(of);
  const result = new Float32Array(values.length);
  for (let channel = 0; channel < channels; channel += 1) {
    const factor = weight[channel] / Math.sqrt(variance[channel] + EPSILON);
    for (let place = channel * area; place < (channel + 1) * area; place += 1) {
      result[place] = Math.max(0, factor * (values[place] - mean[channel]) + bias[channel]);
    }
  }
  return { channels, side, values: result };
}

function applyLinear(inputs, { values: weights }, { values: biases }) {
  return Array.from(biases, (bias, output) => {
    const start = output * inputs.length;
    return inputs.reduce((sum, input, place) => sum + weights[start + place] * input, bias);
  });
}

// Computes the logits of an image, values from 0 to 1, and the maps behind each of the three layers.
export function predict(weights, image, side) {
  let x = { channels: 1, side, values: image };
  x = normalize(pool(convolve(x, weights["conv1.weight"])), weights, "norm1");
  const maps = [x];
  x = normalize(pool(convolve(x, weights["conv2.weight"])), weights, "norm2");
  maps.push(x);
  x = normalize(convolve(x, weights["conv3.weight"]), weights, "norm3");
  maps.push(x);
  const area = x.side * x.side;
  const largest = [];
  for (let channel = 0; channel < x.channels; channel += 1) {
    largest.push(Math.max(...x.values.subarray(channel * area, (channel + 1) * area)));
  }
  const logits = applyLinear(largest, weights["output.weight"], weights["output.bias"]);
  return { logits, probabilities: softmax(logits), maps };
}

export function hasInk({ values }) {
  return values.some((value) => value > 0);
}

// Makes a drawing like the images that the network was trained on, as `dlcourse predict` does. Their size and framing are in
// the file of the weights. There must be ink.
export function prepareDrawing({ width, height, values }, { drawing_side: side, framing }) {
  const most = values.reduce((one, two) => Math.max(one, two), 0);
  const levels = values.map((value) => (value / most < LEAST_INK ? 0 : value / most));
  let ink = { width, height, values: levels };
  if (framing.removes_slant) ink = removeSlant(ink);
  ink = crop(ink);
  if (framing.least_ink > 0) ink = widenStrokes(ink, framing.least_ink);
  ink = scale(ink, side, framing);
  const [top, left] = findCorner(ink, side, framing);
  const image = new Float32Array(side * side);
  for (let row = 0; row < ink.height; row += 1) {
    for (let column = 0; column < ink.width; column += 1) {
      const level = ink.values[row * ink.width + column];
      image[(top + row) * side + left + column] = roundEven(255 * level) / 255;
    }
  }
  return image;
}

// Returns the sum of the ink, and its mean row and column.
function weigh({ width, values }) {
  let [mass, down, right] = [0, 0, 0];
  values.forEach((value, place) => {
    mass += value;
    down += value * Math.floor(place / width);
    right += value * (place % width);
  });
  return { mass, row: down / mass, column: right / mass };
}

// Shifts each row sideways until columns and rows of the ink are no longer correlated.
function removeSlant(ink) {
  const { width, height, values } = ink;
  const middle = weigh(ink).row;
  let [covariance, variance] = [0, 0];
  values.forEach((value, place) => {
    const off = Math.floor(place / width) - middle;
    covariance += value * off * (place % width);
    variance += value * off ** 2;
  });
  const columnsPerRow = covariance / Math.max(variance, 1e-9);
  const margin = Math.floor(Math.abs(columnsPerRow) * height) + 1; // room for the outermost rows
  const newWidth = width + 2 * margin;
  const result = new Array(newWidth * height).fill(0);
  for (let row = 0; row < height; row += 1) {
    const shift = columnsPerRow * (row + 0.5 - middle) - margin;
    for (let column = 0; column < newWidth; column += 1) {
      const center = column + 0.5 + shift;
      if (center < 0 || center >= width) continue;
      const left = Math.floor(center - 0.5);
      const share = center - 0.5 - left;
      const before = values[row * width + Math.max(0, left)];
      const after = values[row * width + Math.min(width - 1, left + 1)];
      result[row * newWidth + column] = (1 - share) * before + share * after;
    }
  }
  return { width: newWidth, height, values: result };
}

function crop({ width, height, values }) {
  let [top, left, bottom, right] = [height, width, 0, 0];
  values.forEach((value, place) => {
    if (value < LEAST_INK) return;
    const row = Math.floor(place / width);
    const column = place % width;
    top = Math.min(top, row);
    bottom = Math.max(bottom, row + 1);
    left = Math.min(left, column);
    right = Math.max(right, column + 1);
  });
  const result = [];
  for (let row = top; row < bottom; row += 1) {
    result.push(...values.slice(row * width + left, row * width + right));
  }
  return { width: right - left, height: bottom - top, values: result };
}

// Widens all strokes pixel by pixel until the ink is that share of the rectangle around it.
function widenStrokes(ink, leastInk) {
  const longer = Math.max(ink.height, ink.width);
  const height = roundSide((STROKE_SIDE * ink.height) / longer);
  const width = roundSide((STROKE_SIDE * ink.width) / longer);
  let widened = resize(ink, height, width);
  while (weigh(widened).mass / widened.values.length < leastInk) widened = widen(widened);
  return widened;
}

// Each pixel gets the largest value around it; the drawing grows by a pixel on each side.
function widen({ width, height, values }) {
  const newWidth = width + 2;
  const result = new Array(newWidth * (height + 2)).fill(0);
  values.forEach((value, place) => {
    const corner = Math.floor(place / width) * newWidth + (place % width);
    for (let down = 0; down < 3; down += 1) {
      for (let right = 0; right < 3; right += 1) {
        const around = corner + down * newWidth + right;
        result[around] = Math.max(result[around], value);
      }
    }
  });
  return { width: newWidth, height: height + 2, values: result };
}

function scale(ink, side, framing) {
  let rowFactor = (framing.height * side) / ink.height;
  let columnFactor = (framing.width * side) / ink.width;
  if (framing.keeps_aspect) rowFactor = columnFactor = Math.min(rowFactor, columnFactor);
  return resize(ink, roundSide(ink.height * rowFactor), roundSide(ink.width * columnFactor));
}

// Python rounds a half to the even neighbor.
function roundEven(number) {
  const rounded = Math.round(number); // a half upward
  const isHalf = rounded - number === 0.5;
  return isHalf && rounded % 2 !== 0 ? rounded - 1 : rounded;
}

function roundSide(side) {
  return Math.max(1, roundEven(side));
}

// Pillow's bilinear filter: a triangle that widens as the drawing shrinks; then the ink is strengthened to reach 1.
function resize({ width, height, values }, newHeight, newWidth) {
  const resized = resizeRows(resizeRows(values, width, newWidth), height, newHeight);
  const most = Math.max(...resized);
  return { width: newWidth, height: newHeight, values: resized.map((value) => value / most) };
}

// Resizes each row. The columns of the result are its rows, so a second call resizes them and turns them back.
function resizeRows(values, width, newWidth) {
  const scale = width / newWidth;
  const support = Math.max(1, scale);
  const result = [];
  for (let column = 0; column < newWidth; column += 1) {
    const center = (column + 0.5) * scale;
    const first = Math.max(0, Math.floor(center - support + 0.5));
    const last = Math.min(width, Math.floor(center + support + 0.5));
    const weights = [];
    for (let place = first; place < last; place += 1) {
      weights.push(Math.max(0, 1 - Math.abs((place + 0.5 - center) / support)));
    }
    const total = weights.reduce((one, two) => one + two);
    const shares = weights.map((weight) => weight / total);
    for (let start = first; start < values.length; start += width) {
      result.push(shares.reduce((sum, share, place) => sum + share * values[start + place], 0));
    }
  }
  return result;
}

// The center of mass comes into the middle, or the center of the rectangle; nothing is cut off.
function findCorner(ink, side, framing) {
  const { height, width } = ink;
  if (framing.center === "box") {
    return [Math.floor((side - height) / 2), Math.floor((side - width) / 2)];
  }
  const { row, column } = weigh(ink);
  const within = (corner, most) => Math.min(Math.max(corner, 0), most);
  // Symmetric ink lies on a half exactly: the rounding errors of the sums must not decide.
  const settled = (number) => roundEven(Math.round(1e6 * number) / 1e6);
  const top = within(settled(side / 2 - row), side - height);
  const left = within(settled(side / 2 - column), side - width);
  return [top, left];
}
