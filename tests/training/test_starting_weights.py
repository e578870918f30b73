"""Networks that start from the weights of others: what is taken over, and what is refused."""

import hashlib
import json
import math
import pickle
import random
from pathlib import Path

import pytest
import safetensors.torch
import torch
from torch import nn

from dlcourse.errors import CheckpointError
from dlcourse.models.cnn import CNN
from dlcourse.models.gru import GRU
from dlcourse.models.lenet import LeNet
from dlcourse.models.mlp import MLP
from dlcourse.models.resnet18 import ResNet18
from dlcourse.training.checkpoint import digest_weights, save_weights
from dlcourse.training.config import TrainConfig
from dlcourse.training.run_description import RunDescription
from dlcourse.training.run_folder import RunFolder
from dlcourse.training.starting_weights import freeze, start_from

DIGITS = list("0123456789")


@pytest.fixture(autouse=True)
def work(tmp_path, monkeypatch):
    """Run each test in its own folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def start(source, network, class_names=DIGITS):
    """Start a network of images from a source."""
    return start_from(str(source), network, class_names, "class_names")


def make_run(folder, model, network, class_names=DIGITS):
    """Write the folder of a run that ended with a network."""
    about = {"image_shape": [1, 8, 8], "class_names": class_names}
    run = RunFolder(folder)
    run.create(RunDescription("1", model, "digits", about).as_content(), TrainConfig())
    save_weights(run.weights, network)
    return run


@pytest.fixture
def cnn(work):
    """Return the network of a run in the folder `cnn`."""
    torch.manual_seed(1)
    network = CNN()
    make_run("cnn", "cnn", network)
    return network


@pytest.fixture
def mlp(work):
    """Return the network of a run in the folder `mlp`."""
    torch.manual_seed(1)
    network = MLP(64)
    make_run("mlp", "mlp", network)
    return network


def find_equal(one, other):
    """Return the names of the weights that two networks have alike, bit by bit."""
    weights = one.state_dict()
    others = other.state_dict()
    return {
        name
        for name, tensor in weights.items()
        if tensor.shape == others[name].shape and torch.equal(tensor, others[name])
    }


# What is taken over


def test_with_the_same_classes_all_weights_are_taken_over(mlp):
    network = MLP(64)
    begun = start("mlp", network)
    assert find_equal(mlp, network) == set(mlp.state_dict())
    assert begun.sentence == "starts from mlp: hidden, output"
    assert begun.sha256 == digest_weights(mlp.state_dict())


@pytest.mark.parametrize("class_names", [list("abcdefghij"), ["0", "1", "2"]])
def test_the_head_is_new_where_the_classes_are_others(mlp, class_names):
    network = MLP(64, num_classes=len(class_names))
    head = network.output.weight.detach().clone()
    begun = start("mlp", network, class_names)
    assert find_equal(mlp, network) == {"hidden.weight", "hidden.bias"}
    assert torch.equal(network.output.weight, head)
    count = len(class_names)
    assert begun.sentence == f"starts from mlp: hidden; output is new, for {count} classes"
    hidden = {name: one for name, one in mlp.state_dict().items() if name.startswith("hidden")}
    assert begun.sha256 == digest_weights(hidden)


@pytest.mark.parametrize("wrapped", [False, True])
@pytest.mark.parametrize("name", ["weights.safetensors", "weights.pth"])
def test_a_file_of_weights_serves_as_well(cnn, name, wrapped):
    # Files older than PyTorch 0.4.1 do not have num_batches_tracked.
    weights = cnn.state_dict()
    content = {key: one for key, one in weights.items() if "num_batches" not in key}
    if name.endswith(".safetensors"):
        safetensors.torch.save_file(content, name)
    elif wrapped:
        torch.save({"state_dict": content, "epoch": 3}, name)
    else:
        torch.save(content, name)
    network = CNN(num_classes=3)
    begun = start(name, network, ["0", "1", "2"])
    assert begun.sentence.startswith(f"starts from {name}: conv1, norm1,")
    below = {key for key in content if not key.startswith("output")}
    assert below <= find_equal(cnn, network)


def test_a_file_does_not_tell_what_its_outputs_stand_for(mlp):
    network = MLP(64)
    start("mlp/model.safetensors", network, list("abcdefghij"))
    assert find_equal(mlp, network) == set(mlp.state_dict())


def test_the_facts_of_the_outputs_may_have_another_name(work):
    run = RunFolder("gru")
    description = RunDescription("1", "gru", "course", {"vocabulary": "abc"})
    run.create(description.as_content(), TrainConfig())
    source = GRU(3)
    save_weights(run.weights, source)
    for vocabulary, is_head_new in (("abc", False), ("abd", True)):
        network = GRU(3)
        begun = start_from("gru", network, list(vocabulary), "vocabulary")
        assert ("output is new" in begun.sentence) == is_head_new


# What stays


def test_a_frozen_network_gives_the_same_features_while_it_trains():
    torch.manual_seed(0)
    network = CNN()
    images = torch.rand(8, 1, 28, 28)
    features = []
    network.output.register_forward_pre_hook(lambda _, inputs: features.append(inputs[0]))
    network.eval()(images)
    assert freeze(network) == "conv1, norm1, conv2, norm2, conv3, norm3"
    network.train()(images)
    assert torch.equal(*features)
    assert not features[1].requires_grad
    assert network.output.training
    assert all(parameter.requires_grad for parameter in network.output.parameters())


# What is refused


@pytest.mark.parametrize(
    ("make_network", "source", "said"),
    [
        (
            lambda: MLP(64),
            "cnn",
            "cnn does not fit this MLP: 17 of its weights differ "
            "(hidden.weight is missing, not [128, 64]",
        ),
        (
            CNN,
            "mlp",
            "conv1.weight is missing, not [16, 1, 3, 3], norm1.weight is missing, not [16]",
        ),
        (LeNet, "cnn", "conv1.weight is [16, 1, 3, 3], not [6, 1, 5, 5]"),
        (lambda: MLP(64), "deeper.pth", "deeper.weight is [4, 4], not there"),
        (
            lambda: MLP(64),
            "nowhere",
            "nowhere gives no usable weights for MLP (FileNotFoundError): name a run's folder",
        ),
        (lambda: MLP(64), ".", ". contains no run and no checkpoint yet"),
        (lambda: MLP(64), "unsaved", "unsaved contains no checkpoint yet"),
        (lambda: MLP(64), "damaged", "is not JSON"),
        (lambda: MLP(64), "incomplete", "is damaged or was written by a newer dlcourse"),
        (lambda: MLP(64), "torchvision", "torchvision gives no usable weights for MLP"),
    ],
)
def test_what_does_not_fit_is_named(cnn, mlp, make_network, source, said):
    content = {**mlp.state_dict(), "deeper.weight": torch.zeros(4, 4)}
    torch.save(content, "deeper.pth")
    for name in ("unsaved", "damaged", "incomplete"):
        make_run(name, "mlp", mlp)
    Path("unsaved/model.safetensors").unlink()
    Path("damaged/config.json").write_text("{")
    settings = json.loads(Path("incomplete/config.json").read_text())["settings"]
    Path("incomplete/config.json").write_text(json.dumps({"settings": settings}))
    network = make_network()
    before = {name: one.clone() for name, one in network.state_dict().items()}
    with pytest.raises(CheckpointError) as caught:
        start(source, network)
    assert said in str(caught.value)
    for name, one in network.state_dict().items():
        assert torch.equal(one, before[name])


class Code:
    """What a pickle runs when it is opened."""

    def __reduce__(self):
        return Path.touch, (Path("executed"),)


def save_truncated(path):
    torch.save(MLP(64).state_dict(), path)
    path.write_bytes(path.read_bytes()[:-500])


def save_sparse(path):
    weights = MLP(64).state_dict()
    torch.save({name: one.to_sparse() for name, one in weights.items()}, path)


def save_legacy(path):
    torch.save(Code(), path, _use_new_zipfile_serialization=False)


def save_half(path):
    path.write_bytes(safetensors.torch.save(MLP(64).state_dict())[:-9])


def save_image(path):
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))


HOSTILE = {
    "code.pth": lambda path: torch.save({"hidden.weight": Code()}, path),
    "pickle.pth": lambda path: path.write_bytes(pickle.dumps(Code())),
    "whole_model.pth": lambda path: torch.save(MLP(64), path),
    "legacy.pth": save_legacy,
    "truncated.pth": save_truncated,
    "empty.pth": lambda path: path.touch(),
    "list.pth": lambda path: torch.save([torch.zeros(3)], path),
    "numbers.pth": lambda path: torch.save({"hidden.weight": 1.0}, path),
    "sparse.pth": save_sparse,
    "image.pth": save_image,
    "image.safetensors": save_image,
    "empty.safetensors": lambda path: path.touch(),
    "half.safetensors": save_half,
    "pickle.safetensors": lambda path: torch.save({"hidden.weight": Code()}, path),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_named_and_never_executed(name):
    HOSTILE[name](Path(name))
    with pytest.raises(CheckpointError) as caught:
        start(name, MLP(64))
    assert caught.value.problem.startswith(name)
    assert not Path("executed").exists()


@pytest.mark.parametrize("count", [60, pytest.param(3000, marks=pytest.mark.soak)])
def test_a_damaged_file_is_refused_by_name_or_holds_weights_of_the_right_shape(count):
    torch.save(MLP(64).state_dict(), "whole.pth")
    safetensors.torch.save_file(MLP(64).state_dict(), "whole.safetensors")
    rng = random.Random(0)
    num_refused = 0
    num_loaded = 0
    for number in range(count):
        ending = rng.choice([".pth", ".safetensors"])
        content = bytearray(Path("whole" + ending).read_bytes())
        for _ in range(rng.choice([1, 50])):
            content[rng.randrange(rng.choice([1000, len(content)]))] = rng.randrange(256)
        if number % 3 == 0:
            content = content[: rng.randrange(len(content))]
        path = Path(f"damaged-{number}{ending}")
        path.write_bytes(content)
        try:
            start(path, MLP(64))
        except CheckpointError as error:
            num_refused += error.problem.startswith(str(path))
        else:
            num_loaded += 1
        path.unlink()
    assert num_refused + num_loaded == count
    assert num_refused > count / 3  # those that were cut, and some others


# torchvision's weights, from a file in the place of the network


@pytest.fixture
def published(monkeypatch, work):
    """Publish weights with their checksum in the name, as torchvision does; return the file."""
    monkeypatch.setenv("TORCH_HOME", str(work / "cache"))
    torch.manual_seed(1)
    torch.save(ResNet18(num_classes=7).state_dict(), "weights.pth")
    digest = hashlib.sha256(Path("weights.pth").read_bytes()).hexdigest()
    file = Path("weights.pth").rename(f"resnet18-{digest[:8]}.pth").absolute()
    monkeypatch.setattr(ResNet18, "published", file.as_uri())
    return file


def test_published_weights_are_downloaded_and_get_a_new_head(published):
    network = ResNet18(num_classes=3)
    begun = start("torchvision", network, ["0", "1", "2"])
    assert begun.sentence == (
        "starts from torchvision: conv1, bn1, layer1, layer2, layer3, layer4; "
        "fc is new, for 3 classes"
    )
    weights = torch.load(published, weights_only=True)
    now = network.state_dict()
    below = [name for name in weights if not name.startswith("fc.")]
    assert all(torch.equal(weights[name], now[name]) for name in below)


def test_a_download_with_another_checksum_or_no_network_is_named(published):
    published.write_bytes(published.read_bytes()[:-1] + b"x")
    for problem in ("RuntimeError", "URLError"):
        with pytest.raises(CheckpointError) as caught:
            start("torchvision", ResNet18(num_classes=3))
        reason = f"gives no usable weights for ResNet18 ({problem}): download it in another way"
        assert f"{published.as_uri()} {reason}" in str(caught.value)
        published.unlink(missing_ok=True)


def test_torchvisions_own_address_holds_a_checksum():
    assert torch.hub.HASH_REGEX.search(ResNet18.published).group(1) == "f37072fd"
    assert ResNet18.published.startswith("https://")
    assert isinstance(ResNet18(), nn.Module)


@pytest.mark.parametrize(
    "wrap",
    [
        nn.DataParallel,
        torch.compile,
        lambda network: torch.compile(nn.DataParallel(network)),
        lambda network: nn.DataParallel(torch.compile(network)),
    ],
)
@pytest.mark.filterwarnings("ignore:.torch.jit:DeprecationWarning")  # of PyTorch's own import
def test_the_prefixes_of_wrapped_networks_are_taken_off(cnn, wrap):
    network = CNN()
    with torch.no_grad():
        network.conv1.weight.fill_(0.25)
    torch.save(wrap(network).state_dict(), "parallel.pth")
    fresh = CNN()
    start_from("parallel.pth", fresh, DIGITS, "class_names")
    assert torch.equal(fresh.conv1.weight, network.conv1.weight)
    assert torch.equal(fresh.output.weight, network.output.weight)


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_weights_that_are_not_finite_are_refused(cnn, value):
    torch.nn.init.constant_(cnn.output.bias, value)
    torch.save(cnn.state_dict(), "cnn.pth")
    with pytest.raises(
        CheckpointError, match=r"^10 weights of cnn\.pth are NaN or infinite: name "
    ):
        start("cnn.pth", CNN())
    torch.nn.init.zeros_(cnn.output.bias)
    torch.save(cnn.state_dict(), "sound.pth")  # the remedy: another source
    start("sound.pth", CNN())
