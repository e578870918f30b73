// Stands before the theme's search worker, which is lunr and Material for MkDocs.

// lunr reads these as operators: "--batch-size" would be an error, and "lr:0.1" would ask for a field "lr". Here they
// separate words, as they do in the text.
const OPERATORS = /[-+~^:*\\]+/g;
const QUERY = 2; // the kind of message that holds what a reader typed

function plain(message) {
  if (message.type !== QUERY) return message;
  return { ...message, data: message.data.replace(OPERATORS, " ") };
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
