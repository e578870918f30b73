// Computes with the page's own code. In, as JSON: [{temperature, mask, positions}]; out: the text, weights and sentences.
import { text } from "node:stream/consumers";
import { TEXT, attentionWeights, describeRow } from "../../docs/attention/attention_weights.js";

const tables = JSON.parse(await text(process.stdin)).map(attentionWeights);
const sentences = tables.map((table) => table.map(describeRow));
process.stdout.write(JSON.stringify({ text: TEXT.join(""), tables, sentences }));
