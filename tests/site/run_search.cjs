// Answers queries as the built site's search worker does: node run_search.cjs SITE, queries as JSON on standard input.
// Prints what each query finds, what is written to the console, and the words that a query matches but no page has.
const fs = require("node:fs");

const site = process.argv[2];
const folder = `${site}/assets/javascripts/workers`;
const [name] = fs.readdirSync(folder).filter((file) => /^search\..*\.js$/.test(file));
const said = [];
let answer;
let sent;
globalThis.self = globalThis;
globalThis.addEventListener = (_, listener) => (answer = listener);
globalThis.postMessage = (message) => (sent = message);
for (const kind of ["log", "warn", "error"])
  console[kind] = (...words) => said.push(words.join(" "));

(0, eval)(fs.readFileSync(`${folder}/${name}`, "utf8")); // as a script, whose names are everybody's
const lost = [];
const { intersect } = lunr.TokenSet.prototype;
const { query } = lunr.Index.prototype;
lunr.Index.prototype.query = function (...options) {
  const { invertedIndex } = this;
  lunr.TokenSet.prototype.intersect = function (other) {
    const found = intersect.call(this, other);
    lost.push(...found.toArray().filter((word) => !(word in invertedIndex)));
    return found;
  };
  return query.apply(this, options);
};

async function ask(type, data) {
  await answer({ data: { type, data } });
  return sent.data;
}

async function main() {
  const index = JSON.parse(fs.readFileSync(`${site}/search/search_index.json`, "utf8"));
  await ask(0, { ...index, options: {} });
  const found = {};
  for (const words of JSON.parse(fs.readFileSync(0, "utf8"))) {
    const { items } = await ask(2, words);
    found[words] = items.flat().map((item) => item.location);
  }
  process.stdout.write(JSON.stringify({ found, said, lost }));
}

main();
