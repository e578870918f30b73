// Shortens the index of the search, which the browser of every reader fetches: node shorten_index.mjs INDEX WORKER.
// A section keeps its title and its first sentence, which a result shows. Its other words can only be found: each of
// them stands once, in a field that no result shows.
import { readFileSync, writeFileSync } from "node:fs";

const LONGEST = 200; // characters that a result shows: a table may have no sentence
const MARKUP = /<[^>]+>|&\w+;/g;
// The theme splits queries by it as well. A full stop separates words only at the end of a word: "torch.nn" is a name.
const SEPARATOR = /[\s\-,:;!?()[\]{}<>&=/“”"…]+|\.(?!\w)/;
const SENTENCE = /^.{20,}?[.:?!](?=\s|$)/; // of 20 characters at least, because "1." is not a sentence
// What mkdocstrings writes behind a name, such as "property", and above a class
const LABELS = /(?: +<code>[\w-]+<\/code>)+$/;
const BASES = /<p>\s*Bases: .*?<\/p>/;
// The text of a page names its sources, and the text of an exercise includes its hints
const ONLY_TITLE = /#sources$|#exercise-/;
const REFERENCE = /^reference\//;

function wordsIn(text) {
  const words = text.replace(MARKUP, " ").toLowerCase().split(SEPARATOR);
  return new Set(words.filter((word) => /\p{L}/u.test(word)));
}

function firstSentence(text) {
  const line = text
    .replace(/<\/p>/g, " ")
    .replace(/<[^>]+>/g, "")
    .trim()
    .replace(/\s+/g, " ");
  const sentence = SENTENCE.exec(line)?.[0] ?? line;
  if (sentence.length <= LONGEST) return sentence;
  return sentence.slice(0, LONGEST).replace(/\S*$/, "…");
}

// The search finds a word by its beginning, so "training" stands for "train", too. A name with dots is found by each of
// its parts.
function otherWords(text, shown, stopWords) {
  const found = wordsIn(shown);
  const candidates = [...wordsIn(text), ...wordsIn(text.replaceAll(".", " "))];
  const searched = candidates.filter((word) => !stopWords.has(word));
  const words = [...new Set([...found, ...searched])].sort();
  const longest = words.filter((word, place) => !words[place + 1]?.startsWith(word));
  return longest.filter((word) => !found.has(word));
}

function shorten({ location, title, text }, stopWords) {
  if (REFERENCE.test(location)) {
    const sentence = firstSentence(text.replace(BASES, ""));
    return { location, title: title.replace(LABELS, ""), text: sentence };
  }
  if (ONLY_TITLE.test(location)) return { location, title, text: "" };
  const sentence = firstSentence(text);
  const words = otherWords(text, `${title} ${sentence}`, stopWords);
  return { location, title, text: sentence, words: words.join(" ") };
}

const [indexFile, workerFile] = process.argv.slice(2);
const index = JSON.parse(readFileSync(indexFile, "utf8"));
const worker = readFileSync(workerFile, "utf8");
const [, listed] = /generateStopWordFilter\((\[.*?\])\)/.exec(worker); // the words that the search leaves out
const stopWords = new Set(JSON.parse(listed));
index.config.separator = SEPARATOR.source;
index.config.fields.words = { boost: 1 };
index.docs = index.docs.map((entry) => shorten(entry, stopWords));
writeFileSync(indexFile, JSON.stringify(index));
