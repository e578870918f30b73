// <layer-builder>: a network as a list of layers, with the shape and the parameters of each after the reader's guess.
import { formatShape, parseShape, product } from "../assets/shapes.js";
import { GuessWidget, withCommas } from "../assets/widget.js";

// `needed` counts the arguments without a usual value; `apply` gives the shape and the parameters, or an error.
const KINDS = {
  Linear: { names: ["in_features", "out_features"], needed: 2, apply: applyLinear },
  Conv2d: {
    names: ["in_channels", "out_channels", "kernel_size", "stride", "padding"],
    needed: 3,
    apply: applyConv2d,
  },
  MaxPool2d: { names: ["kernel_size", "stride", "padding"], needed: 1, apply: applyMaxPool2d },
  ReLU: { names: [], needed: 0, apply: (_, shape) => ({ shape }) },
  Flatten: { names: [], needed: 0, apply: (_, shape) => ({ shape: [product(shape)] }) },
};

function applyLinear({ in_features, out_features }, shape) {
  const last = shape.at(-1);
  if (last !== in_features)
    return { error: `it needs ${in_features} numbers on the last axis, and gets ${last}` };
  const parameters = (in_features + 1) * out_features;
  return {
    shape: [...shape.slice(0, -1), out_features],
    parameters,
    count: `(${in_features} + 1) · ${out_features}`,
  };
}

function applyConv2d(layer, shape) {
  const { in_channels, out_channels, kernel_size: kernel } = layer;
  const { sides, error } = slide(layer, shape);
  if (error) return { error };
  if (shape[0] !== in_channels)
    return { error: `it needs ${in_channels} channels, and gets ${shape[0]}` };
  return {
    shape: [out_channels, ...sides],
    parameters: (in_channels * kernel ** 2 + 1) * out_channels,
    count: `(${in_channels} · ${kernel} · ${kernel} + 1) · ${out_channels}`,
  };
}

function applyMaxPool2d(layer, shape) {
  const { kernel_size: kernel, stride = kernel, padding = 0 } = layer;
  if (padding > kernel / 2) return { error: "its padding is more than half of its window" };
  const { sides, error } = slide({ ...layer, stride }, shape);
  return error ? { error } : { shape: [shape[0], ...sides] };
}

// The height and the width that are left when a window slides over images.
function slide({ kernel_size: kernel, stride = 1, padding = 0 }, shape) {
  if (shape.length !== 3)
    return { error: `it needs channels, height and width, and gets ${formatShape(shape)}` };
  const room = shape.slice(1).map((side) => side + 2 * padding - kernel);
  if (Math.min(...room) < 0)
    return { error: `its window of ${kernel} is larger than the image with its padding` };
  return { sides: room.map((pixels) => Math.floor(pixels / stride) + 1) };
}

// A layer as it is written in PyTorch, such as nn.Linear(784, 128), or an error.
export function parseLayer(text) {
  const line = text.trim().replace(/^nn\.|,$/g, "");
  const [, kind, inside] = line.match(/^(\w+)\((.*)\)$/) ?? [];
  if (!Object.hasOwn(KINDS, kind ?? ""))
    return { error: `“${line}” is none of ${Object.keys(KINDS).join(", ")} with its arguments` };
  const { names, needed } = KINDS[kind];
  const values = readArguments(inside, names);
  if (!values || names.slice(0, needed).some((name) => !values[name]) || values.stride === 0)
    return { error: `“${line}” needs ${kind}(${names.join(", ")}) in whole numbers` };
  return { kind, line, ...values };
}

// Numbers by place, then by name, as in Python; null where they are not so.
function readArguments(inside, names) {
  const values = {};
  const parts = inside.trim() ? inside.replace(/,\s*$/, "").split(",") : [];
  let isByName = false;
  for (const [place, part] of parts.entries()) {
    const [, written, number] = part.match(/^\s*(?:(\w+)\s*=)?\s*(0|[1-9]\d{0,6})\s*$/) ?? [];
    isByName ||= Boolean(written);
    const name = isByName ? written : names[place];
    if (!number || !names.includes(name) || name in values) return null;
    values[name] = Number(number);
  }
  return values;
}

export function parseLayers(text) {
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map(parseLayer);
}

// The input, then each layer with the shape of its output, up to the first that does not fit.
export function trace(input, layers) {
  const rows = [{ line: "input", shape: input }];
  for (const layer of layers) {
    const { line } = layer;
    const { error, ...row } = KINDS[layer.kind].apply(layer, rows.at(-1).shape);
    if (error) return [...rows, { line, error: `${line} does not fit: ${error}.` }];
    rows.push({ line, parameters: 0, ...row });
  }
  return rows;
}

export function countParameters(rows) {
  return rows.reduce((sum, { parameters }) => sum + (parameters ?? 0), 0);
}

// The network as a program, which prints its output's shape and counts its parameters.
export function toProgram(input, layers) {
  return [
    "import torch",
    "from torch import nn",
    "",
    "network = nn.Sequential(",
    ...layers.map(({ line }) => `    nn.${line},`),
    ")",
    `batch = torch.randn(1, ${input.join(", ")})`,
    "print(network(batch).shape)",
    "print(sum(p.numel() for p in network.parameters()))",
    "",
  ].join("\n");
}

class LayerBuilder extends GuessWidget {
  // The shape of one example, the layers and what they do to it; `problem` says what cannot be read.
  read() {
    const input = parseShape(this.control("input").value);
    if (![1, 3].includes(input?.length))
      return { problem: "The input needs one length, or channels, height and width." };
    const layers = parseLayers(this.control("layers").value);
    const wrong = layers.find(({ error }) => error);
    return wrong ? { problem: `${wrong.error}.` } : { input, layers, rows: trace(input, layers) };
  }

  makeRows({ rows }) {
    return rows.map(({ line, shape, count, parameters, error }) => {
      if (error) return [line, "✗", ""];
      const number = parameters === undefined ? "" : withCommas(parameters);
      return [line, formatShape(shape), count ? `${count} = ${number}` : number];
    });
  }

  fill(found) {
    super.fill(found);
    const { input, layers, rows } = found;
    const fits = rows && !rows.at(-1).error;
    this.result.querySelector(".program").textContent = fits ? toProgram(input, layers) : "";
    this.result.querySelector("button").disabled = !fits;
  }

  get question() {
    return `${this.guess.dataset.what}, or the word “error”`;
  }

  answer({ rows }) {
    const { shape, error } = rows.at(-1);
    if (error) return error;
    const count = withCommas(countParameters(rows));
    return `The output has the shape ${formatShape(shape)}, and the network has ${count} parameters.`;
  }

  // One more line, as it stands in the list of layers.
  add() {
    const layers = this.control("layers");
    layers.value = `${layers.value.trimEnd()}\n${this.querySelector(".kind").value}`.trimStart();
    this.change(layers);
  }
}

customElements.define("layer-builder", LayerBuilder);
