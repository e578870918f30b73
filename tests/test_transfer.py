"""Runs that start from the weights of others: what is taken over, what stays, and what is refused."""

import dataclasses
import hashlib
import itertools
import json
import pickle
import random
import runpy
import shutil
from pathlib import Path

import pytest
import safetensors.torch
import torch
from torch import nn

from dlcourse.assemble import RunDescription
from dlcourse.cli import main
from dlcourse.data.batches import Split
from dlcourse.data.digits import load_digits
from dlcourse.errors import CheckpointError
from dlcourse.models.cnn import CNN
from dlcourse.models.mlp import MLP
from dlcourse.models.resnet18 import ResNet18
from dlcourse.recipes import DATASETS
from dlcourse.training import trainer
from dlcourse.training.run_folder import RunFolder
from dlcourse.transfer import freeze, start_from

ROOT = Path(__file__).resolve().parents[1]


def load_few(data_dir=None):
    """Return 150 digits, so that an epoch has few steps."""
    digits = load_digits()
    train = Split(digits.train.images[:150], digits.train.labels[:150])
    return dataclasses.replace(digits, train=train)


def load_three(data_dir=None):
    """Return the digits 0 to 2: a data set of the same shape with other classes."""
    digits = load_digits()
    splits = {}
    for name in ("train", "validation", "test"):
        split = getattr(digits, name)
        chosen = split.labels < 3
        splits[name] = Split(split.images[chosen], split.labels[chosen])
    return dataclasses.replace(digits, name="three", class_names=("0", "1", "2"), **splits)


def load_renamed(data_dir=None):
    """Return the same number of classes under other names."""
    return dataclasses.replace(load_few(), name="renamed", class_names=tuple("abcdefghij"))


@pytest.fixture(scope="module")
def sources(tmp_path_factory):
    """A folder with a run of the CNN and one of the MLP."""
    folder = tmp_path_factory.mktemp("sources")
    for model in ("cnn", "mlp"):
        assert main(["train", model, "--epochs", "1", "--run-dir", str(folder / model)]) == 0
    return folder


@pytest.fixture(autouse=True)
def work(tmp_path, monkeypatch, sources):
    """Run each test in its own folder, with copies of the runs."""
    monkeypatch.chdir(tmp_path)
    loaders = {"digits": load_few, "three": load_three, "renamed": load_renamed}
    for name, load in loaders.items():
        monkeypatch.setitem(DATASETS, name, load)
    for model in ("cnn", "mlp"):
        shutil.copytree(sources / model, tmp_path / model)
    return tmp_path


@pytest.fixture
def train(capsys):
    """Train for two epochs into the folder `new`; return the exit code, stdout and stderr."""

    def run(words):
        exit_code = main(["train", *words.split(), "--epochs", "2", "--run-dir", "new"])
        return exit_code, *capsys.readouterr()

    return run


def weights(folder):
    return safetensors.torch.load_file(Path(folder, "model.safetensors"))


def same(one, other, part=""):
    """Return which weights of a part are equal, bit by bit."""
    names = {name for name in one if name.startswith(part)}
    return {
        name for name in names if name in other and torch.equal(one[name], other[name])
    } == names


def refused(done, exit_code=4):
    """Return the one line of an error."""
    assert done[0] == exit_code
    assert done[1] == ""
    *progress, line = done[2].splitlines()
    assert line.startswith("dlcourse: error: ")
    assert not progress or "Downloading" in progress[0]
    assert not Path("new").exists()
    return line


def stop_before(monkeypatch, step):
    """End the next training as kill -9 would, before a step's end."""

    def end(self, *_):
        if self._at.step + 1 == step:
            raise KeyboardInterrupt
        real(self, *_)

    real = trainer.Trainer._after_step
    monkeypatch.setattr(trainer.Trainer, "_after_step", end)


# what is taken over


def test_frozen_layers_keep_weights_and_statistics_to_the_bit(train):
    exit_code, out, _ = train("cnn three --from cnn --freeze")
    assert exit_code == 0
    assert (
        "starts from cnn: conv1, norm1, conv2, norm2, conv3, norm3; output is new, for 3 classes"
        in out
    )
    assert "frozen: conv1, norm1, conv2, norm2, conv3, norm3\n" in out
    before, after = weights("cnn"), weights("new")
    for part in ("conv", "norm"):
        assert same(before, after, part)
    assert after["output.weight"].shape == (3, 64)
    assert json.loads(Path("new/config.json").read_text())["origin"] == "cnn"


def test_without_freeze_all_layers_learn(train):
    assert train("cnn three --from cnn")[0] == 0
    before, after = weights("cnn"), weights("new")
    assert not any(
        torch.equal(before[name], after[name]) for name in before if not name.startswith("output")
    )


def test_a_frozen_network_gives_the_same_features_while_it_trains():
    torch.manual_seed(0)
    network, images = CNN(), torch.rand(8, 1, 28, 28)
    features = []
    network.output.register_forward_pre_hook(lambda _, inputs: features.append(inputs[0]))
    network.eval()(images)
    freeze(network)
    network.train()(images)
    assert torch.equal(*features)
    assert not features[1].requires_grad
    assert network.output.training


@pytest.mark.parametrize(("data", "is_new"), [("digits", False), ("renamed", True)])
def test_the_head_is_new_where_the_classes_have_other_names(train, monkeypatch, data, is_new):
    seen = {}
    monkeypatch.setattr(
        trainer.Trainer, "fit", lambda self, *_, **__: seen.update(self.model.state_dict()) or 1 / 0
    )
    out = train(f"mlp {data} --from mlp")[1]
    assert same(weights("mlp"), seen, "hidden")
    assert same(weights("mlp"), seen, "output") is not is_new
    assert ("output is new, for 10 classes" in out) is is_new


@pytest.mark.parametrize("wrapped", [False, True])
@pytest.mark.parametrize("name", ["weights.safetensors", "weights.pth"])
def test_a_file_of_weights_serves_as_well(train, name, wrapped):
    content = {
        key: tensor for key, tensor in weights("cnn").items() if "num_batches" not in key
    }  # as old files
    if name.endswith(".pth"):
        torch.save({"state_dict": content, "epoch": 3} if wrapped else content, name)
    else:
        safetensors.torch.save_file(content, name)
    exit_code, out, _ = train(f"cnn three --from {name} --freeze")
    assert exit_code == 0
    assert f"starts from {name}: conv1," in out
    assert same({key: content[key] for key in content if "output" not in key}, weights("new"))


# a run that goes on


def test_a_resumed_run_needs_no_source_once_it_has_a_checkpoint(train, monkeypatch):
    assert train("cnn three --from cnn --freeze")[0] == 0
    Path("new").rename("whole")
    with monkeypatch.context() as patch:
        stop_before(patch, 7)  # of 8 steps, of which an epoch has 4
        assert train("cnn three --from cnn --freeze")[0] == 130
    assert len(RunFolder("new").list_checkpoints()) == 1
    shutil.rmtree("cnn")
    exit_code, _, err = train("cnn three --resume --from other")
    assert exit_code == 4
    assert "has origin cnn, not other" in err
    assert train("cnn three --resume")[0] == 0
    assert (
        Path("new/model.safetensors").read_bytes() == Path("whole/model.safetensors").read_bytes()
    )


def test_a_run_killed_before_its_first_checkpoint_starts_from_the_same_weights(train, monkeypatch):
    assert train("cnn three --from cnn")[0] == 0
    Path("new").rename("whole")
    with monkeypatch.context() as patch:
        stop_before(patch, 1)
        assert train("cnn three --from cnn")[0] == 130
    assert not RunFolder("new").list_checkpoints()
    shutil.copytree("new", "again")
    assert train("cnn three --resume")[0] == 0
    assert (
        Path("new/model.safetensors").read_bytes() == Path("whole/model.safetensors").read_bytes()
    )

    shutil.rmtree("new")
    Path("again").rename("new")
    assert (
        main(["train", "cnn", "--run-dir", "cnn", "--overwrite", "--epochs", "1", "--seed", "1"])
        == 0
    )
    exit_code, _, err = train("cnn three --resume")
    assert exit_code == 4
    assert "has origin sha256 " in err


def test_freeze_cannot_be_added_to_a_run_that_was_begun_without(train):
    assert train("mlp three --from mlp")[0] == 0
    exit_code, _, err = train("mlp three --resume --freeze")
    assert exit_code == 4
    assert "has is frozen False, not True" in err


# what is refused


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            "mlp --from cnn",
            "cnn does not fit this mlp: 17 of its weights differ (hidden.weight is missing, not [128, 64]",
        ),
        (
            "cnn --from mlp",
            "conv1.weight is missing, not [16, 1, 3, 3], norm1.weight is missing, not [16]",
        ),
        ("lenet --from cnn", "conv1.weight is [16, 1, 3, 3], not [6, 1, 5, 5]"),
        ("mlp --from deeper.pth", "deeper.weight is [4, 4], not there"),
        (
            "mlp --from nowhere",
            "nowhere gives no weights for MLP (FileNotFoundError): name a run's folder",
        ),
        ("mlp --from .", ". holds no run and no checkpoint yet"),
        ("mlp --from unsaved", "unsaved holds no checkpoint yet"),
        ("mlp --from damaged", "is damaged or not a run's"),
    ],
)
def test_what_does_not_fit_is_named(train, words, said):
    content = {**MLP(64).state_dict(), "deeper.weight": torch.zeros(4, 4)}
    torch.save(content, "deeper.pth")
    for name in ("unsaved", "damaged"):
        shutil.copytree("mlp", name)
    Path("unsaved/model.safetensors").unlink()
    Path("damaged/config.json").write_text("{")
    assert said in refused(train(words))


class Code:
    """What a pickle runs when it is opened."""

    def __reduce__(self):
        return Path.touch, (Path("executed"),)


def save_truncated(path):
    torch.save(MLP(64).state_dict(), path)
    path.write_bytes(path.read_bytes()[:-500])


HOSTILE = {
    "code.pth": lambda path: torch.save({"hidden.weight": Code()}, path),
    "pickle.pth": lambda path: path.write_bytes(pickle.dumps(Code())),
    "whole_model.pth": lambda path: torch.save(MLP(64), path),
    "legacy.pth": lambda path: torch.save(Code(), path, _use_new_zipfile_serialization=False),
    "truncated.pth": save_truncated,
    "empty.pth": lambda path: path.touch(),
    "list.pth": lambda path: torch.save([torch.zeros(3)], path),
    "numbers.pth": lambda path: torch.save({"hidden.weight": 1.0}, path),
    "sparse.pth": lambda path: torch.save(
        {name: one.to_sparse() for name, one in MLP(64).state_dict().items()}, path
    ),
    "picture.pth": lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100)),
    "picture.safetensors": lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100)),
    "empty.safetensors": lambda path: path.touch(),
    "half.safetensors": lambda path: path.write_bytes(
        safetensors.torch.save(MLP(64).state_dict())[:-9]
    ),
    "pickle.safetensors": lambda path: torch.save({"hidden.weight": Code()}, path),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_named_and_never_executed(train, name):
    HOSTILE[name](Path(name))
    assert name in refused(train(f"mlp --from {name}"))
    assert not Path("executed").exists()


@pytest.mark.parametrize("count", [60, pytest.param(3000, marks=pytest.mark.soak)])
def test_a_damaged_file_is_refused_by_name_or_holds_weights_of_the_right_shape(count):
    torch.save(MLP(64).state_dict(), "whole.pth")
    safetensors.torch.save_file(MLP(64).state_dict(), "whole.safetensors")
    description = RunDescription("1", "mlp", "digits", [1, 8, 8], list("0123456789"), 8, None)
    rng, refused, loaded = random.Random(0), 0, 0
    for number in range(count):
        ending = rng.choice([".pth", ".safetensors"])
        content = bytearray(Path("whole" + ending).read_bytes())
        for _ in range(rng.choice([1, 50])):
            content[rng.randrange(rng.choice([1000, len(content)]))] = rng.randrange(256)
        path = Path(f"damaged-{number}{ending}")
        path.write_bytes(content[: rng.randrange(len(content))] if number % 3 == 0 else content)
        try:
            start_from(str(path), MLP(64), description, say=str)
        except CheckpointError as error:
            refused += error.problem.startswith(str(path))
        else:
            loaded += 1
        path.unlink()
    assert refused + loaded == count
    assert refused > count / 3  # those that were cut, and some others


def test_freeze_alone_and_torchvision_for_our_own_networks_are_refused(train, capsys):
    assert main(["train", "mlp", "--from", ""]) == 4  # as from a shell's variable that is not set
    assert not Path("runs").exists()
    capsys.readouterr()
    assert "--freeze needs --from" in refused(train("mlp --freeze"), exit_code=2)
    assert "torchvision gives no weights for MLP" in refused(train("mlp --from torchvision"))


# torchvision's weights, from a file in the place of the network


@pytest.fixture
def published(monkeypatch, work):
    """Publish weights with their checksum in the file's name, as torchvision does; return the file."""
    monkeypatch.setenv("TORCH_HOME", str(work / "cache"))
    torch.manual_seed(1)
    torch.save(ResNet18(num_classes=7).state_dict(), "weights.pth")
    digest = hashlib.sha256(Path("weights.pth").read_bytes()).hexdigest()
    file = Path("weights.pth").rename(f"resnet18-{digest[:8]}.pth").absolute()
    monkeypatch.setattr(ResNet18, "published", file.as_uri())
    return file


def test_published_weights_are_downloaded_and_get_a_new_head(train, monkeypatch, published):
    seen = {}
    monkeypatch.setattr(
        trainer.Trainer, "fit", lambda self, *_, **__: seen.update(self.model.state_dict()) or 1 / 0
    )
    _, out, _ = train("resnet18 three --from torchvision --freeze")
    assert (
        "starts from torchvision: conv1, bn1, layer1, layer2, layer3, layer4; fc is new, for 3 classes"
        in out
    )
    weights = torch.load(published, weights_only=True)
    assert same({name: one for name, one in weights.items() if not name.startswith("fc.")}, seen)


def test_a_download_with_another_checksum_or_no_network_is_named(train, monkeypatch, published):
    published.write_bytes(published.read_bytes()[:-1] + b"x")
    for problem in ("RuntimeError", "URLError"):
        said = refused(train("resnet18 three --from torchvision"))
        assert (
            f"{published.as_uri()} gives no weights for ResNet18 ({problem}): download it in another way"
            in said
        )
        published.unlink(missing_ok=True)


def test_torchvisions_own_address_holds_a_checksum():
    assert torch.hub.HASH_REGEX.search(ResNet18.published).group(1) == "f37072fd"
    assert ResNet18.published.startswith("https://")
    assert isinstance(ResNet18(), nn.Module)


# what it is worth


def rows_of(path):
    """Return the rows of the table of transfer in a Markdown file."""
    lines = Path(ROOT, path).read_text("utf-8").splitlines()
    start = next(index for index, line in enumerate(lines) if line.startswith("| test accuracy |"))
    return list(itertools.takewhile(lambda line: line.startswith("|"), lines[start:]))


def test_the_readme_quotes_the_table_of_the_benchmark():
    assert len(rows_of("benchmarks/transfer.md")) >= 9
    assert rows_of("README.md") == rows_of("benchmarks/transfer.md")


def test_the_benchmark_gives_all_ways_the_same_pictures(monkeypatch, tmp_path):
    benchmark = runpy.run_path(str(ROOT / "benchmarks" / "transfer.py"))
    monkeypatch.setitem(benchmark["measure"].__globals__, "RATES", (0.01,))
    source, target = load_few(), load_three()
    sources = benchmark["train_sources"]("mlp", source, [0], tmp_path / "sources")
    seen = []
    real = trainer.Trainer.fit

    def fit(self, batches, *others):
        seen.append(batches.labels)
        real(self, batches, *others)

    monkeypatch.setattr(trainer.Trainer, "fit", fit)
    found = benchmark["measure"]("mlp", sources, target, 5, [0], num_steps=2)
    assert list(found) == list(benchmark["WAYS"])
    assert all(0 <= accuracy <= 1 for scores, _ in found.values() for accuracy in scores)
    assert len(seen) == 3
    for labels in seen:
        assert torch.equal(labels, seen[0])
        assert labels.bincount().tolist() == [5, 5, 5]
