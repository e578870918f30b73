// Calls the exported mathematics of a widget. In, as JSON: {module: path, calls: [[name, ...arguments]]}.
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";

// What a widget's file names of a browser when it is read; no element is made here.
globalThis.HTMLElement = class {};
globalThis.customElements = { define: () => undefined };

const { module, calls } = JSON.parse(await text(process.stdin));
const widget = await import(pathToFileURL(module));
const results = calls.map(([name, ...values]) => {
  const exported = widget[name];
  return typeof exported === "function" ? exported(...values) : exported;
});
process.stdout.write(JSON.stringify(results));
