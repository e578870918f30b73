"""Where the values of a computation graph stand in its drawing: in which column, and how high."""

from collections import defaultdict
from dataclasses import dataclass
from statistics import fmean

from dlcourse.scratch.value import Value

Place = tuple[int, Value]  # the number of a column, and a value that stands there or passes

SWEEPS = 20  # over all columns; by then the heights hardly change


@dataclass(frozen=True)
class GraphLayout:
    """The columns of a graph from left to right, and the height of each value in each column.

    A column lists the values that stand in it and those that pass it on their way to the right.
    Heights grow downward. In a column they are at least 1 apart.
    """

    columns: list[list[Value]]
    column_of: dict[Value, int]
    heights: dict[Place, float]


def arrange_graph(values: list[Value]) -> GraphLayout:
    """Return the layout of the graph with these values, given in topological order."""
    columns, column_of = _find_columns(values)
    heights = _find_heights(columns, column_of)
    return GraphLayout(columns, column_of, heights)


def _find_columns(values: list[Value]) -> tuple[list[list[Value]], dict[Value, int]]:
    """Return the values of each column, and the column in which each value stands.

    A value stands as far right as its uses allow, so that most lines join neighboring columns.
    """
    output = values[-1]
    # Steps to the output on the longest way, from the value itself and from the last of its uses.
    farthest = dict.fromkeys(values, 0)
    nearest = {output: 0}
    for value in reversed(values):
        steps = farthest[value] + 1
        for operand, _ in value.inputs:
            farthest[operand] = max(farthest[operand], steps)
            nearest[operand] = min(nearest.get(operand, steps), steps)

    last = max(farthest.values())
    columns = []
    for steps in range(last, -1, -1):
        column = [v for v in reversed(values) if nearest[v] <= steps <= farthest[v]]
        columns.append(column)
    column_of = {value: last - steps for value, steps in farthest.items()}
    return columns, column_of


def _find_heights(columns: list[list[Value]], column_of: dict[Value, int]) -> dict[Place, float]:
    """Return how far down each value of each column stands, at least 1 apart.

    In the first sweep, from right to left, columns are sorted: values stand near their uses, and
    the first of two operands stands above the second. Then all values move, in this order, to the
    mean of the heights at which their lines would be straight.
    """
    links = _find_links(columns, column_of)
    columns_of_places = []
    for index, column in enumerate(columns):
        columns_of_places.append([(index, value) for value in column])

    heights: dict[Place, float] = {}
    for sweep in range(SWEEPS):
        goes_right = sweep % 2 == 1
        in_order = columns_of_places if goes_right else columns_of_places[::-1]
        for places in in_order:
            wanted = {}
            for place in places:
                straight = [heights[end] + shift for end, shift in links[place] if end in heights]
                wanted[place] = fmean(straight or [0.0])
            if sweep == 0:
                places.sort(key=wanted.__getitem__)
            spread = _spread([wanted[place] for place in places])
            heights.update(zip(places, spread, strict=True))
    return heights


def _find_links(
    columns: list[list[Value]], column_of: dict[Value, int]
) -> dict[Place, list[tuple[Place, float]]]:
    """Return for each place the places in the columns beside it that lines join it with.

    With each of them stands how far below it this place would be if the line were straight.
    """
    links = defaultdict(list)
    for index, column in enumerate(columns):
        for value in column:
            sources = [value]  # it passes
            if column_of[value] == index:
                sources = [operand for operand, _ in value.inputs]
            middle = (len(sources) - 1) / 2
            for position, source in enumerate(sources):
                shift = position - middle
                left = (index - 1, source)
                right = (index, value)
                links[left].append((right, shift))
                links[right].append((left, -shift))
    return links


def _spread(wanted: list[float]) -> list[float]:
    """Return the heights at least 1 apart in this order that are nearest to these (least squares).

    Source: the pool-adjacent-violators algorithm of isotonic regression.
    """
    # Blocks of values that touch one another: the height of each less its position.
    blocks: list[list[float]] = []
    for position, height in enumerate(wanted):
        blocks.append([height - position])
        while len(blocks) > 1 and fmean(blocks[-2]) > fmean(blocks[-1]):
            last = blocks.pop()
            blocks[-1].extend(last)

    heights: list[float] = []
    for block in blocks:
        mean = fmean(block)
        for _ in block:
            position = len(heights)
            heights.append(mean + position)
    return heights
