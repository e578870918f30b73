"""Start the kernels of labs in a fraction of the time: see kernel_server.py."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

from jupyter_client.provisioning import local_provisioner

SERVER = [sys.executable, "-m", "dlcourse_site.kernel_server"]
BACKEND = "module://matplotlib_inline.backend_inline"  # what a kernel sets before Matplotlib comes


class ForkedKernel:
    """The process of a kernel, with the part of subprocess.Popen that jupyter_client uses."""

    stdin = stdout = stderr = None

    def __init__(self, process_id: int):
        self.pid = process_id

    def poll(self) -> int | None:
        """Return None while the process is there."""
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return 0
        return None

    def wait(self) -> int:
        """Wait until the process has ended."""
        while self.poll() is None:
            time.sleep(0.01)
        return 0

    def send_signal(self, number: int) -> None:
        """Send a signal to the process."""
        os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask the process to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End the process."""
        self.send_signal(signal.SIGKILL)


@contextlib.contextmanager
def forked_kernels() -> Iterator[None]:
    """Let jupyter_client fork its kernels from one process, which starts with the first of them.

    Elsewhere than on Linux, where a fork of a process with loaded libraries is not safe, kernels
    start as usual.
    """
    if sys.platform != "linux":
        yield
        return
    servers: list[Any] = []

    def launch(
        command: list[str],
        env: dict[str, str],
        cwd: str = ".",
        **_: Any,
    ) -> ForkedKernel:
        if not servers:
            settings = {**os.environ, "MPLBACKEND": BACKEND}
            server = subprocess.Popen(
                SERVER,
                env=settings,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                encoding="utf-8",
            )
            servers.append(server)
        (server,) = servers
        order = {
            "arguments": command[command.index("-f") :],
            "folder": os.path.abspath(cwd),
            "environment": env,
        }
        print(json.dumps(order), file=server.stdin, flush=True)
        return ForkedKernel(int(server.stdout.readline()))

    try:
        with patch.object(local_provisioner, "launch_kernel", launch):
            yield
    finally:
        for server in servers:
            server.communicate()  # closes its input, which ends it
