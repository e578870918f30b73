"""Stop when two epochs in a row bring no lower loss."""

validation_losses = [0.9, 0.6, 0.5, 0.52, 0.55, 0.4]
best_epoch = 0
for epoch, loss in enumerate(validation_losses):
    if loss < validation_losses[best_epoch]:
        best_epoch = epoch
    if epoch - best_epoch == 2:
        break
print(f"stopped after epoch {epoch}, kept epoch {best_epoch}")
