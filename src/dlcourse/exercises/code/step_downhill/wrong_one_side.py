# only one side is nudged
def step_downhill(loss, w, b, learning_rate, nudge=0.001):
    slope_w = (loss(w + nudge, b) - loss(w, b)) / nudge
    slope_b = (loss(w, b + nudge) - loss(w, b)) / nudge
    return (w - learning_rate * slope_w, b - learning_rate * slope_b)
