"""The settings of a run in one frozen value, checked field by field."""

import dataclasses
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, get_type_hints

OPTIMIZERS = ("adamw", "sgd")
SCHEDULES = ("linear", "cosine", "constant")
PRECISIONS = ("float32", "bfloat16", "float16")
AUGMENTATIONS = ("shift", "crop", "flip", "cutout")
MAY_CHANGE = ("device", "checkpoint_seconds")  # settings that may differ when a run is resumed
KINDS = {int: "a whole number", float: "a number", str: "a text", bool: "True or False"}
RANGES = {  # inclusive; numbers not listed here must be at least 0
    "epochs": (1, 1_000_000),
    "batch_size": (1, 1_000_000),
    "accumulate": (1, 1_000_000),
    "learning_rate": (math.nextafter(0, 1), math.inf),  # above 0
    "warmup": (0, 1),
    "average_decay": (0, 0.999999),
    "patience": (0, 1_000_000),
    "seed": (0, 2**63 - 1),  # what every torch generator takes
}
CHOICES = {"precision": PRECISIONS, "optimizer": OPTIMIZERS, "schedule": SCHEDULES}


@dataclass(frozen=True)
class TrainConfig:
    """All settings that a run depends on; with them, the run can be repeated.

    Raises: TypeError for a value of another type, ValueError for one outside its range; both
        name the field.
    """

    epochs: Annotated[int, "Number of passes through the training examples."] = 5
    batch_size: Annotated[int, "Number of examples in one step."] = 128
    accumulate: Annotated[
        int, "Split each batch into this many parts and add up their gradients, to save memory."
    ] = 1
    precision: Annotated[str, "Numeric precision of training: float32, bfloat16 or float16."] = (
        "float32"
    )
    compile: Annotated[
        bool, "Compile the network first, which takes 10 to 60 s; rarely worth it on a CPU."
    ] = False
    optimizer: Annotated[str, "Optimizer: adamw or sgd."] = "adamw"
    # With warm-up AdamW tolerates ten times its usual constant 1e-3; its weight decay is its
    # default.
    learning_rate: Annotated[float, "Peak learning rate, reached after warm-up."] = 1e-2
    weight_decay: Annotated[
        float, "Weight decay: each step shrinks the weights by this times the learning rate."
    ] = 1e-2
    schedule: Annotated[
        str, "How the learning rate falls after warm-up: linear, cosine or constant."
    ] = "linear"
    warmup: Annotated[
        float, "Share of all steps, from 0 to 1, during which the learning rate rises."
    ] = 0.25
    clip_norm: Annotated[float, "Clip the gradient to this norm; 0 turns clipping off."] = 0.0
    average_decay: Annotated[
        float, "Decay of the moving average of the weights, such as 0.99; 0 uses the final weights."
    ] = 0.0
    patience: Annotated[
        int, "Stop after this many epochs without a lower validation loss; 0 never stops early."
    ] = 0
    augment: Annotated[
        str, f"Random changes to training images, separated by commas: {', '.join(AUGMENTATIONS)}."
    ] = ""
    seed: Annotated[
        int, "Seed of the initial weights, the data order and all other random choices."
    ] = 0
    device: Annotated[str, "Device: auto (the fastest available), cpu, cuda, cuda:1 or mps."] = (
        "auto"
    )
    # A checkpoint of the digits' MLP takes 3 ms, one of 5 million parameters 80 ms: once a minute,
    # neither is noticed.
    checkpoint_seconds: Annotated[float, "Seconds between checkpoints within an epoch."] = 60.0

    def __post_init__(self) -> None:
        for name, kind in get_type_hints(TrainConfig).items():
            value = getattr(self, name)
            _check_type(name, value, kind)
            if kind in (int, float):
                _check_range(name, value)
        for name, choices in CHOICES.items():
            _check_choice(name, getattr(self, name), choices)
        if self.augment:
            for change in self.augment.split(","):
                _check_choice("augment", change, AUGMENTATIONS)
        check_device(self.device)


def _check_type(name: str, value: Any, kind: type) -> None:
    """Raise TypeError for a value of another type; an int is a number here, a bool is not."""
    accepted = (int, float) if kind is float else kind
    is_wrong_bool = isinstance(value, bool) and kind is not bool
    if not isinstance(value, accepted) or is_wrong_bool:
        given = f"{value!r} ({type(value).__name__})"
        raise TypeError(f"{name} must be {KINDS[kind]}, got {given}")


def _check_range(name: str, value: float) -> None:
    """Raise ValueError unless a number is finite and in the range of its setting."""
    least, most = RANGES.get(name, (0, math.inf))
    if value < least:
        bound = "above 0" if name == "learning_rate" else f"at least {least}"
    elif value > most:
        bound = f"at most {most}"
    elif not math.isfinite(value):
        bound = "a finite number"
    else:
        return
    raise ValueError(f"{name} must be {bound}, got {value}")


def _check_choice(name: str, value: str, choices: Sequence[str]) -> None:
    if value not in choices:
        raise ValueError(f"{name} must be one of {', '.join(choices)}, got {value!r}")


def check_device(name: str) -> None:
    """Raise ValueError unless a device can have this name."""
    if not re.fullmatch(r"auto|cpu|mps|cuda(:\d{1,3})?", name, re.ASCII):
        hint = ""
        if "gpu" in name.lower():
            hint = "; an NVIDIA or AMD GPU is called cuda, Apple's mps"
        choices = "auto, cpu, cuda, cuda:1 (a number) or mps"
        raise ValueError(f"device must be {choices}, got {name!r}{hint}")


def check_same_run(begun: TrainConfig, asked: TrainConfig) -> None:
    """Raise ValueError, naming both values, where settings differ from those of a run's start."""
    for name, value in dataclasses.asdict(begun).items():
        new_value = getattr(asked, name)
        if name not in MAY_CHANGE and new_value != value:
            problem = f"{name} must be {value}, as when the run was started, got {new_value}"
            raise ValueError(f"{problem}: leave it out, or start a new run with --from this one")
