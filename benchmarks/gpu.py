"""How many seconds a device works, and for which share of them it is busy.

A GPU works on after Python's call has returned, so a clock must wait until it has finished.
"""

import time

import torch
from torch.autograd import DeviceType
from torch.profiler import ProfilerActivity, profile


def finish(device):
    """Wait for what the device still has to do."""
    if device.type == "cuda":
        torch.cuda.synchronize()


def seconds_of(work, device):
    """Return the seconds that a function takes, and what it returns.

    They end when the device has finished everything that the function started.
    """
    finish(device)
    started = time.perf_counter()
    result = work()
    finish(device)
    seconds = time.perf_counter() - started
    return seconds, result


def measure_busy_share(work, device):
    """Return the share of a function's seconds in which the device computes or copies.

    The profiler slows the machine, not the device, so the seconds are those of a call without it.
    Call the function once before, to warm up.
    """
    seconds, _ = seconds_of(work, device)

    activity = ProfilerActivity.CPU
    if device.type == "cuda":
        activity = ProfilerActivity.CUDA
    with profile(activities=[activity], acc_events=True) as profiled:
        work()
        finish(device)

    busy_microseconds = 0
    for event in profiled.events():
        if device.type != "cuda":
            busy_microseconds += event.self_cpu_time_total
        elif event.device_type == DeviceType.CUDA and not event.is_user_annotation:
            # PyTorch names stretches of time, and these annotations lie over the kernels
            busy_microseconds += event.time_range.elapsed_us()
    return busy_microseconds / 1e6 / seconds
