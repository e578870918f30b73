"""How well a box fits: the area that both share, by the area of both."""

found, true = (0, 0, 4, 4), (2, 0, 6, 4)  # left, top, right, bottom
width = min(found[2], true[2]) - max(found[0], true[0])
height = min(found[3], true[3]) - max(found[1], true[1])
shared = width * height
print(f"{shared} / {16 + 16 - shared} = {shared / (32 - shared):.2f}")
