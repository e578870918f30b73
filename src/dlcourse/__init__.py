"""dlcourse: an introduction to deep learning as small, readable code.

Import what you need from its module, for example `from dlcourse.scratch.value import Value`.
"""

__version__ = "0.1.0"
