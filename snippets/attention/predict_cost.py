"""How many scores has a text that is three times as long?"""


def count_scores(num_places):
    """Count the pairs of a query and a key."""
    num_scores = 0
    for _ in range(num_places):  # the queries
        num_scores += num_places  # the keys of each of them
    return num_scores


answer = count_scores(30) // count_scores(10)
print("10 places:", count_scores(10), "scores")
print("30 places:", count_scores(30), "scores")
print("times as many:", answer)
