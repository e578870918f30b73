// Softmax, and the logarithm of the sum that it divides by.
export function logOfSum(logits) {
  const most = Math.max(...logits); // no power overflows when it is taken out
  return most + Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - most), 0));
}

export function softmax(logits) {
  const total = logOfSum(logits);
  return logits.map((logit) => Math.exp(logit - total));
}
