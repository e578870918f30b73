"""Run pytest on a project folder, in a process forked from one that has imported torch already."""

import gc
import os
import sys

import pytest

# Modules that are imported again: the folder's copies count, and pytest wants its plugins new
OWN = ("dlcourse", "dlcourse_site", "pytest_codeblocks")

# Given by the test that runs this file: folder, output, arguments, environment
request = globals()["request"]
os.chdir(request["folder"])
os.environ.clear()
os.environ.update(request["environment"])
for number, stream in enumerate(("stdout", "stderr"), 1):
    file = os.open(f"{request['output']}/{stream}", os.O_WRONLY | os.O_CREAT)
    os.dup2(file, number)
    writer = os.fdopen(number, "w", encoding="utf-8", closefd=False)
    setattr(sys, stream, writer)
for name in list(sys.modules):
    if name.split(".")[0] in OWN:
        del sys.modules[name]
sys.path.insert(0, f"{request['folder']}/src")
gc.freeze()  # otherwise pytest searches twice through all that was imported before the fork
code = pytest.main(request["arguments"])
sys.stdout.flush()
sys.exit(code)
