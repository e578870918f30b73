# w is changed too early
def step_downhill(loss, w, b, learning_rate, nudge=0.001):
    slope_w = (loss(w + nudge, b) - loss(w - nudge, b)) / (2 * nudge)
    w = w - learning_rate * slope_w
    slope_b = (loss(w, b + nudge) - loss(w, b - nudge)) / (2 * nudge)
    return (w, b - learning_rate * slope_b)
