"""NaN spreads through a calculation, and equals nothing, not even NaN."""

import math

nan = math.inf - math.inf
print(nan + 1, 0 * nan)
print(nan == nan)
print(math.isnan(nan))
