"""Start a network from the weights of another one, and freeze what came from there."""

import contextlib
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import safetensors.torch
import torch
from torch import Tensor, nn

from dlcourse.errors import CheckpointError
from dlcourse.paths import expand_path
from dlcourse.training.checkpoint import digest_weights, read_weights
from dlcourse.training.not_finite import count_not_finite
from dlcourse.training.run_folder import RunFolder

NAME_A_SOURCE = (
    "name a run's folder, a .safetensors or .pth file of weights, or torchvision for resnet18"
)


@dataclass(frozen=True)
class Start:
    """What a network was given: the SHA-256 of the weights, and a sentence for people."""

    sha256: str
    sentence: str


def start_from(
    source: str,
    network: nn.Module,
    output_names: Sequence[str],
    facts: str,
    is_input_named: bool = False,
) -> Start:
    """Give a network the weights of a source: a run's folder, a file of weights, or torchvision.

    output_names says what the outputs of the last layer, the head, stand for, such as the classes;
    facts is the name under which a run's description has them. The head stays new where they
    differ. A file tells only how many outputs there are, and has no checksum. is_input_named says
    that the same names stand for the inputs, too, as the characters of a text do: then they may not
    differ.
    Raises: CheckpointError when the source cannot be read or holds NaN, or a layer below the head
        does not fit.
    """
    source = expand_path(source)
    weights, source_names = _read_source(source, network, facts)
    layers = list(_layers(network))
    body, head = layers[:-1], layers[-1]

    misfits = _find_misfits(weights, network)
    misfits_below = [name for name in misfits if _layer_of(name) != head]
    if misfits_below:
        raise _no_fit(source, network, weights, misfits_below)
    has_other_outputs = source_names is not None and list(source_names) != list(output_names)
    if has_other_outputs and is_input_named:
        problem = f"{source} was trained with another {facts}, so its inputs have other meanings"
        raise CheckpointError(problem, f"start from a run with the same {facts}")
    is_head_new = bool(misfits) or has_other_outputs
    if is_head_new:
        weights = {name: one for name, one in weights.items() if _layer_of(name) != head}
    try:
        network.load_state_dict(weights, strict=False)
    except RuntimeError as error:
        problem = f"{source} holds tensors that are not plain numbers"
        raise CheckpointError(problem, NAME_A_SOURCE) from error

    loaded = {name: one for name, one in network.state_dict().items() if name in weights}
    count = count_not_finite(loaded.values())
    if count > 0:
        raise CheckpointError(f"{count} weights of {source} are NaN or infinite", NAME_A_SOURCE)
    taken_over = body if is_head_new else layers
    sentence = f"starts from {source}: {', '.join(taken_over)}"
    if is_head_new:
        sentence += f"; {head} is new, for {len(output_names)} classes"
    return Start(digest_weights(loaded), sentence)


def freeze(network: nn.Module) -> str:
    """Keep all layers but the last one as they are; return their names.

    They take no gradient, so the optimizer skips them. They normalize by the statistics that they
    have.
    """
    layers = list(_layers(network).items())
    body = layers[:-1]
    for _, layer in body:
        layer.requires_grad_(False)
        layer.register_forward_pre_hook(_use_statistics)
    return ", ".join(name for name, _ in body)


def _use_statistics(layer: nn.Module, _: object) -> None:
    layer.eval()  # at each step, because the loop sets the whole network to training


def _layers(network: nn.Module) -> dict[str, nn.Module]:
    """Return the parts of a network that have weights, in the order in which they were made."""
    return {name: layer for name, layer in network.named_children() if list(layer.parameters())}


def _layer_of(weight_name: str) -> str:
    return weight_name.partition(".")[0]


def _shapes(weights: Mapping[str, Tensor]) -> dict[str, list[int]]:
    """Return the shapes of weights by name.

    Files older than PyTorch 0.4.1 lack num_batches_tracked, and no layer here needs it.
    """
    names = [name for name in weights if not name.endswith("num_batches_tracked")]
    return {name: list(weights[name].shape) for name in names}


def _find_misfits(weights: Mapping[str, Tensor], network: nn.Module) -> list[str]:
    """Return the names of weights that one side lacks or has in another shape."""
    found = _shapes(weights)
    needed = _shapes(network.state_dict())
    return [name for name in {**needed, **found} if found.get(name) != needed.get(name)]


def _no_fit(
    source: str, network: nn.Module, weights: Mapping[str, Tensor], misfits: Sequence[str]
) -> CheckpointError:
    found = _shapes(weights)
    needed = _shapes(network.state_dict())
    examples = [
        f"{name} is {found.get(name, 'missing')}, not {needed.get(name, 'there')}"
        for name in misfits[:3]
    ]
    problem = f"{source} does not fit this {type(network).__name__}: "
    problem += f"{len(misfits)} of its weights differ ({', '.join(examples)})"
    return CheckpointError(
        problem, "start from the same model, trained on images of the same shape"
    )


def _read_source(
    source: str, network: nn.Module, facts: str
) -> tuple[Mapping[str, Tensor], Sequence[str] | None]:
    """Return a source's weights, on the CPU, and what its outputs stand for, if it tells."""
    if os.path.isdir(source):
        return _read_run(RunFolder(source), facts)
    url = getattr(network, "published", "") if source == "torchvision" else ""
    try:
        content = _read_file(source, url)
        weights = content.get("state_dict", content)  # some files wrap the weights
        return {_plain_name(name): tensor.detach() for name, tensor in weights.items()}, None
    except Exception as error:  # many kinds, and the texts of some advise to switch the safety off
        kind = f"{type(network).__name__} ({type(error).__name__})"
        problem = f"{url or source} gives no usable weights for {kind}"
        remedy = NAME_A_SOURCE
        if url:
            remedy = "download it in another way, and pass the file with --from"
        raise CheckpointError(problem, remedy) from error


def _plain_name(name: object) -> str:
    """Return a weight's name without the prefixes of DataParallel and torch.compile."""
    return str(name).replace("_orig_mod.", "").removeprefix("module.")


def _read_run(run: RunFolder, facts: str) -> tuple[Mapping[str, Tensor], Sequence[str] | None]:
    description, _ = run.read_description()
    run.check_weights()
    return read_weights(run.weights), description.about.get(facts)


def _read_file(source: str, url: str) -> Any:
    """Return the content of a file or of an address; no file can run code."""
    if url:
        with contextlib.redirect_stdout(sys.stderr):  # the progress bar goes there, too
            return torch.hub.load_state_dict_from_url(url, check_hash=True, weights_only=True)
    if source.endswith(".safetensors"):
        return safetensors.torch.load_file(source)
    return torch.load(source, map_location="cpu", weights_only=True)
