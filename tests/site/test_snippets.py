"""A snippet runs alone, as in a reader's hands, and leaves nothing behind."""

import os
import subprocess
import sys
import textwrap
import warnings

import matplotlib
import pytest
import torch

from dlcourse_site.snippets import run_bash, run_python


@pytest.fixture
def run(tmp_path):
    def run_source(source: str, seconds: float = 20):
        path = tmp_path / "snippets" / "try" / "idea.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(source), "utf-8")
        return run_python(path, tmp_path, seconds)

    return run_source


def test_printed_text_and_names_are_kept(run):
    done = run("y = 2 + 3\nprint(y)")
    assert (done.printed, done.names["y"], done.problems) == ("5\n", 5, [])


def test_snippet_is_main_in_a_folder_with_nothing_but_itself(run):
    source = """
        import dataclasses, inspect, os, pickle, sys

        @dataclasses.dataclass
        class Point:
            x: int

        print(__name__, os.listdir(), sys.argv[0] == __file__, pickle.loads(pickle.dumps(Point(3))))
        print(inspect.getsource(Point).splitlines()[1])
        """
    done = run(source)
    assert done.problems == []
    assert done.printed == "__main__ ['idea.py'] True Point(x=3)\nclass Point:\n"


def test_failure_names_the_line_the_source_and_the_way_there(run):
    done = run("def half(x):\n    return x / 0\n\n\nhalf(1)\n")
    assert done.problems == [
        "snippets/try/idea.py:2: ZeroDivisionError: division by zero\n"
        "  snippets/try/idea.py:5: in <module>\n      half(1)\n"
        "  snippets/try/idea.py:2: in half\n      return x / 0"
    ]


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("x = 1\nassert x == 2", "idea.py:2: AssertionError"),
        ("x = (1", "idea.py:1: SyntaxError: '(' was never closed"),
        ("import sys\nsys.exit()", "idea.py:2: calls sys.exit()"),
        ("import no_such_module", "idea.py:1: ModuleNotFoundError"),
        ("import warnings\nwarnings.warn('old')", "idea.py:2: UserWarning: old"),
        ("import os\nos.chdir('/')", "leaves the current folder changed"),
        ("import os\nos.environ['LEFT'] = 'x'", "leaves os.environ changed"),
        ("import sys\nsys.path.append('x')", "leaves sys.path changed"),
        ("import warnings\nwarnings.simplefilter('ignore')", "leaves warnings.filters changed"),
        (
            "import torch\ntorch.set_default_dtype(torch.float64)",
            "leaves torch's default dtype changed",
        ),
        ("import torch\ntorch.set_default_device('meta')", "leaves torch's default device changed"),
        ("import torch\ntorch.set_grad_enabled(False)", "leaves torch's gradient mode changed"),
        (
            "import torch\ntorch.set_num_threads(torch.get_num_threads() + 1)",
            "leaves torch's number of threads changed",
        ),
        (
            "import torch\ntorch.use_deterministic_algorithms(True)",
            "leaves torch's deterministic mode changed",
        ),
        (
            "import matplotlib.pyplot as plt\nplt.rcParams['font.size'] = 99",
            "leaves matplotlib's rcParams changed",
        ),
        (
            "import matplotlib.pyplot as plt\nplt.plot([1, 2])",
            "draws what no reader sees: end it with plt.show()",
        ),
    ],
)
def test_what_a_snippet_may_not_do_is_said_and_put_back(run, source, problem):
    num_threads = torch.get_num_threads()
    done = run(source)
    assert len(done.problems) == 1
    assert problem in done.problems[0]
    assert "LEFT" not in os.environ
    assert "x" not in sys.path
    assert (torch.zeros(1).dtype, torch.zeros(1).device.type) == (torch.float32, "cpu")
    assert torch.is_grad_enabled()
    assert torch.get_num_threads() == num_threads
    assert not torch.are_deterministic_algorithms_enabled()
    assert matplotlib.rcParams["font.size"] != 99
    assert warnings.filters[0][0] == "error"  # the suite's own


def test_a_word_that_only_begins_like_a_setting_is_no_use_of_it(run):
    """PyTorch's optimizers set a variable of the process, which is no concern of a reader."""
    sets = "import torch\nw = torch.ones(1)\ntorch.optim.Adam([w])\n"
    assert run(f"environments = 1\n{sets}").problems == []


def test_endless_loop_is_stopped_at_its_line(run):
    done = run(
        "n = 0\nwhile True:\n    try:\n        n += 1\n    except Exception:\n        pass\n",
        seconds=0.2,
    )
    assert done.problems[0].startswith("snippets/try/idea.py:")
    assert "runs for more than 0.2 s: is the loop endless?" in done.problems[0]


@pytest.mark.parametrize(
    "write",
    ["open(target, 'w')", "os.mkdir(target)", "os.remove(target)", "os.replace('idea.py', target)"],
)
def test_write_into_the_project_is_stopped_before_it_happens(run, tmp_path, write):
    target = tmp_path / "docs.md"
    done = run(f"import os\ntarget = {str(target)!r}\n{write}\n")
    assert "idea.py:3: writes docs.md into the project" in done.problems[0]
    assert not target.exists()


def test_write_into_the_current_folder_is_fine(run):
    assert (
        run("open('weights.txt', 'w').write('1')\nprint(open('weights.txt').read())").printed
        == "1\n"
    )


@pytest.mark.parametrize(
    "draw",
    [
        "import random\nx = random.random()",
        "import torch\nx = float(torch.rand(()))",
        "import numpy\nx = numpy.random.rand()",
    ],
)
def test_unseeded_numbers_differ_even_after_a_seeded_snippet(run, draw):
    module = draw.split()[1]
    seed = {
        "random": "random.seed(0)",
        "torch": "torch.manual_seed(0)",
        "numpy": "numpy.random.seed(0)",
    }[module]
    drawn = set()
    for _ in range(2):
        run(f"import {module}\n{seed}")
        drawn.add(run(draw).names["x"])
    assert len(drawn) == 2


def test_choice_of_printed_digits_is_put_back_without_complaint(run):
    assert (
        run("import torch\ntorch.set_printoptions(precision=1)\nprint(torch.tensor(0.25))").problems
        == []
    )
    assert run("import torch\nprint(torch.tensor(0.25))").printed == "tensor(0.2500)\n"


def test_silent_deprecation_inside_a_library_is_no_failure(run, tmp_path, monkeypatch):
    library = tmp_path / "aged.py"
    library.write_text(
        "import warnings\ndef f():\n    warnings.warn('old', DeprecationWarning)\n", "utf-8"
    )
    monkeypatch.syspath_prepend(tmp_path)
    assert run("import aged\naged.f()").problems == []
    assert run("import warnings\nwarnings.warn('old', DeprecationWarning)").problems != []


PLOT = """
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots()
    axes.plot([1, 2, 3], [2, 1, 3], "o--", label="loss")
    axes.scatter([1, 2], [3, 3])
    axes.legend()
    plt.figure()
    plt.imshow([[0, 1], [1, 0]])
    plt.show()
    """


def test_open_figures_are_kept_in_order_and_closed(run):
    done = run(PLOT)
    assert done.problems == []
    assert [svg.count("<image") for svg in done.figures] == [0, 1]
    assert "loss</text>" in done.figures[0]
    assert all(line == line.rstrip() for line in done.figures[0].splitlines())
    assert run("import matplotlib.pyplot as plt\nprint(plt.get_fignums())").printed == "[]\n"


def test_drawing_is_the_same_whatever_the_hash_seed(tmp_path):
    path = tmp_path / "snippets" / "try" / "idea.py"
    path.parent.mkdir(parents=True)
    path.write_text(textwrap.dedent(PLOT), "utf-8")
    code = "import sys; from pathlib import Path; from dlcourse_site.snippets import run_python\n"
    code += "print(*run_python(Path(sys.argv[1]), Path(sys.argv[2]), 60).figures)"
    command = [sys.executable, "-c", code, str(path), str(tmp_path)]
    environments = [{**os.environ, "PYTHONHASHSEED": seed} for seed in ("1", "2")]
    drawings = [
        subprocess.run(command, env=e, capture_output=True, text=True).stdout for e in environments
    ]
    assert "<svg" in drawings[0]
    assert drawings[0] == drawings[1]


def test_bash_runs_in_an_empty_folder_with_the_environments_commands():
    assert run_bash("ls -A; command -v python", 20).printed.strip() == os.path.join(
        os.path.dirname(sys.executable), "python"
    )


def test_bash_failure_shows_the_exit_code_and_what_was_printed():
    done = run_bash("echo one\nls no-such-file\necho two", 20)
    assert done.problems[0].startswith("the script ends with exit code 2\none\n")
    assert "no-such-file" in done.problems[0]
    assert "two" not in done.problems[0]


def test_bash_that_does_not_end_is_stopped():
    assert run_bash("sleep 9", 0.2).problems == ["the script runs for more than 0.2 s"]
