"""Run pytest on a project folder, in a process forked from one that has imported torch and the rest."""

import gc
import os
import sys

import pytest

OWN = (
    "dlcourse",
    "dlcourse_site",
    "pytest_codeblocks",
)  # the folder's copies count; pytest wants plugins new

request = globals()[
    "request"
]  # folder, output, arguments, environment: given by who runs this file
os.chdir(request["folder"])
os.environ.clear()
os.environ.update(request["environment"])
for number, stream in enumerate(("stdout", "stderr"), 1):
    os.dup2(os.open(f"{request['output']}/{stream}", os.O_WRONLY | os.O_CREAT), number)
    setattr(sys, stream, os.fdopen(number, "w", encoding="utf-8", closefd=False))
for module in [name for name in sys.modules if name.split(".")[0] in OWN]:
    del sys.modules[module]
sys.path.insert(0, f"{request['folder']}/src")
gc.freeze()  # else pytest looks twice through all that was imported before the fork
code = pytest.main(request["arguments"])
sys.stdout.flush()
sys.exit(code)
