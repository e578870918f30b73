"""How well a box fits: the shared area, divided by the whole area."""

# Both boxes go from height 0 to height 4
found_left = 0
found_right = 4
true_left = 2
true_right = 6

shared_width = min(found_right, true_right) - max(found_left, true_left)
shared_area = shared_width * 4
whole_area = 4 * 4 + 4 * 4 - shared_area  # do not count it twice
overlap = shared_area / whole_area
print(f"{shared_area} / {whole_area} = {overlap:.2f}")
