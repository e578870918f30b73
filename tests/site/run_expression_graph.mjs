// Computes with the page's own code. In, as JSON: [{source, inputs, numSteps}]; out: what it computes, or its error.
import { text } from "node:stream/consumers";
import { backward, describe, forward, parse } from "../../docs/backprop/expression_graph.js";

function compute({ source, inputs, numSteps }) {
  try {
    const graph = parse(source);
    const values = forward(graph, inputs ?? graph.names.map(() => 1));
    const { slopes } = backward(graph, values, numSteps ?? Infinity);
    const numAll = 2 * graph.operations.length + 2;
    const sentences = Array.from({ length: numAll }, (_, step) => describe(graph, values, step));
    const leaves = graph.names.map(
      (name) => slopes[graph.nodes.find((node) => node.name === name).index] ?? null,
    );
    return { names: graph.names, value: values.at(-1), slopes: leaves, sentences };
  } catch (error) {
    return { error: error.message };
  }
}

const answers = JSON.parse(await text(process.stdin)).map(compute);
process.stdout.write(JSON.stringify(answers));
