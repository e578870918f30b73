// Does with programs what the pages' worker does. In, as JSON: [[file, exercise or null], ...], on the standard input.
// Out: what each program printed, or the verdict of its exercise's check.
import { text } from "node:stream/consumers";
import fs from "node:fs";
import { loadPyodide } from "pyodide";
import {
  checkCode,
  loadPython,
  runCode,
  shortenTraceback,
} from "../../docs/assets/python_worker.js";

const [pyodide, packageFile] = process.argv.slice(2);
const packageBytes = new Uint8Array(fs.readFileSync(packageFile)).buffer;
const python = await loadPython(loadPyodide, `${pyodide}/`, packageBytes);

async function serve(file, exercise) {
  const code = fs.readFileSync(file, "utf-8");
  let output = "";
  const write = (text) => (output += text);
  if (exercise) return checkCode(python, code, exercise, write);
  try {
    await runCode(python, code, write);
  } catch (error) {
    write(shortenTraceback(error.message));
  }
  return output;
}

const answers = [];
for (const [file, exercise] of JSON.parse(await text(process.stdin))) {
  answers.push(await serve(file, exercise));
}
process.stdout.write(JSON.stringify(answers), () => process.exit(0));
