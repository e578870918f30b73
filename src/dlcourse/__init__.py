"""dlcourse: an introduction to deep learning as small, readable code.

Import what you need from its module, for example `from dlcourse.scratch.value import Value`.
"""

import os

__version__ = "0.1.0"

# Threads wait for each other at every step. Waiting awake makes the digits' MLP four to ten times
# slower as soon as another program needs a core. OpenMP reads this when PyTorch is imported.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
