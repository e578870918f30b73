// <training-budget>: the least memory and time that training needs, after the reader's guess.
import { GuessWidget, withCommas } from "../assets/widget.js";

// Bytes of a number. Mixed precision keeps a copy of the weights for its products, in bfloat16.
const FORMATS = {
  float32: { weight: 4, gradient: 4, activation: 4 },
  mixed: { weight: 4 + 2, gradient: 4, activation: 2 },
  bfloat16: { weight: 2, gradient: 2, activation: 2 },
};
const STATES = { SGD: 0, momentum: 1, Adam: 2 }; // numbers that an optimizer keeps for each parameter
const PREFIXES = ["", "k", "M", "G", "T", "P", "E", "Z", "Y"];
const SPANS = {
  years: 31_557_600,
  days: 86_400,
  hours: 3600,
  minutes: 60,
  seconds: 1,
  milliseconds: 1e-3,
  microseconds: 1e-6,
};

export function countBytes({ parameters, optimizer, precision, batch, activations }) {
  const format = FORMATS[precision];
  return {
    weights: parameters * format.weight,
    gradients: parameters * format.gradient,
    states: parameters * format.gradient * STATES[optimizer],
    activations: batch * activations * format.activation,
  };
}

// The operations and steps, and the seconds for computing and for reading and writing all bytes in each step.
export function predictSeconds({ parameters, samples, batch }, bytes, { bandwidth, peak }) {
  const operations = 6 * parameters * samples;
  const steps = Math.ceil(samples / batch);
  const moving = (2 * bytes * steps) / (bandwidth * 1e9);
  return { operations, steps, computing: operations / (peak * 1e9), moving };
}

// Three digits and a prefix, such as 26.7 MB.
export function inUnits(number, unit) {
  const digits = Math.floor(Math.log10(Math.max(number, 1)) + 1e-9);
  const place = Math.min(Math.floor(digits / 3), PREFIXES.length - 1);
  return `${Number((number / 1000 ** place).toPrecision(3))} ${PREFIXES[place]}${unit}`;
}

export function inTime(seconds) {
  const spans = Object.entries(SPANS);
  const [name, span] = spans.find(([, span]) => seconds >= span) ?? spans.at(-1);
  return `${withCommas(Number((seconds / span).toPrecision(3)))} ${name}`;
}

class TrainingBudget extends GuessWidget {
  question = "how much memory in all, such as 10 MB";

  // What the fields say; `problem` names a number that is missing.
  read() {
    const setting = {};
    for (const { name, type, value, min } of this.controls) {
      setting[name] = type === "number" ? Number(value) : value;
      if (type === "number" && !(setting[name] >= Number(min)))
        return { problem: `Give the number of ${name}, at least ${min}.` };
    }
    return { setting, bytes: countBytes(setting), machine: this.readMachine(setting) };
  }

  // The figures of a machine stand in the table on the page, in the order of the list.
  readMachine({ precision }) {
    const row = this.querySelectorAll(".machines tbody tr")[this.control("device").selectedIndex];
    const toNumber = (cell) => Number(cell.textContent.replaceAll(",", ""));
    const [bandwidth, full, half] = Array.from(row.querySelectorAll("td"), toNumber);
    return { bandwidth, peak: precision === "float32" ? full : half || full };
  }

  makeRows({ setting, bytes, machine }) {
    const { parameters, batch, activations, samples, optimizer, precision } = setting;
    const { weight, gradient, activation } = FORMATS[precision];
    const count = withCommas(parameters);
    const rules = {
      weights: `${count} · ${weight}`,
      gradients: `${count} · ${gradient}`,
      states: `${count} · ${gradient} · ${STATES[optimizer]}`,
      activations: `${withCommas(batch)} · ${withCommas(activations)} · ${activation}`,
    };
    const parts = Object.entries(bytes).map(([part, number]) => {
      const name = part === "states" ? `states of ${optimizer}` : part;
      return [name, rules[part], inUnits(number, "B")];
    });
    const total = sum(bytes);
    const { operations, steps, computing, moving } = predictSeconds(setting, total, machine);
    return [
      ...parts,
      ["memory in all", "", inUnits(total, "B")],
      ["operations", `6 · ${count} · ${withCommas(samples)}`, inUnits(operations, "FLOP")],
      ["computing", `operations / ${inUnits(machine.peak * 1e9, "FLOP/s")}`, inTime(computing)],
      [
        "reading and writing",
        `2 · memory · ${withCommas(steps)} steps / ${inUnits(machine.bandwidth * 1e9, "B/s")}`,
        inTime(moving),
      ],
    ];
  }

  answer({ setting, bytes, machine }) {
    const { computing, moving } = predictSeconds(setting, sum(bytes), machine);
    const limit = computing > moving ? "the operations are" : "the memory's bandwidth is";
    const time = inTime(Math.max(computing, moving));
    return `Training keeps ${inUnits(sum(bytes), "B")} and takes at least ${time}: ${limit} the limit.`;
  }
}

const sum = (parts) => Object.values(parts).reduce((total, part) => total + part, 0);

customElements.define("training-budget", TrainingBudget);
