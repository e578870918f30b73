"""The settings of a run in one frozen value, and their way to JSON and back."""

import dataclasses
import difflib
import json
import math
import re
from dataclasses import dataclass
from typing import Annotated

OPTIMIZERS = ("adamw", "sgd")
SCHEDULES = ("linear", "cosine", "constant")
PRECISIONS = ("float32", "bfloat16")
AUGMENTATIONS = ("shift", "crop", "flip", "cutout")
MAY_CHANGE = ("device", "checkpoint_seconds")  # what a resumed run may have another value of


@dataclass(frozen=True)
class TrainConfig:
    """Everything a run depends on: print it, and the run can be repeated.

    Raises: TypeError for a value of another type, ValueError for one outside its range; both name the field.
    """

    epochs: Annotated[int, "Passes through the training examples."] = 5
    batch_size: Annotated[int, "Examples in one step."] = 128
    accumulate: Annotated[int, "Pieces that a batch is worked through in, to save memory."] = 1
    precision: Annotated[str, f"What training reckons in: {', '.join(PRECISIONS)}."] = "float32"
    optimizer: Annotated[str, f"What takes the steps: {', '.join(OPTIMIZERS)}."] = "adamw"
    # With warm-up AdamW bears ten times its usual constant 1e-3; its own default of weight decay is 1e-2.
    learning_rate: Annotated[float, "Its peak, after the warm-up."] = 1e-2
    weight_decay: Annotated[float, "How much weights shrink, times the learning rate."] = 1e-2
    schedule: Annotated[str, f"Way down of the learning rate: {', '.join(SCHEDULES)}."] = "linear"
    warmup: Annotated[float, "Share of all steps in which the learning rate rises."] = 0.25
    clip_norm: Annotated[float, "Longest gradient that a step may take; 0 leaves all as they are."] = 0.0
    average_decay: Annotated[float, "Of the average of the weights, as 0.99; 0 keeps the last weights."] = 0.0
    patience: Annotated[int, "Epochs without a better validation loss before the end; 0 runs all."] = 0
    augment: Annotated[str, f"Random changes of training pictures: {', '.join(AUGMENTATIONS)}."] = ""
    seed: Annotated[int, "Of the first weights, the order and what else is random."] = 0
    device: Annotated[str, "auto (the fastest that is there), cpu, cuda, cuda:1 or mps."] = "auto"
    # One of the digits' MLP takes 3 ms, one of 5 million parameters 80 ms: a minute makes either invisible.
    checkpoint_seconds: Annotated[float, "Between checkpoints inside an epoch, which ends with one."] = 60.0

    def __post_init__(self) -> None:
        check_whole_number("epochs", self.epochs, 1, 1_000_000)
        check_whole_number("batch_size", self.batch_size, 1, 1_000_000)
        check_whole_number("accumulate", self.accumulate, 1, 1_000_000)
        check_choice("optimizer", self.optimizer, OPTIMIZERS)
        check_choice("precision", self.precision, PRECISIONS)
        check_number("learning_rate", self.learning_rate, 0, is_open=True)
        check_number("weight_decay", self.weight_decay, 0)
        check_number("warmup", self.warmup, 0, 1)
        check_number("clip_norm", self.clip_norm, 0)
        check_number("average_decay", self.average_decay, 0, 0.999999)
        check_whole_number("patience", self.patience, 0, 1_000_000)
        check_whole_number("seed", self.seed, 0, 2**63 - 1)  # what every torch generator takes
        check_number("checkpoint_seconds", self.checkpoint_seconds, 0)
        check_choice("schedule", self.schedule, SCHEDULES)
        check_text("augment", self.augment)
        for name in self.augment.split(",") if self.augment else ():
            check_choice("augment", name, AUGMENTATIONS)
        check_text("device", self.device)
        if not re.fullmatch(r"auto|cpu|mps|cuda(:\d{1,3})?", self.device, re.ASCII):
            raise ValueError(f"device must be auto, cpu, cuda, cuda:1 (a number) or mps, got {self.device!r}")

    def to_json(self) -> str:
        """Return the settings as a JSON object, one setting a line."""
        return json.dumps(dataclasses.asdict(self), indent=2)

    @classmethod
    def from_json(cls, text: str) -> "TrainConfig":
        """Read settings from a JSON object; a setting that is left out keeps its default.

        Raises: ValueError for what is not JSON, an unknown or repeated setting or a value outside its range,
            TypeError for a value of another type; each names the setting.
        """
        try:
            settings = json.loads(text, object_pairs_hook=_without_repeats)
        except json.JSONDecodeError as error:
            raise ValueError(
                f"the settings are not JSON: line {error.lineno}, column {error.colno}: {error.msg}"
            ) from None
        except RecursionError:
            raise ValueError("the settings are not a JSON object: they are nested too deeply") from None
        return cls.from_settings(settings)

    @classmethod
    def from_settings(cls, settings: object) -> "TrainConfig":
        """Check a dictionary of settings, as JSON gives it; raises as from_json does."""
        if not isinstance(settings, dict):
            raise TypeError(f"the settings must be a JSON object, got {_type_name(settings)}")
        known = [field.name for field in dataclasses.fields(cls)]
        for name in settings:
            if name not in known:
                nearest = difflib.get_close_matches(str(name), known, n=1, cutoff=0)[0]
                raise ValueError(f"unknown setting {name!r}: did you mean {nearest!r}?")
        return cls(**settings)


def check_same_run(begun: TrainConfig, asked: TrainConfig) -> None:
    """Raise ValueError, naming both values, where settings are not those that a run was begun with."""
    for name, value in dataclasses.asdict(begun).items():
        if name not in MAY_CHANGE and getattr(asked, name) != value:
            problem = f"{name} must be {value}, as the run was begun, got {getattr(asked, name)}"
            raise ValueError(f"{problem}: leave it out, or begin a new run --from this one")


def check_whole_number(name: str, value: object, least: int, most: int) -> None:
    """Raise TypeError unless value is an int, ValueError unless it is from least to most."""
    if not isinstance(value, int) or isinstance(value, bool):  # True is an int to Python, but not to a reader
        raise TypeError(f"{name} must be a whole number, got {value!r} ({_type_name(value)})")
    if value < least:
        raise ValueError(f"{name} must be at least {least}, got {value}")
    if value > most:
        raise ValueError(f"{name} must be at most {most}, got {value}")


def check_number(
    name: str, value: object, least: float, most: float = math.inf, *, is_open: bool = False
) -> None:
    """Raise TypeError unless value is a number, ValueError unless it is finite and in range."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise TypeError(f"{name} must be a number, got {value!r} ({_type_name(value)})")
    if not math.isfinite(value) or value > most or value < least or (is_open and value == least):
        lower = f"above {least:g}" if is_open else f"at least {least:g}"
        upper = "" if most == math.inf else f" and at most {most:g}"
        raise ValueError(f"{name} must be a finite number {lower}{upper}, got {value}")


def check_text(name: str, value: object) -> None:
    """Raise TypeError unless value is a string."""
    if not isinstance(value, str):
        raise TypeError(f"{name} must be a text, got {value!r} ({_type_name(value)})")


def check_choice(name: str, value: object, choices: tuple[str, ...]) -> None:
    """Raise TypeError unless value is a string, ValueError unless it is one of the choices."""
    check_text(name, value)
    if value not in choices:
        raise ValueError(f"{name} must be one of {', '.join(choices)}, got {value!r}")


def _without_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Build a dictionary from a JSON object's pairs; json would keep the last of two without a word."""
    settings = dict(pairs)
    if len(settings) < len(pairs):
        names = [name for name, _ in pairs]
        repeated = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"setting {repeated!r} is given twice: keep one")
    return settings


def _type_name(value: object) -> str:
    return type(value).__name__
