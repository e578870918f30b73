"""The settings of a run in one frozen value, checked field by field."""

import dataclasses
import math
import re
from dataclasses import dataclass
from typing import Annotated, Any, get_type_hints

OPTIMIZERS = ("adamw", "sgd")
SCHEDULES = ("linear", "cosine", "constant")
PRECISIONS = ("float32", "bfloat16", "float16")
AUGMENTATIONS = ("shift", "crop", "flip", "cutout")
MAY_CHANGE = ("device", "checkpoint_seconds")  # what a resumed run may have another value of
KINDS = {int: "whole number", float: "number", str: "text", bool: "truth value"}
RANGES = {  # both ends belong to it; what is not named here may be 0 and more
    "epochs": (1, 1_000_000),
    "batch_size": (1, 1_000_000),
    "accumulate": (1, 1_000_000),
    "learning_rate": (math.nextafter(0, 1), math.inf),  # above 0
    "warmup": (0, 1),
    "average_decay": (0, 0.999999),
    "patience": (0, 1_000_000),
    "seed": (0, 2**63 - 1),  # what every torch generator takes
}
CHOICES = {
    "precision": PRECISIONS,
    "optimizer": OPTIMIZERS,
    "schedule": SCHEDULES,
    "augment": AUGMENTATIONS,
}


@dataclass(frozen=True)
class TrainConfig:
    """Everything a run depends on: print it, and the run can be repeated.

    Raises: TypeError for a value of another type, ValueError for one outside its range; both name
        the field.
    """

    epochs: Annotated[int, "Passes through the training examples."] = 5
    batch_size: Annotated[int, "Examples in one step."] = 128
    accumulate: Annotated[int, "Pieces that a batch is worked through in, to save memory."] = 1
    precision: Annotated[str, f"What training reckons in: {', '.join(PRECISIONS)}."] = "float32"
    compile: Annotated[
        bool, "Build faster steps first, for 10 to 60 s; seldom worth it on a CPU."
    ] = False
    optimizer: Annotated[str, f"What takes the steps: {', '.join(OPTIMIZERS)}."] = "adamw"
    # With warm-up AdamW bears ten times its usual constant 1e-3; its own default of weight decay is
    # 1e-2.
    learning_rate: Annotated[float, "Its peak, after the warm-up."] = 1e-2
    weight_decay: Annotated[float, "How much weights shrink, times the learning rate."] = 1e-2
    schedule: Annotated[str, f"Way down of the learning rate: {', '.join(SCHEDULES)}."] = "linear"
    warmup: Annotated[float, "Share of all steps in which the learning rate rises."] = 0.25
    clip_norm: Annotated[
        float, "Longest gradient that a step may take; 0 leaves all as they are."
    ] = 0.0
    average_decay: Annotated[
        float, "Of the average of the weights, as 0.99; 0 keeps the last weights."
    ] = 0.0
    patience: Annotated[
        int, "Epochs without a better validation loss before the end; 0 runs all."
    ] = 0
    augment: Annotated[str, f"Random changes of training pictures: {', '.join(AUGMENTATIONS)}."] = (
        ""
    )
    seed: Annotated[int, "Of the first weights, the order and what else is random."] = 0
    device: Annotated[str, "auto (the fastest that is there), cpu, cuda, cuda:1 or mps."] = "auto"
    # One of the digits' MLP takes 3 ms, one of 5 million parameters 80 ms: a minute makes either
    # invisible.
    checkpoint_seconds: Annotated[float, "Between checkpoints inside an epoch."] = 60.0

    def __post_init__(self) -> None:
        for name, kind in get_type_hints(TrainConfig).items():
            value: Any = getattr(self, name)
            accepted = (int, float) if kind is float else kind
            if not isinstance(value, accepted) or (isinstance(value, bool) and kind is not bool):
                raise TypeError(
                    f"{name} must be a {KINDS[kind]}, got {value!r} ({type(value).__name__})"
                )
            if kind in (int, float):
                _check_range(name, value)
            chosen = [value] if name != "augment" else str(value).split(",") if value else []
            for choice in chosen if name in CHOICES else []:
                if choice not in CHOICES[name]:
                    raise ValueError(
                        f"{name} must be one of {', '.join(CHOICES[name])}, got {choice!r}"
                    )
        check_device(self.device)


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


def check_device(name: str) -> None:
    """Raise ValueError unless a device can have this name."""
    if not re.fullmatch(r"auto|cpu|mps|cuda(:\d{1,3})?", name, re.ASCII):
        hint = "; an NVIDIA or AMD GPU is called cuda, Apple's mps" if "gpu" in name.lower() else ""
        raise ValueError(
            f"device must be auto, cpu, cuda, cuda:1 (a number) or mps, got {name!r}{hint}"
        )


def check_same_run(begun: TrainConfig, asked: TrainConfig) -> None:
    """Raise ValueError, naming both values, where settings are not those that a run was begun with."""
    for name, value in dataclasses.asdict(begun).items():
        if name not in MAY_CHANGE and getattr(asked, name) != value:
            problem = f"{name} must be {value}, as the run was begun, got {getattr(asked, name)}"
            raise ValueError(f"{problem}: leave it out, or begin a new run --from this one")
