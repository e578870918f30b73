def step_downhill(loss, w, b, learning_rate, nudge=0.001):
    """Return w and b after one step against the gradient of loss(w, b)."""
    slope_w = (loss(w + nudge, b) - loss(w - nudge, b)) / (2 * nudge)
    slope_b = (loss(w, b + nudge) - loss(w, b - nudge)) / (2 * nudge)
    # both slopes are known before either number changes
    return w - learning_rate * slope_w, b - learning_rate * slope_b
