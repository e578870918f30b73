// Stands before the theme's search worker, which is lunr and Material for MkDocs.

// lunr reads these as operators: "--batch-size" would be an error, and "lr:0.1" would ask for a field "lr". Here they
// separate words, as they do in the text.
const OPERATORS = /[-+~^:*\\]+/g;
const QUERY = 2; // the kind of message that holds what a reader typed

// Misspelled words, each with the word to search for instead. Most are those of the lessons that this course follows.
const CORRECTED = {
  backpropogation: "backpropagation",
  convolutionary: "convolutional",
  difffer: "differ",
  feedfoward: "feedforward",
  foward: "forward",
  propogation: "propagation",
  recurrant: "recurrent",
  sononomously: "synonymously",
  speciic: "specific",
  speciific: "specific",
};

// The search answers while a word is typed: six letters are enough if the correct word does not begin with them.
function correct(word) {
  const typed = word.toLowerCase();
  const isMeant = (wrong) => wrong.startsWith(typed) && !CORRECTED[wrong].startsWith(typed);
  const wrong = Object.keys(CORRECTED).find(isMeant);
  return wrong && typed.length >= 6 ? CORRECTED[wrong] : word;
}

function plain(message) {
  if (message.type !== QUERY) return message;
  return { ...message, data: message.data.replace(OPERATORS, " ").replace(/[a-z]+/gi, correct) };
}

// lunr keeps one of two equal sets of words. Its own name of a set joins letters and numbers of sets without a mark
// between them, so that different sets have the same name where words have digits, and "g" would be an error.
function nameOfSet() {
  const labels = Object.keys(this.edges).sort();
  const edges = labels.map((label) => `${label}${this.edges[label].id};`);
  return `${Number(this.final)}${edges.join("")}`;
}

const listen = self.addEventListener;
self.addEventListener = (kind, answer) => {
  lunr.TokenSet.prototype.toString = nameOfSet;
  listen.call(self, kind, (event) => answer({ data: plain(event.data) }));
};
