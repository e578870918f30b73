def slope(f, x, nudge=0.001):
    """Return how fast f changes at x, for each unit that x changes."""
    change = f(x + nudge) - f(x - nudge)
    distance = 2 * nudge  # from x - nudge to x + nudge
    return change / distance
