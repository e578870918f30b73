"""What happens to the largest value of a map if the row moves?"""


def slide(row):
    """Return the feature map of the kernel (-1, 1)."""
    feature_map = []
    for i in range(len(row) - 1):
        feature_map.append(row[i + 1] - row[i])
    return feature_map


before = slide([0, 0, 3, 1, 0, 0])
after = slide([0, 0, 0, 3, 1, 0])
answer = max(after)
print("before", before)
print("after ", after)
print("the largest value is", answer)
