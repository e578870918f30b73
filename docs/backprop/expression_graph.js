// The graph of an expression, its values forward and its slopes back, as dlcourse.scratch.Value computes them.
const MOST_INPUTS = 5;
const MOST_BOXES = 24;
const TOKEN = /\s*(?:(\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+)|([A-Za-z_]\w*)|(\*\*|[-+*/().]))/y;

// Of each operation: its result from the values x, the local slope for each of them, and a rule in words.
export const OPERATIONS = {
  "+": {
    result: ([a, b]) => a + b,
    slopes: () => [1, 1],
    rule: "a sum passes the slope on unchanged",
  },
  "-": {
    result: ([a, b]) => a - b,
    slopes: () => [1, -1],
    rule: "a difference passes the slope on, with the other sign to what is subtracted",
  },
  "*": {
    result: ([a, b]) => a * b,
    slopes: ([a, b]) => [b, a],
    rule: "a product passes on the slope times the other value",
  },
  "/": {
    result: ([a, b]) => refuse(b === 0, "A division by 0 has no result.") || a / b,
    slopes: ([, b], y) => [1 / b, -y / b],
    rule: "the local slopes of a / b are 1 / b and −a / b²",
  },
  "**": {
    result: ([base, exponent]) =>
      refuse(base <= 0, "An input as exponent needs a positive base.") || base ** exponent,
    slopes: ([base, exponent], y) => [exponent * base ** (exponent - 1), y * Math.log(base)],
    rule: "the local slopes of a ** b are b · a ** (b − 1) and a ** b · log(a)",
  },
  "**n": {
    result: ([base], n) =>
      refuse(base === 0 && n < 0, "0 has no negative power.") ||
      refuse(base < 0 && !Number.isInteger(n), "A negative base needs a whole exponent.") ||
      base ** n,
    slopes: ([base], y, n) => [n === 0 ? 0 : n * base ** (n - 1)],
    rule: "the local slope of a ** n is n · a ** (n − 1)",
  },
  neg: { result: ([a]) => -a, slopes: () => [-1], rule: "a minus changes the sign of the slope" },
  tanh: {
    result: ([a]) => Math.tanh(a),
    slopes: (_, y) => [1 - y * y],
    rule: "the local slope of tanh is 1 − result²",
  },
  relu: {
    result: ([a]) => Math.max(a, 0),
    slopes: ([a]) => [a > 0 ? 1 : 0],
    rule: "the local slope of relu is 1 for a positive value, else 0",
  },
  exp: {
    result: ([a]) => Math.exp(a),
    slopes: (_, y) => [y],
    rule: "the local slope of exp is its result",
  },
  log: {
    result: ([a]) => refuse(a <= 0, "log needs a positive value.") || Math.log(a),
    slopes: ([a]) => [1 / a],
    rule: "the local slope of log is 1 / value",
  },
  sigmoid: {
    result: ([a]) => 1 / (1 + Math.exp(-a)),
    slopes: (_, y) => [y * (1 - y)],
    rule: "the local slope of the sigmoid is result · (1 − result)",
  },
};
const FUNCTIONS = ["tanh", "relu", "exp", "log", "sigmoid"];

function refuse(isWrong, sentence) {
  if (isWrong) throw new Error(sentence);
}

// Reads an expression as Python does. A node is {operation, operands, exponent, text}, {name} or {number}.
class Reader {
  constructor(source) {
    this.source = source;
    this.tokens = [];
    this.nodes = []; // each after its operands
    this.place = 0;
    for (TOKEN.lastIndex = 0; source.slice(TOKEN.lastIndex).trim();) {
      const start = TOKEN.lastIndex;
      const match = TOKEN.exec(source);
      refuse(!match, `“${source.slice(start).trim()[0]}” is no part of an expression.`);
      const [all, number, name, sign] = match;
      const text = number ?? name ?? sign;
      this.tokens.push({ number, name, text, start: start + all.length - text.length });
    }
  }

  get token() {
    return this.tokens[this.place] ?? { text: "", start: this.source.length };
  }

  take(...texts) {
    if (!texts.includes(this.token.text)) return "";
    this.place += 1;
    return this.tokens[this.place - 1].text;
  }

  close() {
    refuse(!this.take(")"), "A closing parenthesis is missing.");
  }

  // Numbers alone are computed at once; beside an input, a number gets a box of its own.
  join(start, operation, operands, exponent) {
    const { result } = OPERATIONS[operation];
    const numbers = operands.map(({ number }) => number);
    if (!numbers.includes(undefined)) return { number: result(numbers, exponent) };
    for (const operand of operands) {
      if ("number" in operand) this.addLeaf(operand, String(operand.number));
    }
    const last = this.tokens[this.place - 1];
    const text = this.source.slice(start, last.start + last.text.length).trim();
    return this.add({ operation, operands, exponent, text });
  }

  add(node) {
    refuse(this.nodes.length === MOST_BOXES, `The graph may have at most ${MOST_BOXES} boxes.`);
    node.index = this.nodes.push(node) - 1;
    return node;
  }

  addLeaf(leaf, text) {
    return this.add(Object.assign(leaf, { operands: [], text }));
  }

  // Operations of equal rank are done from left to right.
  chain(signs, part) {
    const { start } = this.token;
    let left = part();
    for (let sign = this.take(...signs); sign; sign = this.take(...signs)) {
      left = this.join(start, sign, [left, part()]);
    }
    return left;
  }

  sum() {
    return this.chain(["+", "-"], () => this.chain(["*", "/"], () => this.signed()));
  }

  signed() {
    const { start } = this.token;
    if (this.take("+")) return this.signed();
    if (this.take("-")) return this.join(start, "neg", [this.signed()]);
    const base = this.called();
    if (!this.take("**")) return base;
    const exponent = this.signed();
    if ("number" in exponent) return this.join(start, "**n", [base], exponent.number);
    return this.join(start, "**", [base, exponent]);
  }

  called() {
    const { start } = this.token;
    let value = this.atom();
    while (this.take(".")) {
      const name = this.token.text;
      const known = FUNCTIONS.map((one) => `.${one}()`).join(", ");
      refuse(!FUNCTIONS.includes(name), `“.${name}” is not known here, only ${known}.`);
      this.place += 1;
      refuse(!this.take("("), `Parentheses are missing: write .${name}().`);
      this.close();
      refuse("number" in value, `.${name}() needs an input, not the number ${value.number}.`);
      value = this.join(start, name, [value]);
    }
    return value;
  }

  atom() {
    const { number, name, text } = this.token;
    if (this.take("(")) {
      const inner = this.sum();
      this.close();
      return inner;
    }
    refuse(!text, "The expression ends where a value is missing.");
    refuse(number === undefined && name === undefined, `A value is missing before “${text}”.`);
    this.place += 1;
    if (number !== undefined) return { number: Number(number) };
    refuse(this.token.text === "(", `Write ${name} behind the value, as in (a + b).${name}().`);
    return this.nodes.find((node) => node.name === name) ?? this.addLeaf({ name }, name);
  }
}

// The boxes of an expression, each after those that it is computed from; a sentence is thrown where it cannot be read.
export function parse(source) {
  const reader = new Reader(source);
  refuse(!reader.tokens.length, "Type an expression, such as a*b + c.");
  const output = reader.sum();
  const { text } = reader.token;
  refuse(text === ")", "An opening parenthesis is missing.");
  refuse(text, `An operation is missing before “${text}”.`);
  refuse("number" in output, "The expression needs an input: a name such as a.");
  const names = reader.nodes.filter(({ name }) => name).map(({ name }) => name);
  refuse(names.length > MOST_INPUTS, `At most ${MOST_INPUTS} inputs fit, got ${names.length}.`);
  return {
    nodes: reader.nodes,
    names,
    operations: reader.nodes.filter(({ operation }) => operation),
  };
}

// The value of each box.
export function forward({ nodes, names }, inputs) {
  const values = [];
  for (const { operation, operands, exponent, name, number, text } of nodes) {
    const x = operands.map(({ index }) => values[index]);
    let value = name ? inputs[names.indexOf(name)] : number;
    if (operation) value = OPERATIONS[operation].result(x, exponent);
    refuse(!Number.isFinite(value), `${text} is too large to compute.`);
    values.push(value);
  }
  return values;
}

// The slopes after some steps back, undefined where none has arrived, and what the last step passed on.
export function backward({ nodes, operations }, values, numSteps = Infinity) {
  const slopes = nodes.map(() => undefined);
  let passed = [];
  if (numSteps > 0) slopes[nodes.length - 1] = 1;
  for (const node of [...operations].reverse().slice(0, Math.max(0, numSteps - 1))) {
    const x = node.operands.map(({ index }) => values[index]);
    const locals = OPERATIONS[node.operation].slopes(x, values[node.index], node.exponent);
    passed = node.operands.map((operand, place) => {
      const before = slopes[operand.index];
      const amount = slopes[node.index] * locals[place];
      slopes[operand.index] = (before ?? 0) + amount;
      return { operand, local: locals[place], amount, before, after: slopes[operand.index] };
    });
  }
  return { slopes, passed };
}

export const show = (x) =>
  String(Number(x.toPrecision(4)))
    .replaceAll("-", "−")
    .replace("Infinity", "∞");
const factor = (x) => (x < 0 ? `(${show(x)})` : show(x));
const SIGNS = { "+": "+", "-": "−", "*": "·", "/": "/", "**": "**" };

// One step in words. The steps forward come first, one for each operation; then one back more than that.
export function describe(graph, values, step) {
  const { nodes, operations } = graph;
  if (step === 0) return "The inputs have their values. Step forward computes the next box.";
  if (step <= operations.length) {
    const { operation, operands, exponent, text, index } = operations[step - 1];
    const x = operands.map((operand) => factor(values[operand.index]));
    let sum = `${operation}(${show(values[operands[0].index])})`;
    if (operation in SIGNS) sum = x.join(` ${SIGNS[operation]} `);
    if (operation === "neg") sum = `−${x[0]}`;
    if (operation === "**n") sum = `${x[0]} ** ${factor(exponent)}`;
    return `Forward ${step} of ${operations.length}: ${text} = ${sum} = ${show(values[index])}.`;
  }
  const back = step - operations.length;
  const start = `Back ${back} of ${operations.length + 1}:`;
  if (back === 1) return `${start} the result ${nodes.at(-1).text} has the slope 1.`;
  const node = operations[operations.length + 1 - back];
  const { slopes, passed } = backward(graph, values, back);
  const gets = passed.map(({ operand, local, amount, before, after }) => {
    const product = `${operand.text} gets ${factor(slopes[node.index])} · ${factor(local)} = ${show(amount)}`;
    if (before === undefined) return product;
    return `${product}, which is added: ${factor(before)} + ${factor(amount)} = ${show(after)}`;
  });
  return `${start} ${OPERATIONS[node.operation].rule}. ${gets.join("; ")}.`;
}
