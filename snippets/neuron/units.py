"""A large weight may only mean a large unit."""

meters = 1500.0
kilometers = 1.5  # the same walk
weight_per_meter = 0.002
weight_per_kilometer = 2.0

in_meters = weight_per_meter * meters
in_kilometers = weight_per_kilometer * kilometers
ratio = weight_per_kilometer / weight_per_meter

print(f"{in_meters:.1f} {in_kilometers:.1f}")
assert abs(in_meters - in_kilometers) < 1e-9
