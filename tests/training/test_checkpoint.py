import hashlib
import io
import os
import pickle
import random

import pytest
import safetensors.torch
import torch
from torch import nn

from dlcourse.errors import CheckpointError
from dlcourse.training.checkpoint import (
    HEADER,
    load_checkpoint,
    load_weights,
    save_checkpoint,
    save_weights,
)

STATE = {
    "step": 7,
    "rate": 0.5,
    "name": "né",
    "none": None,
    "model": {"weight": torch.arange(6.0).reshape(2, 3)},
}


class Evil:
    """Pickled code: unpickled, it would write a file beside the checkpoint."""

    def __init__(self, marker):
        self.marker = marker

    def __reduce__(self):
        return (os.mkdir, (str(self.marker),))


def small_model():
    torch.manual_seed(0)
    # Batch normalization has buffers, one of them an integer.
    return nn.Sequential(nn.Linear(3, 2), nn.BatchNorm1d(2))


def test_a_checkpoint_comes_back_as_it_was(tmp_path):
    save_checkpoint(tmp_path / "step-7.pt", STATE)
    loaded = load_checkpoint(tmp_path / "step-7.pt")
    assert torch.equal(loaded["model"].pop("weight"), STATE["model"]["weight"])
    assert loaded == {**STATE, "model": {}}


def test_weights_come_back_bit_for_bit(tmp_path):
    saved = small_model()
    loaded = small_model()
    saved(torch.randn(5, 3))  # moves BatchNorm's buffers from their start
    nn.init.zeros_(loaded[0].weight)
    save_weights(tmp_path / "model.safetensors", saved)
    load_weights(tmp_path / "model.safetensors", loaded)
    restored = loaded.state_dict()
    for name, value in saved.state_dict().items():
        assert torch.equal(value, restored[name])


def test_shared_and_transposed_weights_are_saved(tmp_path):
    model = nn.Sequential(nn.Linear(3, 3), nn.Linear(3, 3))
    model[1].weight = model[0].weight
    model[0].bias.data = torch.eye(3).T[1]  # a view with a stride
    save_weights(tmp_path / "model.safetensors", model)
    load_weights(tmp_path / "model.safetensors", nn.Sequential(nn.Linear(3, 3), nn.Linear(3, 3)))


def test_weights_are_a_plain_safetensors_file(tmp_path):
    model = small_model()
    save_weights(tmp_path / "model.safetensors", model)
    plain = safetensors.torch.load_file(tmp_path / "model.safetensors")
    assert torch.equal(plain["0.weight"], model[0].weight)


# What is damaged, cut, hostile or something else is refused with the file's name.


def assert_all_refused(load, path, contents):
    for content in contents:
        path.write_bytes(content)
        with pytest.raises(CheckpointError) as caught:
            load(path)
        assert str(path) in str(caught.value)


def seal(payload):
    """Return a checkpoint file of any content, with its correct checksum."""
    digest = hashlib.sha256(payload).hexdigest().encode()
    return HEADER + digest + b"\n" + payload


def load_small_model(path):
    load_weights(path, small_model())


def flipped(content, position):
    changed = bytearray(content)
    changed[position // 8] ^= 1 << position % 8
    return bytes(changed)


def test_every_cut_checkpoint_is_refused(tmp_path):
    path = tmp_path / "step-7.pt"
    save_checkpoint(path, STATE)
    content = path.read_bytes()
    assert_all_refused(load_checkpoint, path, [content[:end] for end in range(0, len(content), 7)])


def test_one_flipped_bit_in_a_checkpoint_is_refused(tmp_path):
    path = tmp_path / "step-7.pt"
    save_checkpoint(path, STATE)
    content = path.read_bytes()
    positions = random.Random(0).sample(range(8 * len(content)), 300)
    contents = [flipped(content, position) for position in positions]
    assert_all_refused(load_checkpoint, path, contents)


def test_every_cut_weights_file_is_refused(tmp_path):
    path = tmp_path / "model.safetensors"
    save_weights(path, small_model())
    content = path.read_bytes()
    assert_all_refused(load_small_model, path, [content[:end] for end in range(0, len(content), 3)])


def test_every_flipped_bit_in_a_weights_file_is_refused(tmp_path):
    path = tmp_path / "model.safetensors"
    save_weights(path, nn.Linear(2, 1))
    content = path.read_bytes()
    every_bit = [flipped(content, position) for position in range(8 * len(content))]
    assert_all_refused(lambda path: load_weights(path, nn.Linear(2, 1)), path, every_bit)


OTHER_FILES = [
    b"",
    b"\0",
    b"PK\x03\x04",
    b"hello",
    b"<!DOCTYPE html>",
    b"version https://git-lfs.github.com/spec/v1\n",
]


def test_other_files_are_refused(tmp_path):
    of_checkpoints = [HEADER, HEADER + b"0" * 64]
    assert_all_refused(load_checkpoint, tmp_path / "step-7.pt", OTHER_FILES + of_checkpoints)
    assert_all_refused(load_small_model, tmp_path / "model.safetensors", OTHER_FILES)


@pytest.mark.parametrize("load", [load_checkpoint, load_small_model])
def test_a_missing_file_and_a_folder_are_refused(tmp_path, load):
    for path in (tmp_path / "missing", tmp_path):
        with pytest.raises(CheckpointError, match="cannot be read"):
            load(path)


def test_code_in_a_checkpoint_with_a_correct_checksum_does_not_run(tmp_path):
    marker = tmp_path / "code ran"
    path = tmp_path / "step-7.pt"
    torch.save({"weight": Evil(marker)}, tmp_path / "zip")
    torch.save({"weight": Evil(marker)}, tmp_path / "legacy", _use_new_zipfile_serialization=False)
    payloads = [
        pickle.dumps(Evil(marker)),
        (tmp_path / "zip").read_bytes(),
        (tmp_path / "legacy").read_bytes(),
    ]
    sealed = [seal(payload) for payload in payloads]
    assert_all_refused(load_checkpoint, path, sealed)
    assert_all_refused(load_small_model, tmp_path / "model.safetensors", payloads)
    assert not marker.exists()
    pickle.loads(payloads[0])  # the payload is a real one
    assert marker.exists()


def make_hostile(chance, whole, marker):
    """Return a file that is cut, flipped, random or full of code.

    Many of those that are not cut or flipped have a correct checksum.
    """

    class Hostile:
        def __reduce__(self):
            command = f"open({str(marker)!r}, 'w')"
            calls = [(open, (str(marker), "w")), (eval, (command,)), (exec, (command,))]
            return chance.choice(calls)

    kind = chance.choice(["cut", "flipped", "random", "pickle", "torch"])
    if kind == "cut":
        content = whole[: chance.randrange(len(whole))]
    elif kind == "flipped":
        content = flipped(whole, chance.randrange(8 * len(whole)))
    elif kind == "random":
        content = chance.randbytes(chance.randrange(2000))
    else:
        nested = chance.choice([Hostile(), {"model": Hostile()}, [STATE, {"a": (1, Hostile())}]])
        buffer = io.BytesIO()
        if kind == "pickle":
            pickle.dump(nested, buffer, protocol=chance.randrange(6))
        else:
            torch.save(nested, buffer, _use_new_zipfile_serialization=chance.random() < 0.5)
        content = buffer.getvalue()
    if kind not in ("cut", "flipped") and chance.random() < 0.7:
        content = seal(content)
    return content


@pytest.mark.parametrize("count", [300, pytest.param(3000, marks=pytest.mark.soak)])
def test_hostile_files_are_named_and_neither_loaded_nor_run(tmp_path, count):
    marker = tmp_path / "code ran"
    path = tmp_path / "step-7.pt"
    chance = random.Random(count)
    save_checkpoint(path, STATE)
    whole = path.read_bytes()
    contents = [make_hostile(chance, whole, marker) for _ in range(count)]
    assert_all_refused(load_checkpoint, path, contents)
    assert_all_refused(load_small_model, tmp_path / "model.safetensors", contents)
    assert not marker.exists()


def test_a_checkpoint_that_holds_a_list_is_refused(tmp_path):
    save_checkpoint(tmp_path / "step-7.pt", [1, 2])
    with pytest.raises(CheckpointError, match="holds a list"):
        load_checkpoint(tmp_path / "step-7.pt")


def test_weights_of_another_model_are_refused(tmp_path):
    save_weights(tmp_path / "model.safetensors", small_model())
    for other in (nn.Linear(3, 2), nn.Sequential(nn.Linear(4, 2), nn.BatchNorm1d(2))):
        with pytest.raises(CheckpointError, match="the weights of another model than this"):
            load_weights(tmp_path / "model.safetensors", other)


def test_weights_without_our_checksum_are_refused(tmp_path):
    weights = dict(small_model().state_dict())
    safetensors.torch.save_file(weights, tmp_path / "model.safetensors")
    with pytest.raises(CheckpointError, match="checksum differs"):
        load_small_model(tmp_path / "model.safetensors")
