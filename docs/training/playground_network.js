// What <training-playground> computes: data sets, a fully connected network, its gradients and its training.
import { drawNormal, makeRandom } from "../assets/random.js";
import { logOfSum, softmax } from "../assets/softmax.js";
import { OPTIMIZERS } from "../descent/optimizers.js";

export const HIGH = 1.8; // the plane is drawn from -HIGH to HIGH in both directions
const NUM_POINTS = 100; // for training, and as many for validation
const MOST_EPOCHS = 1000;
const PATIENCE = 100; // epochs in which the lowest training loss must fall
const LEAST_FALL = 0.01; // share of the lowest loss by which it must fall in that time
const NEARLY_ZERO = 0.01; // a training loss at which training has converged
const DIVERGED = 5; // a training loss this many times the one before training, or not a number

// A point of each data set without noise, for its class and a number `share` from 0 to 1.
const onCircle = (radius, turns) =>
  [Math.cos, Math.sin].map((axis) => radius * axis(2 * Math.PI * turns));
export const DATA = {
  moons: {
    classes: 2,
    point(label, share) {
      const [x, y] = onCircle(1, share / 2);
      return label ? [0.5 - x, 0.25 - y] : [x - 0.5, y - 0.25];
    },
  },
  circles: { classes: 2, point: (label, share) => onCircle(label ? 0.5 : 1.2, share) },
  spiral: {
    classes: 2,
    point: (label, share) => onCircle(0.2 + 1.2 * share, share + label / 2),
  },
  XOR: {
    classes: 2,
    point(label, share, random) {
      const [x, y] = [0.15 + 1.15 * share, 0.15 + 1.15 * random()];
      const sign = random() < 0.5 ? -1 : 1;
      return [sign * x, label ? -sign * y : sign * y];
    },
  },
  "three classes": {
    classes: 3,
    point(label, share, random) {
      const [centerX, centerY] = onCircle(1, label / 3 + 0.25);
      const [x, y] = onCircle(0.45 * Math.sqrt(random()), share);
      return [centerX + x, centerY + y];
    },
  },
  curve: { classes: 0, point: (label, share) => [3 * share - 1.5, Math.sin(9 * share - 4.5)] },
};

// A number of points of a data set: inputs, and as targets the classes or the values of the curve.
export function drawPoints(name, noise, random) {
  const { classes, point } = DATA[name];
  const points = { inputs: [], targets: [] };
  for (let place = 0; place < NUM_POINTS; place += 1) {
    const label = classes && place % classes;
    const [x, y] = point(label, random(), random);
    const far = [x + (classes && noise * drawNormal(random)), y + noise * drawNormal(random)];
    points.inputs.push(classes ? far : far.slice(0, 1));
    points.targets.push(classes ? label : far[1]);
  }
  return points;
}

// Activations, and their slopes computed from their outputs.
export const ACTIVATIONS = {
  ReLU: { value: (sum) => Math.max(0, sum), slope: (output) => (output > 0 ? 1 : 0) },
  tanh: { value: Math.tanh, slope: (output) => 1 - output ** 2 },
  sigmoid: { value: (sum) => 1 / (1 + Math.exp(-sum)), slope: (output) => output * (1 - output) },
  none: { value: (sum) => sum, slope: () => 1 },
};

// Initial parameters in PyTorch's order, each weight matrix row by row and then its biases, drawn as nn.Linear does.
export function drawParameters(sizes, random) {
  return sizes.slice(1).flatMap((size, layer) => {
    const bound = 1 / Math.sqrt(sizes[layer]);
    const count = size * (sizes[layer] + 1);
    return Array.from({ length: count }, () => bound * (2 * random() - 1));
  });
}

// The outputs of all layers for one input; the last ones are logits or the value of the curve.
export function forward({ sizes, activation, parameters }, input) {
  const outputs = [input];
  let place = 0;
  for (let layer = 1; layer < sizes.length; layer += 1) {
    const before = outputs[layer - 1];
    const biases = place + sizes[layer] * before.length;
    const sums = [];
    for (let unit = 0; unit < sizes[layer]; unit += 1) {
      let sum = parameters[biases + unit];
      for (const value of before) sum += parameters[place++] * value;
      sums.push(sum);
    }
    place = biases + sizes[layer];
    const isLast = layer === sizes.length - 1;
    outputs.push(isLast ? sums : sums.map(ACTIVATIONS[activation].value));
  }
  return outputs;
}

// Cross-entropy of logits or squared error of one value, with its slopes and whether the class is correct.
function lossOf(outputs, target) {
  const error = outputs[0] - target;
  if (outputs.length === 1) return { loss: error ** 2, slopes: [2 * error] };
  const slopes = softmax(outputs);
  slopes[target] -= 1;
  const isCorrect = outputs.indexOf(Math.max(...outputs)) === target;
  return { loss: logOfSum(outputs) - outputs[target], slopes, isCorrect };
}

// The gradient of the mean loss of a batch, in the order of the parameters.
export function gradientOf(network, { inputs, targets }) {
  const gradient = network.parameters.map(() => 0);
  inputs.forEach((input, place) => {
    const outputs = forward(network, input);
    const { slopes } = lossOf(outputs.at(-1), targets[place]);
    const shares = slopes.map((slope) => slope / inputs.length);
    goBack(network, outputs, shares, gradient);
  });
  return gradient;
}

// Adds what one example gives to the gradient, layer by layer from the last one.
function goBack({ sizes, activation, parameters }, outputs, slopes, gradient) {
  let biases = parameters.length;
  for (let layer = sizes.length - 1; layer > 0; layer -= 1) {
    const before = outputs[layer - 1];
    const earlier = before.map(() => 0);
    biases -= sizes[layer];
    const start = biases - sizes[layer] * before.length;
    for (let unit = 0; unit < sizes[layer]; unit += 1) {
      gradient[biases + unit] += slopes[unit];
      for (let input = 0; input < before.length; input += 1) {
        const place = start + unit * before.length + input;
        gradient[place] += slopes[unit] * before[input];
        earlier[input] += slopes[unit] * parameters[place];
      }
    }
    slopes = earlier.map((slope, input) => slope * ACTIVATIONS[activation].slope(before[input]));
    biases = start;
  }
}

// The mean loss of some points, and the share of correct classes, which a curve does not have.
export function measure(network, { inputs, targets }) {
  let [loss, correct] = [0, 0];
  inputs.forEach((input, place) => {
    const result = lossOf(forward(network, input).at(-1), targets[place]);
    loss += result.loss / inputs.length;
    correct += result.isCorrect ? 1 : 0;
  });
  const isCurve = network.sizes.at(-1) === 1;
  return { loss, accuracy: isCurve ? null : correct / inputs.length };
}

// One step of the optimizer on a batch.
function takeStep(training, batch) {
  const { network, memory, rate } = training;
  const change = OPTIMIZERS[training.optimizer](memory, gradientOf(network, batch), rate);
  network.parameters = network.parameters.map((value, place) => value + change[place]);
}

// The parameters after a step on each of the batches, from given ones.
export function trainOnBatches({ sizes, activation, optimizer, rate, parameters }, batches) {
  const network = { sizes, activation, parameters };
  const training = { network, optimizer, rate, memory: {} };
  for (const batch of batches) takeStep(training, batch);
  return training.network.parameters;
}

// A training that has not begun: `curve` holds, for each epoch, what was measured on both sets.
export function startTraining(setting) {
  const random = makeRandom(setting.seed);
  const train = drawPoints(setting.data, setting.noise, random);
  const validation = drawPoints(setting.data, setting.noise, random);
  const hidden = Array(setting.layers).fill(setting.units);
  const sizes = [train.inputs[0].length, ...hidden, DATA[setting.data].classes || 1];
  const parameters = drawParameters(sizes, random);
  const network = { sizes, activation: setting.activation, parameters };
  const begun = { train, validation, network, random, memory: {}, left: [], curve: [], end: null };
  const training = { ...setting, ...begun };
  record(training);
  return training;
}

// Each epoch takes the training points in a new order.
export function trainBatch(training) {
  if (training.end) return;
  const { train, left, random, batch } = training;
  if (left.length === 0) left.push(...shuffle(train.inputs.length, random));
  const places = left.splice(0, batch);
  const pick = (values) => places.map((place) => values[place]);
  takeStep(training, { inputs: pick(train.inputs), targets: pick(train.targets) });
  if (left.length === 0) record(training);
}

export function trainEpoch(training) {
  do trainBatch(training);
  while (training.left.length && !training.end);
}

function shuffle(count, random) {
  const drawn = Array.from({ length: count }, (_, place) => ({ place, key: random() }));
  return drawn.sort((one, two) => one.key - two.key).map(({ place }) => place);
}

// Measures both sets after an epoch and says whether training is over, and how.
function record(training) {
  const { network, train, validation, curve } = training;
  curve.push({ train: measure(network, train), validation: measure(network, validation) });
  const losses = curve.map((epoch) => epoch.train.loss);
  const earlier = Math.min(...losses.slice(0, -PATIENCE));
  const hardlyFalls = Math.min(...losses) > (1 - LEAST_FALL) * earlier;
  if (!(losses.at(-1) < DIVERGED * losses[0])) training.end = "diverged";
  else if (losses.at(-1) < NEARLY_ZERO || hardlyFalls) training.end = "converged";
  else if (curve.length > MOST_EPOCHS) training.end = "stopped";
}

// Whether a training that has ended learned its data set, by the points that it has not seen.
export function outcomeOf({ end, curve, noise }) {
  const { loss, accuracy } = curve.at(-1).validation;
  if (end === "diverged") return end;
  const isLearned = accuracy === null ? loss <= noise ** 2 + 0.02 : accuracy >= 0.95;
  return isLearned ? "learned" : "not learned";
}

export function trainToEnd(setting) {
  const training = startTraining(setting);
  while (!training.end) trainEpoch(training);
  return { ...training, outcome: outcomeOf(training) };
}
