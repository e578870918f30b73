# the validation data are measured too early
def fit(model, x, y, batch_size, epochs, validation_data=None):
    history = {"loss": []}
    if validation_data is not None:
        history["val_loss"] = []
    for _ in range(epochs):
        if validation_data is not None:
            history["val_loss"].append(model.test_on_batch(*validation_data))
        total_loss = 0.0
        for start in range(0, len(x), batch_size):
            inputs = x[start : start + batch_size]
            labels = y[start : start + batch_size]
            total_loss += model.train_on_batch(inputs, labels) * len(inputs)
        history["loss"].append(total_loss / len(x))
    return history
