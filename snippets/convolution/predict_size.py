"""How many rows has a feature map with padding and stride?"""


def count_rows(side, kernel, padding, stride):
    """Count the places at which the window fits, one by one."""
    num_places = 0
    first_row = 0
    while first_row + kernel <= side + 2 * padding:
        num_places += 1
        first_row += stride
    return num_places


answer = count_rows(side=28, kernel=5, padding=2, stride=2)
without_stride = count_rows(side=28, kernel=5, padding=2, stride=1)
without_padding = count_rows(side=28, kernel=5, padding=0, stride=2)
print(f"stride 1: {without_stride}, no padding: {without_padding}")
print(f"padding 2 and stride 2: {answer}")
