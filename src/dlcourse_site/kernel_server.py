"""A process that imports what most labs use, once, and forks itself for the kernel of each lab.

kernels.py starts it. It reads an order as a line of JSON: the arguments, folder and
environment of a kernel. It answers with a line: the id of the kernel's process.
"""

import gc
import json
import os
import signal
import sys


def import_early() -> None:
    """Import what takes seconds in each kernel."""
    os.environ["JPY_PARENT_PID"] = str(os.getpid())  # a kernel ends with this server
    import ipykernel.kernelapp  # noqa: F401
    import matplotlib.backends.backend_agg
    import matplotlib.pyplot  # noqa: F401
    import torch._dynamo  # noqa: F401 (the first optimizer imports it)

    gc.freeze()  # else each kernel would look for garbage among all that was imported


def run_kernel(arguments: list[str], folder: str, environment: dict[str, str]) -> None:
    """Run a kernel until it is shut down."""
    from ipykernel.kernelapp import launch_new_instance

    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, sys.stdin.fileno())  # orders are not for it
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # nor are its prints answers
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    launch_new_instance(arguments)


def main() -> None:
    """Fork a kernel for each order, until no more can come."""
    import_early()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # a kernel that has ended leaves nothing behind
    for line in sys.stdin:
        order = json.loads(line)
        process_id = os.fork()
        if process_id == 0:
            run_kernel(**order)
            os._exit(0)
        os.setpgid(process_id, process_id)  # jupyter_client ends the group of a kernel
        print(process_id, flush=True)


if __name__ == "__main__":
    main()
