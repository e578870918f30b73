// One JSON line in, [tex, isDisplay]; one JSON line out, {html} or {error}. Lives as long as the build.
import readline from "node:readline";
import katex from "katex";

for await (const line of readline.createInterface({ input: process.stdin })) {
  const [tex, displayMode] = JSON.parse(line);
  let answer;
  try {
    answer = {
      html: katex.renderToString(tex, {
        displayMode,
        output: "htmlAndMathml",
        throwOnError: true,
        strict: "error",
      }),
    };
  } catch (error) {
    answer = { error: error.message.replace("KaTeX parse error: ", "") };
  }
  process.stdout.write(JSON.stringify(answer) + "\n");
}
