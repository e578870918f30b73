"""Start a network from the weights of another one, and freeze what came from there."""

import contextlib
import dataclasses
import os
import sys
from collections.abc import Callable, Sequence

import safetensors.torch
import torch
from torch import Tensor, nn

from dlcourse.assemble import RunDescription, load_run
from dlcourse.errors import CheckpointError
from dlcourse.training.checkpoint import digest_weights
from dlcourse.training.run_folder import RunFolder

MEND = "name a run's folder, a .safetensors or .pth file of weights, or torchvision for resnet18"


def start_from(
    source: str, network: nn.Module, run: RunDescription, say: Callable[[str], None]
) -> RunDescription:
    """Give a network the weights of a source; say which, and return the run's description with the source.

    The source is a run's folder, a file of weights, or torchvision. The last layer, the head, stays new where
    the classes are others; of them a file tells no more than how many they are, and it has no checksum.
    Raises: CheckpointError when the source cannot be had, or a layer below the head does not fit.
    """
    weights, class_names = _read_weights(source, network)
    *_, head = layers = _layers(network)
    have, need = (
        # Files older than PyTorch 0.4.1 lack num_batches_tracked, which no layer here needs.
        {
            name: list(one.shape)
            for name, one in some.items()
            if not name.endswith("num_batches_tracked")
        }
        for some in (weights, network.state_dict())
    )
    misfits = [name for name in {**need, **have} if have.get(name) != need.get(name)]
    if body := [name for name in misfits if name.partition(".")[0] != head]:
        first = [
            f"{name} is {have.get(name, 'missing')}, not {need.get(name, 'there')}"
            for name in body[:3]
        ]
        problem = f"{source} does not fit this {run.model}: {len(body)} of its weights differ"
        problem += f" ({', '.join(first)})"
        raise CheckpointError(
            problem, "start from the same model, trained on pictures of the same shape"
        )
    if is_head_new := bool(misfits) or class_names not in (None, run.class_names):
        weights = {name: one for name, one in weights.items() if name.partition(".")[0] != head}
    try:
        network.load_state_dict(weights, strict=False)
    except RuntimeError as error:
        raise CheckpointError(f"{source} holds tensors that are no plain numbers", MEND) from error
    new = f"; {head} is new, for {len(run.class_names)} classes" if is_head_new else ""
    say(f"starts from {source}: {', '.join(list(layers)[: len(layers) - is_head_new])}{new}")
    loaded = {name: one for name, one in network.state_dict().items() if name in weights}
    return dataclasses.replace(run, origin=source, origin_sha256=digest_weights(loaded))


def freeze(network: nn.Module) -> str:
    """Keep all layers but the last as they are; return their names.

    They take no gradient, so the optimiser passes them over, and normalise by the statistics that they have.
    """
    *body, _ = _layers(network).items()
    for _, layer in body:
        layer.requires_grad_(False)
        layer.register_forward_pre_hook(_use_statistics)
    return ", ".join(name for name, _ in body)


def _use_statistics(layer: nn.Module, _: object) -> None:
    layer.eval()  # at each step: the loop sets the whole network to training


def _layers(network: nn.Module) -> dict[str, nn.Module]:
    """Return the parts of a network that have weights, in the order in which they were made."""
    return {name: layer for name, layer in network.named_children() if list(layer.parameters())}


def _read_weights(
    source: str, network: nn.Module
) -> tuple[dict[str, Tensor], Sequence[str] | None]:
    """Return a source's weights, on the CPU, and its class names where known; no file can run code."""
    if os.path.isdir(source):
        other, description, _ = load_run(RunFolder(source))
        return other.state_dict(), description.class_names
    url = getattr(network, "published", "") if source == "torchvision" else ""
    try:
        if url:
            with contextlib.redirect_stdout(sys.stderr):  # which gets the progress bar, too
                content = torch.hub.load_state_dict_from_url(
                    url, check_hash=True, weights_only=True
                )
        elif source.endswith(".safetensors"):
            content = safetensors.torch.load_file(source)
        else:
            content = torch.load(source, map_location="cpu", weights_only=True)
        weights = content.get(
            "state_dict", content
        )  # some wrap the weights together with other things
        return {str(name): tensor.detach() for name, tensor in weights.items()}, None
    except Exception as error:  # many kinds, and the texts of some advise to switch the safety off
        problem = f"{url or source} gives no weights for {type(network).__name__} ({type(error).__name__})"
        mend = "download it in another way, and name the file with --from" if url else MEND
        raise CheckpointError(problem, mend) from error
