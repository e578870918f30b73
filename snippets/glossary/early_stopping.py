"""Stop when two epochs in a row bring nothing better."""

losses = [0.9, 0.6, 0.5, 0.52, 0.55, 0.4]
best = 0
for epoch, loss in enumerate(losses):
    best = epoch if loss < losses[best] else best
    if epoch - best == 2:
        break
print(f"stopped after epoch {epoch}, kept epoch {best}")
