import pytest
import torch

from dlcourse.errors import EnvironmentProblem
from dlcourse.training import device
from dlcourse.training.config import TrainConfig
from dlcourse.training.device import (
    explain_failures,
    explain_missing_cuda,
    list_devices,
    pick_device,
)

CPU = torch.device("cpu")


@pytest.fixture
def has(monkeypatch):
    """Pretend that the machine has so many CUDA devices, and MPS or not."""

    def pretend(cuda=0, mps=False):
        monkeypatch.setattr(torch.cuda, "is_available", lambda: cuda > 0)
        monkeypatch.setattr(torch.cuda, "device_count", lambda: cuda)
        monkeypatch.setattr(torch.backends.mps, "is_available", lambda: mps)

    return pretend


@pytest.mark.parametrize(
    ("cuda", "mps", "devices", "picked"),
    [
        (0, False, ["cpu"], "cpu"),
        (0, True, ["mps", "cpu"], "mps"),
        (2, False, ["cuda:0", "cuda:1", "cpu"], "cuda:0"),
    ],
)
def test_auto_is_the_fastest_that_is_there(has, cuda, mps, devices, picked):
    has(cuda, mps)
    assert list_devices() == devices
    assert pick_device("auto") == torch.device(picked)


def test_a_device_that_is_there_is_picked_by_name(has):
    has(cuda=2)
    assert pick_device("cuda") == torch.device("cuda:0")
    assert pick_device("cuda:1") == torch.device("cuda:1")
    assert pick_device("cpu") == torch.device("cpu")


@pytest.mark.parametrize("name", ["cuda", "cuda:0", "cuda:7", "mps"])
def test_a_device_that_is_not_there_is_refused_with_those_that_are(has, name):
    has()
    with pytest.raises(EnvironmentProblem, match=f"there is no device {name} here, only cpu"):
        pick_device(name)


def test_one_gpu_too_many_is_refused(has):
    has(cuda=2)
    with pytest.raises(EnvironmentProblem, match="no device cuda:2 here, only cuda:0, cuda:1, cpu"):
        pick_device("cuda:2")


@pytest.mark.parametrize(
    "name", ["gpu", "GPU", "CUDA", "cuda:", "cuda:-1", "cuda:x", "cpu:0", "xpu", "", "cuda:0\n"]
)
def test_a_name_that_is_none_is_a_wrong_argument(name):
    with pytest.raises(ValueError, match="device must be auto, cpu, cuda, cuda:1"):
        pick_device(name)


def test_gpu_is_told_what_it_is_called():
    with pytest.raises(ValueError, match="is called cuda, Apple's mps"):
        pick_device("gpu")


def test_a_gpu_without_cuda_in_pytorch_is_explained(has, monkeypatch):
    has()
    monkeypatch.setattr(device.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(torch.version, "cuda", None)
    assert "NVIDIA GPU is present, but this PyTorch has no CUDA" in explain_missing_cuda()
    with pytest.raises(EnvironmentProblem, match="this PyTorch has no CUDA"):
        pick_device("cuda")


def test_a_driver_that_is_too_old_is_explained(has, monkeypatch):
    has()
    monkeypatch.setattr(device.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(torch.version, "cuda", "13.0")
    assert "does not support CUDA 13.0" in explain_missing_cuda()


def test_nothing_is_explained_where_cuda_works(has, monkeypatch):
    has(cuda=1)
    monkeypatch.setattr(device.shutil, "which", lambda name: f"/usr/bin/{name}")
    assert explain_missing_cuda() is None


@pytest.mark.parametrize(
    "error",
    [
        torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB"),
        RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate 8 bytes"),
        MemoryError(),
    ],
)
@pytest.mark.parametrize(
    ("size", "pieces", "remedy"),
    [
        (
            64,
            1,
            "a batch_size of 64: try --batch-size 32, or --accumulate 2, which takes the same "
            "steps unless the network has batch normalization",
        ),
        (64, 4, "a batch_size of 64 in 4 parts: try --batch-size 32, or --accumulate 8, which .*"),
        (1, 1, "a batch_size of 1: use a smaller network"),
        (4, 4, "a batch_size of 4 in 4 parts: use a smaller network"),
    ],
)
def test_out_of_memory_names_what_to_try(error, size, pieces, remedy):
    config = TrainConfig(batch_size=size, accumulate=pieces)
    with (
        pytest.raises(EnvironmentProblem, match=f"cpu is not enough for {remedy}$"),
        explain_failures(CPU, config),
    ):
        raise error


def test_another_error_stays_what_it_is():
    with pytest.raises(RuntimeError, match=r"^shapes$"), explain_failures(CPU, TrainConfig()):
        raise RuntimeError("shapes")


def test_a_real_allocation_that_is_too_large_is_out_of_memory():
    with (
        pytest.raises(EnvironmentProblem, match="--batch-size 64"),
        explain_failures(CPU, TrainConfig()),
    ):
        torch.empty(2**60, dtype=torch.uint8)  # an exbibyte


def test_each_process_of_torchrun_has_its_own_gpu(has, monkeypatch):
    has(cuda=2)
    monkeypatch.setenv("LOCAL_RANK", "1")
    assert str(pick_device("auto")) == str(pick_device("cuda")) == "cuda:1"
    assert str(pick_device("cuda:0")) == "cuda:0"


def test_steps_that_cannot_be_compiled_are_explained():
    said = r"^the steps cannot be compiled \(no compiler\): leave out --compile$"
    with (
        pytest.raises(EnvironmentProblem, match=said),
        explain_failures(CPU, TrainConfig(compile=True)),
    ):
        raise torch._dynamo.exc.TorchDynamoException("no compiler\nand a page of advice")
