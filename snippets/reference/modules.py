"""The path of an import is the path of the file."""

import inspect
from pathlib import Path

from dlcourse.models.lenet import LeNet
from dlcourse.scratch.value import Value

for thing in (LeNet, Value):
    file = Path(inspect.getfile(thing))
    print(thing.__name__, "is defined in", "/".join(file.parts[-3:]))
