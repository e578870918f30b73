"""Each test runs in a process of its own: what counts is the first import of torchvision."""

import subprocess
import sys

import pytest

USE = """
import torch
from dlcourse.data import torchvision_ops
from dlcourse.data.torchvision_ops import torchvision
import torchvision.datasets, torchvision.models
from torchvision.transforms import v2

image = torch.arange(12, dtype=torch.uint8).reshape(1, 3, 4)
assert torch.equal(v2.Resize((6, 8))(image).unique()[:1], torch.tensor([0], dtype=torch.uint8))
assert torch.equal(v2.functional.horizontal_flip(image), image.flip(-1))
assert torchvision.models.resnet18().eval()(torch.zeros(1, 3, 32, 32)).shape == (1, 1000)
assert len(torchvision.datasets.FakeData(size=3)) == 3
assert len(torchvision.datasets.MNIST.resources) == 4
"""

# What the import of torchvision finds beside the PyTorch build that it was made for: its compiled
# part registers the operators when it is loaded. Here they are registered by hand, and the compiled
# part is not loaded.
MATCHING = """
import torch
real = torch.library.Library("torchvision", "DEF")
real.define("nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
real.define("qnms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
def refuse(path):
    raise OSError(path)
torch.ops.load_library = refuse
"""

# What it finds beside another one: the compiled part does not load.
MISMATCHED = """
import torch
def refuse(path):
    raise OSError(path)
torch.ops.load_library = refuse
"""


def run(code: str) -> str:
    command = [sys.executable, "-W", "error::ImportWarning", "-c", code]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_torchvision_works_as_it_is_installed():
    run(USE)


def test_beside_a_matching_build_nothing_is_declared():
    assert run(MATCHING + USE + "print(torchvision_ops.library)") == "None"


def test_beside_another_build_the_operators_are_declared():
    code = MISMATCHED + USE + "print(torch.ops.torchvision.nms.default._schema)"
    schema = "torchvision::nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor"
    assert run(code) == schema


def test_without_the_declaration_another_build_fails():
    with pytest.raises(AssertionError, match="operator torchvision::nms does not exist"):
        run(MISMATCHED + "import torchvision")


def test_other_failures_of_the_import_are_not_hidden(tmp_path):
    (tmp_path / "torchvision.py").write_text("raise RuntimeError('something else')")
    find_this_one = f"import sys\nsys.path.insert(0, {str(tmp_path)!r})\n"
    with pytest.raises(AssertionError, match="something else"):
        run(f"{find_this_one}import dlcourse.data.torchvision_ops")


def test_data_and_models_leave_torchvision_and_pillow_alone():
    modules = ["data.batches", "data.digits", "data.framing", "data.idx", "data.mnist"]
    modules += ["models.mlp", "models.cnn", "models.lenet"]
    imports = "".join(f"import dlcourse.{module}\n" for module in modules)
    heavy = ("torchvision", "PIL", "matplotlib", "sklearn")
    show = f"print([name for name in {heavy} if name in sys.modules])\n"
    code = f"import sys\n{imports}{show}import dlcourse.data.images\n{show}"
    assert run(code).splitlines() == ["[]", "['PIL']"]
