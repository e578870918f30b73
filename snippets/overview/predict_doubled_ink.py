"""A written limit stays, and a learned one follows the data."""

WRITTEN_LIMIT = 8  # a person wrote this number


def learned_limit(zeros, ones):
    """Return the middle between the closest examples of both kinds."""
    return (max(zeros) + min(ones)) / 2


zeros = [1, 3, 5]  # ink in the middle of each image
ones = [7, 9, 12]
assert learned_limit(zeros, ones) == 6

zeros = [2 * ink for ink in zeros]
ones = [2 * ink for ink in ones]
answer = (WRITTEN_LIMIT, learned_limit(zeros, ones))
print(answer)
