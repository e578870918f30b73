import pytest
import torch

from dlcourse.errors import (
    CheckpointError,
    DataError,
    DLCourseError,
    EnvironmentProblem,
    TrainingDiverged,
    UsageError,
    is_lost_process,
    unknown_name,
)

FAMILY = {
    UsageError: 2,
    DataError: 3,
    CheckpointError: 4,
    EnvironmentProblem: 5,
    TrainingDiverged: 6,
}


@pytest.mark.parametrize(("kind", "exit_code"), FAMILY.items())
def test_each_kind_has_its_exit_code(kind, exit_code):
    assert issubclass(kind, DLCourseError)
    assert kind.exit_code == exit_code


def test_the_map_in_the_docstring_is_the_family():
    import dlcourse.errors

    assert set(DLCourseError.__subclasses__()) >= set(FAMILY)
    for kind, exit_code in FAMILY.items():
        (line,) = [line for line in dlcourse.errors.__doc__.splitlines() if kind.__name__ in line]
        assert f" {exit_code}  " in line


def test_the_text_is_what_is_wrong_and_how_to_mend_it():
    error = DataError("no MNIST under data/", "point --data-dir at it")
    assert str(error) == "no MNIST under data/: point --data-dir at it"
    assert (error.problem, error.remedy) == ("no MNIST under data/", "point --data-dir at it")


def test_a_lost_process_is_told_from_other_errors():
    assert is_lost_process(
        RuntimeError("[third_party/gloo/gloo/transport/tcp/pair.cc] Connection closed by peer")
    )
    assert is_lost_process(torch.distributed.DistNetworkError("timed out"))
    assert not is_lost_process(RuntimeError("shapes"))
    assert not is_lost_process(ValueError("gloo"))


@pytest.mark.parametrize(("name", "nearest"), [("MLP", "mlp"), ("Lenet5", "lenet"), ("vg", "vgg")])
def test_the_nearest_name_is_suggested_in_any_case(name, nearest):
    error = unknown_name("model", name, ["vgg", "mlp", "lenet"])
    assert error.problem == f"there is no model {name!r}"
    assert error.remedy == f"did you mean {nearest}? There are vgg, mlp, lenet"
