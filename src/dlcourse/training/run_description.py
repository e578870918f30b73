"""What config.json says of a run beside its settings: plain data for every family."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dlcourse.errors import CheckpointError

VERSION = 2  # 1 had the facts of image classifiers at its top level, and no version
OLD_FACTS = ("image_shape", "class_names", "drawing_side", "framing")


@dataclass(frozen=True)
class RunDescription:
    """What evaluate, predict and sample must know of a run.

    about: what the network is rebuilt from without its data, such as the shape of the images.
    options: settings of the model's own, given by --set.
    origin: where the initial weights came from, as --from named it; origin_sha256 is their
    checksum. is_frozen: whether only the last layer learns.
    data_digest: a checksum of the data; "" for older runs.
    Raises: TypeError for values of other types.
    """

    dlcourse: str  # the version that trained it
    model: str
    data: str
    about: Mapping[str, Any]
    options: Mapping[str, Any] = field(default_factory=dict)
    origin: str = ""
    origin_sha256: str = ""
    is_frozen: bool = False
    data_digest: str = ""
    version: int = VERSION

    def __post_init__(self) -> None:
        for name in ("dlcourse", "model", "data", "origin", "origin_sha256", "data_digest"):
            if not isinstance(getattr(self, name), str):
                raise TypeError(f"{name} must be a text, got {getattr(self, name)!r}")
        for name in ("about", "options"):
            if not isinstance(getattr(self, name), Mapping):
                raise TypeError(f"{name} must be a table, got {getattr(self, name)!r}")

    def as_content(self) -> dict[str, Any]:
        """Return the description as config.json holds it."""
        content = dataclasses.asdict(self)
        return {"version": content.pop("version"), **content}

    def check_same(self, now: "RunDescription", folder: Path) -> None:
        """Raise CheckpointError, naming both values, where the run in a folder differs."""
        for name, before, after in self._differences(now):
            problem = f"the run in {folder} has {name.replace('_', ' ')} {before}, not {after}"
            raise CheckpointError(problem, "choose another --run-dir, or --overwrite")
        if self.data_digest and self.data_digest != now.data_digest:
            problem = f"{self.data} has changed since the run in {folder} was started"
            raise CheckpointError(problem, "restore the data, or choose another --run-dir")

    def _differences(self, now: "RunDescription") -> list[tuple[str, Any, Any]]:
        pairs = []
        for name in ("model", "data", "origin", "origin_sha256", "is_frozen"):
            pairs.append((name, getattr(self, name), getattr(now, name)))
        for name in self.options:
            pairs.append((name, self.options[name], now.options.get(name)))
        for name in self.about:  # a run from before may have fewer facts
            pairs.append((name, self.about[name], now.about.get(name)))
        return [(name, before, after) for name, before, after in pairs if before != after]


def read_description(content: Mapping[str, Any]) -> RunDescription:
    """Return the description of a config.json, also that of a run from before version 2.

    Raises: TypeError, ValueError or KeyError for what is none.
    """
    fields = dict(content)
    version = fields.get("version", 1)
    if version == 1:
        fields["about"] = {name: fields.pop(name) for name in OLD_FACTS}
        fields["version"] = VERSION
    elif version != VERSION:
        raise ValueError(f"version must be 1 or {VERSION}, got {version!r}")
    return RunDescription(**fields)
