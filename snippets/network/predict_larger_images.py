"""Images of twice the width and height have four times as many pixels."""

units = 128
small = 28 * 28 * units
large = 56 * 56 * units
answer = large // small
print(f"{small:,} and {large:,} weights")
print(answer)
