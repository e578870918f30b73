"""A large weight may only mean a large unit."""

metres, kilometres = 1500.0, 1.5  # the same walk
weight_per_metre, weight_per_kilometre = 0.002, 2.0

in_metres = weight_per_metre * metres
in_kilometres = weight_per_kilometre * kilometres
ratio = weight_per_kilometre / weight_per_metre

print(f"{in_metres:.1f} {in_kilometres:.1f}")
assert abs(in_metres - in_kilometres) < 1e-9
