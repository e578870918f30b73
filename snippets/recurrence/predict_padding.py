"""What does padding do to a mean over all steps?"""

lengths = [6, 2]
losses = []
for length in lengths:
    losses += [1.0] * length
    losses += [0.0] * (6 - length)  # the padded steps

answer = round(sum(losses) / len(losses), 2)
real_mean = sum(losses) / sum(lengths)
print("mean over the real steps:", real_mean)
print("mean over all steps:", answer)
