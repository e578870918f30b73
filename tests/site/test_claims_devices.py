"""What the page on devices claims, with other settings than the page's."""

import re
import shlex
import shutil
import subprocess
import sys
from functools import cache, partial
from pathlib import Path

import pytest
import torch
import torch.nn.functional as F
from page_snippets import SNIPPETS, run_snippet
from safetensors.torch import load_file
from torch import nn
from torch.distributed.run import get_args_parser

from dlcourse.commands.app import main
from dlcourse.commands.roofline import PUBLISHED

names_of = cache(partial(run_snippet, "devices"))
SOAK = pytest.mark.soak
SCRIPT = SNIPPETS / "devices" / "train.sh"
TORCHRUN = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2"]


# When a GPU is slower


@pytest.mark.parametrize("launch", [2e-6, 10e-6, 50e-6])
def test_the_cpu_wins_below_a_size_that_grows_with_the_cost_of_a_launch(launch):
    predict = names_of("crossover")["predict"]
    wins = []
    for n in range(1, 600):
        cpu = predict(n, launch=2.3e-6, bandwidth=17e9, peak=189e9)
        wins.append(predict(n, launch=launch, bandwidth=3350e9, peak=67e12) < cpu)
    crossover = wins.index(True) if True in wins else len(wins)
    assert all(wins[crossover:])
    is_cheap = launch < 2.3e-6
    assert crossover == 0 if is_cheap else 64 < crossover < 400


def test_the_predicted_gpu_is_the_published_one():
    assert PUBLISHED["H100 SXM, float32 (published)"] == (3350, 67_000)
    compare = names_of("crossover")["compare"]
    _, gpu, _ = compare(4096)
    assert gpu == pytest.approx(10 + 1e6 * 2 * 4096**3 / 67e12)


@pytest.mark.parametrize("n", [6, 60, 600])
def test_a_product_in_float32_has_a_sixth_of_n_operations_a_byte(n):
    matrix = torch.rand(n, n)
    moved = 3 * matrix.nbytes
    assert 2 * n**3 / moved == pytest.approx(n / 6)


# Number formats


@pytest.mark.parametrize("scale", [1e-6, 1e-3, 1.0, 1e6])
def test_bfloat16_has_the_range_and_float16_the_digits(scale):
    generator = torch.Generator().manual_seed(1)
    numbers = scale * (1 + torch.rand(1000, generator=generator))
    off = {}
    for dtype in (torch.bfloat16, torch.float16):
        off[dtype] = ((numbers.to(dtype).float() - numbers) / numbers).abs().max().item()
    assert off[torch.bfloat16] <= 2**-8  # eight binary digits, at every size
    if 1e-4 < scale < 6e4:
        assert off[torch.float16] <= 2**-11
    else:
        assert off[torch.float16] > off[torch.bfloat16]


@pytest.mark.parametrize("seed", [10, pytest.param(11, marks=SOAK), pytest.param(12, marks=SOAK)])
def test_bfloat16_reaches_the_accuracy_of_float32_with_other_seeds(seed):
    find_accuracy = names_of("half_precision")["find_accuracy"]
    full = find_accuracy(torch.float32, seed)
    half = find_accuracy(torch.bfloat16, seed)
    # Three standard errors of the difference of two shares of 359 images, each about 0.97.
    assert abs(full - half) < 3 * (2 * 0.97 * 0.03 / 359) ** 0.5


# Memory


@pytest.mark.parametrize("batch_size", [8, 100, 2000])
def test_memory_is_as_counted(batch_size):
    names = names_of("memory")
    parameters, gradients, moments, activations = names["measure"](batch_size)
    by_hand = names["count"](batch_size)
    assert [parameters, gradients, moments, activations - 4] == by_hand
    network = nn.Sequential(nn.Linear(64, 1024), nn.Linear(1024, 1024), nn.Linear(1024, 10))
    assert parameters == sum(parameter.nbytes for parameter in network.parameters())


# Accumulation and several processes


@pytest.mark.parametrize("part_size", [1, 5, 7, 31])
def test_shares_add_up_to_the_gradient_of_the_whole_for_any_parts(part_size):
    names = names_of("accumulate")
    found = names["add_up"](part_size, names["weigh_by_share"])
    torch.testing.assert_close(found, names["whole"], atol=1e-12, rtol=0)


@pytest.mark.parametrize("num_processes", [2, 3, 5])
def test_the_mean_of_equal_parts_is_the_gradient_of_the_whole(num_processes):
    torch.manual_seed(num_processes)
    network = nn.Sequential(nn.Linear(5, 8), nn.Tanh(), nn.Linear(8, 4)).double()
    inputs = torch.randn(30, 5, dtype=torch.float64)
    labels = torch.randint(4, (30,))

    def find_gradient(rows):
        network.zero_grad()
        F.cross_entropy(network(inputs[rows]), labels[rows]).backward()
        return network[0].weight.grad.clone()

    shares = [find_gradient(slice(rank, None, num_processes)) for rank in range(num_processes)]
    mean = torch.stack(shares).mean(dim=0)
    torch.testing.assert_close(mean, find_gradient(slice(None)), atol=1e-12, rtol=0)


@pytest.mark.parametrize("extra", [(), pytest.param(("--accumulate", "3"), marks=SOAK)])
def test_the_command_on_two_processes_ends_with_the_weights_of_one(tmp_path, extra):
    train = ["train", "mlp", "--epochs", "1", "--device", "cpu", *extra, "--run-dir"]
    folders = [tmp_path / "alone", tmp_path / "together"]
    assert main([*train, str(folders[0])]) == 0
    command = [*TORCHRUN, "-m", "dlcourse", *train, str(folders[1])]
    subprocess.run(command, check=True, capture_output=True)
    weights = [load_file(folder / "model.safetensors") for folder in folders]
    for name, alone in weights[0].items():
        # float32's roundings are 1e-7 of a gradient, and AdamW divides small ones by themselves.
        # Batches of 33 in place of 32 move the weights by 0.1.
        torch.testing.assert_close(weights[1][name], alone, atol=1e-4, rtol=0)


@pytest.mark.parametrize("share", [0.5, 0.9, 0.999])
def test_amdahls_law_is_the_time_of_the_rest_and_of_the_longest_part(share):
    speed_up = names_of("amdahl")["speed_up"]
    for processes in (1, 3, 16):
        seconds = (1 - share) * 100 + share * 100 / processes
        assert speed_up(share, processes) == pytest.approx(100 / seconds)
    assert 0.99 / (1 - share) < speed_up(share, 10**6) < 1 / (1 - share)


# Resuming, and the script


@pytest.mark.parametrize("left_out", ["nothing", "network", "optimizer", "random numbers"])
def test_a_checkpoint_needs_all_its_parts(left_out):
    names = names_of("resume")
    expected = names["network"][0].weight
    found = names["interrupt"](left_out)
    assert torch.equal(found, expected) == (left_out == "nothing")


def read_command():
    """Return the words of the last command of the script."""
    lines = SCRIPT.read_text("utf-8").replace("\\\n", " ").splitlines()
    return shlex.split(lines[-1])


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_the_script_is_bash():
    done = subprocess.run(["bash", "-n", str(SCRIPT)], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_script_asks_slurm_before_its_first_command():
    lines = SCRIPT.read_text("utf-8").splitlines()
    assert lines[0] == "#!/bin/bash"
    asked = [line for line in lines if line.startswith("#SBATCH ")]
    assert lines[1 : 1 + len(asked)] == asked
    assert all(re.fullmatch(r"#SBATCH --[a-z-]+(=\S+)?", line) for line in asked)
    gpus = next(line for line in asked if "--gpus" in line).partition("=")[2]
    words = read_command()
    assert words[words.index("--nproc-per-node") + 1] == gpus


def test_the_scripts_command_is_one_that_torchrun_and_dlcourse_take(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    torchrun, *words = read_command()
    assert torchrun == "torchrun"
    module, name, *started = words[words.index("-m") :]
    assert (module, name) == ("-m", "dlcourse")
    exit_code = main([*started, "--show-config"])
    said = capsys.readouterr()
    assert exit_code == 0, said.err
    assert re.search(r"precision +bfloat16", said.out)
    torchruns_own = words[: words.index("-m")]
    known = get_args_parser().format_help()
    for option in torchruns_own:
        assert not option.startswith("--") or option in known


# What was recorded


def test_the_page_says_what_was_recorded():
    page = Path(__file__).resolve().parents[2] / "docs" / "devices" / "index.md"
    text = page.read_text("utf-8")
    measured = names_of("roofline")["measured"]
    assert measured["gigabytes_per_second"] == pytest.approx(17, abs=0.5)
    assert max(measured["gflops"].values()) == pytest.approx(189, abs=0.5)
    assert measured["launch_microseconds"] == 2.3
    assert "flat at 189 GFLOP/s" in text
