"""Seconds of a device that works on while Python waits for nothing, and how busy it is meanwhile."""

import time

import torch
from torch.autograd import DeviceType
from torch.profiler import ProfilerActivity, profile


def finish(device):
    """Wait for what the device still has to do."""
    if device.type == "cuda":
        torch.cuda.synchronize()


def seconds_of(work, device):
    """Return the seconds from a call until the device has finished all of it, and what the call returns."""
    finish(device)
    started = time.perf_counter()
    result = work()
    finish(device)
    return time.perf_counter() - started, result


def measure_busy_share(work, device):
    """Return the share of its seconds in which the device computes or copies; call work before, to warm up.

    The profiler slows the machine, not the device: so the seconds are those of a call without it.
    """
    seconds, _ = seconds_of(work, device)
    is_gpu = device.type == "cuda"
    with profile(
        activities=[ProfilerActivity.CUDA if is_gpu else ProfilerActivity.CPU]
    ) as profiled:
        work()
        finish(device)
    if is_gpu:  # the names that PyTorch gives to stretches of time lie over the kernels
        events = [one for one in profiled.events() if one.device_type == DeviceType.CUDA]
        busy = sum(one.time_range.elapsed_us() for one in events if not one.is_user_annotation)
    else:
        busy = sum(one.self_cpu_time_total for one in profiled.events())
    return busy / 1e6 / seconds
