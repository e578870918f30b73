import dataclasses
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from PIL import Image, ImageDraw

from dlcourse import __version__, cli
from dlcourse.cli import main
from dlcourse.data.images import enlarge, open_image, prepare_drawing
from dlcourse.data.mnist import MNIST as FILES
from dlcourse.recipes import find_recipe
from dlcourse.training import trainer
from dlcourse.training.config import PRECISIONS, TrainConfig

MNIST = os.environ.get("DLCOURSE_DATA")  # before each test takes it out of the environment
SMALL_MODELS = [name for name in cli.MODELS if name != "resnet18"]  # one epoch of it takes 10 s
COMMAND = [sys.executable, "-m", "dlcourse"]
TRAIN_KEYS = [
    *("model", "data", "device", "epochs", "metric", "metric_value", "test_accuracy", "test_loss"),
    *("train_seconds", "images_per_second", "run_dir"),
]


@pytest.fixture(autouse=True)
def work(tmp_path, monkeypatch):
    """Run each test in its own folder, where nothing lies around."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DLCOURSE_DATA", raising=False)
    monkeypatch.delenv("DLCOURSE_DEBUG", raising=False)
    return tmp_path


@pytest.fixture
def call(capsys):
    """Run a command line in this process; return its exit code, stdout and stderr."""

    def run(*words):
        exit_code = main([str(word) for word in words])
        return exit_code, *capsys.readouterr()

    return run


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """A run of the digits' MLP with its recipe, and what train said of it."""
    folder = tmp_path_factory.mktemp("runs") / "mlp"
    done = subprocess.run(
        [*COMMAND, "train", "mlp", "--run-dir", folder, "--json"],
        capture_output=True,
        text=True,
        check=True,
    )
    return folder, done


def files(folder):
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def one_line(err):
    assert err.startswith("dlcourse: error: ")
    assert err.count("\n") == 1
    return err


# train and evaluate


def test_the_digits_are_learned_with_no_more_than_a_models_name(trained):
    folder, done = trained
    (line,) = done.stdout.splitlines()  # everything else is on stderr
    result = json.loads(line)
    assert list(result) == TRAIN_KEYS
    assert result["test_accuracy"] >= 0.95  # an MLP reaches 97 % on average over splits
    assert result["metric_value"] == result[result["metric"]]
    assert (result["model"], result["data"], result["run_dir"]) == ("mlp", "digits", str(folder))
    assert result["train_seconds"] > 0
    assert "epoch 20/20" in done.stderr


def test_evaluate_gives_the_figures_of_train(trained, call):
    folder, done = trained
    exit_code, out, _ = call("evaluate", folder, "--json")
    assert exit_code == 0
    result, before = json.loads(out), json.loads(done.stdout)
    assert result["test_accuracy"] == before["test_accuracy"]
    assert result["test_loss"] == before["test_loss"]


@pytest.mark.parametrize("model", SMALL_MODELS)
def test_every_model_trains_and_evaluates_to_the_same_figures(call, model):
    exit_code, out, err = call("train", model, "--epochs", "1", "--json", "--seed", "3")
    assert exit_code == 0
    result = json.loads(out)
    assert Path("runs", model, "learning_curve.png").exists()
    assert ("resized from 8 to 28 pixels" in err) == (model == "lenet")
    exit_code, out, _ = call("evaluate", Path("runs", model), "--json")
    assert exit_code == 0
    measured = json.loads(out)
    assert (measured["test_accuracy"], measured["test_loss"]) == (
        result["test_accuracy"],
        result["test_loss"],
    )
    assert (
        TrainConfig(**json.loads(Path("runs", model, "config.json").read_text())["settings"]).seed
        == 3
    )


def test_the_run_folder_is_named_for_model_and_data(call):
    exit_code, out, _ = call("train", "mlp", "digits", "--epochs", "1")
    assert exit_code == 0
    assert Path("runs/mlp-digits/model.safetensors").exists()
    assert out.splitlines()[-1].endswith(f"everything is in {Path('runs', 'mlp-digits')}")


def test_the_same_command_gives_the_same_weights(call):
    for folder in ("a", "b"):
        assert call("train", "cnn", "--epochs", "1", "--run-dir", folder)[0] == 0
    assert Path("a/model.safetensors").read_bytes() == Path("b/model.safetensors").read_bytes()


def test_options_win_over_the_recipe(call):
    call(
        "train",
        "mlp",
        "--epochs",
        "1",
        "--batch-size",
        "77",
        "--learning-rate",
        "0.02",
        "--device",
        "cpu",
    )
    saved = json.loads(Path("runs/mlp/config.json").read_text())["settings"]
    assert saved["epochs"] == 1
    assert (saved["batch_size"], saved["learning_rate"], saved["device"]) == (77, 0.02, "cpu")


def test_an_existing_run_is_refused_and_kept(trained, call):
    folder, _ = trained
    before = files(folder)
    exit_code, out, err = call("train", "cnn", "--run-dir", folder)
    assert (exit_code, out) == (2, "")
    assert one_line(err).endswith("add --overwrite to replace it, or choose another --run-dir\n")
    assert files(folder) == before


def test_pictures_are_drawn_when_asked_for_and_go_with_their_run(call):
    drawn = [Path("runs/mlp", name) for name in ("confusion_matrix.png", "worst_mistakes.png")]
    result = json.loads(call("train", "mlp", "--epochs", "1", "--pictures", "--json")[1])
    assert result["pictures"] == list(map(str, drawn))
    assert all(path.exists() for path in drawn)
    assert call("train", "mlp", "--epochs", "1", "--overwrite")[0] == 0
    assert not any(path.exists() for path in drawn)
    assert call("evaluate", "runs/mlp", "--pictures")[1].endswith(
        f"pictures of it are in {Path('runs/mlp')}\n"
    )
    assert all(path.exists() for path in drawn)


def test_tensorboard_that_is_not_there_is_named_before_anything_is_written(call, work, monkeypatch):
    monkeypatch.setitem(sys.modules, "torch.utils.tensorboard", None)
    exit_code, _, err = call("train", "mlp", "--tensorboard")
    assert exit_code == 5
    assert "--tensorboard needs the package tensorboard" in one_line(err)
    assert os.listdir(work) == []


def test_overwrite_replaces_the_run(call):
    assert call("train", "mlp", "--epochs", "1")[0] == 0
    assert call("train", "cnn", "--epochs", "1", "--run-dir", "runs/mlp", "--overwrite")[0] == 0
    assert json.loads(call("evaluate", "runs/mlp", "--json")[1])["model"] == "cnn"


def test_a_run_is_not_evaluated_on_data_of_another_shape(trained, call, monkeypatch):
    folder, _ = trained
    large = load_digits_of_28_pixels
    monkeypatch.setitem(cli.DATASETS, "mnist", large)
    exit_code, _, err = call("evaluate", folder, "mnist")
    assert exit_code == 2
    assert "evaluate it on digits" in one_line(err)


def load_digits_of_28_pixels(data_dir):
    from dlcourse.assemble import resize_pictures

    return resize_pictures(cli.DATASETS["digits"](data_dir), 28)


# predict


def draw_zero(path, ink="black", paper="white"):
    picture = Image.new("RGB", (200, 200), paper)
    ImageDraw.Draw(picture).ellipse([60, 30, 140, 170], outline=ink, width=18)
    picture.save(path)
    return path


def test_predict_names_three_classes_and_shows_what_was_seen(trained, call, work):
    folder, _ = trained
    drawing = draw_zero(work / "zero.png")
    exit_code, out, _ = call("predict", folder, drawing, "--json")
    assert exit_code == 0
    (prediction,) = json.loads(out)["predictions"]
    probabilities = [best["probability"] for best in prediction["classes"]]
    assert prediction["classes"][0]["class"] == "0"
    assert len(probabilities) == 3
    assert probabilities == sorted(probabilities, reverse=True)
    assert 0 < sum(probabilities) <= 1.000001  # float32 rounding
    assert prediction["seen"] == str(folder / "predictions" / "zero.png")
    framing = cli.DATASETS["digits"](None).framing
    expected = enlarge(prepare_drawing(open_image(drawing), 8, framing)[None], 280)[0, 0]
    seen = torch.tensor(list(open_image(prediction["seen"]).tobytes()), dtype=torch.uint8)
    assert torch.equal(seen.reshape(280, 280), expected)


def test_predict_speaks_in_lines_and_keeps_drawings_of_one_name_apart(trained, call, work):
    folder, _ = trained
    (work / "other").mkdir()
    dark = draw_zero(work / "zero.png", ink="white", paper="black")
    exit_code, out, _ = call("predict", folder, draw_zero(work / "other" / "zero.png"), dark)
    assert exit_code == 0
    first, second = out.splitlines()
    assert first.startswith(f"{work / 'other' / 'zero.png'}: 0 (")
    assert first.endswith("zero.png")
    assert second.endswith("zero-2.png")


def test_predict_sees_what_an_enlarging_model_was_trained_on(call, work):
    call("train", "lenet", "--epochs", "2", "--learning-rate", "0.005")
    _, out, _ = call("predict", "runs/lenet", draw_zero(work / "zero.png"), "--json")
    (prediction,) = json.loads(out)["predictions"]
    assert open_image(prediction["seen"]).size == (280, 280)
    assert prediction["classes"][0]["class"] == "0"


@pytest.mark.parametrize("content", [None, b"", b"hello", b"\x89PNG\r\n\x1a\n"])
def test_a_picture_that_cannot_be_read_is_named(trained, call, work, content):
    folder, _ = trained
    before = files(folder)
    if content is not None:
        (work / "bad.png").write_bytes(content)
    exit_code, _, err = call("predict", folder, draw_zero(work / "good.png"), work / "bad.png")
    assert exit_code == 3
    assert "bad.png" in one_line(err)
    assert files(folder) == before


# info and help


def test_info_says_what_is_there(call, tmp_path):
    exit_code, out, _ = call("info", "--json", "--data-dir", tmp_path)
    facts = json.loads(out)
    assert exit_code == 0
    assert facts["dlcourse"] == __version__
    assert facts["torch"] == torch.__version__.split("+")[0] or facts["torch"] == torch.__version__
    assert facts["threads"] == torch.get_num_threads()
    assert facts["devices"][-1] == "cpu"
    assert facts["precisions"]["cpu"] == list(PRECISIONS)
    assert facts["data"]["mnist"] is None
    assert Path(facts["data"]["digits"]).is_dir()


def test_info_finds_mnist(call, tmp_path):
    raw = tmp_path / "MNIST" / "raw"
    raw.mkdir(parents=True)
    for name in ("train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1"):
        (raw / f"{name}-ubyte.gz").touch()
    (line,) = [
        line for line in call("info", "--data-dir", tmp_path)[1].splitlines() if str(raw) in line
    ]
    assert line.split()[-2:] == ["mnist", str(raw)]


def test_info_explains_a_gpu_that_this_pytorch_cannot_use(call, monkeypatch):
    monkeypatch.setattr("dlcourse.training.device.shutil.which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.version, "cuda", None)
    assert "NVIDIA GPU is present, but this PyTorch has no CUDA" in call("info")[1]


@pytest.mark.parametrize(("words", "shape"), [("lenet", [1, 28, 28]), ("mlp digits", [1, 8, 8])])
def test_info_of_a_model_shows_its_layers(call, words, shape):
    model = words.split()[0]
    exit_code, out, _ = call("info", *words.split(), "--json")
    assert exit_code == 0
    facts = json.loads(out)
    assert (facts["model"], facts["data"], facts["image_shape"]) == (model, "digits", shape)
    assert call("info", *words.split())[1].split()[-2] == f"{facts['parameters']:,}"


@pytest.mark.parametrize("command", ["info", "train", "evaluate", "predict"])
def test_every_command_has_help_with_an_example_and_json(call, command):
    exit_code, out, _ = call(command, "--help")
    assert exit_code == 0
    assert f"Example:\n    dlcourse {command}" in out
    assert "--json" in out


def test_without_a_command_there_is_help(call):
    assert call()[:2] == call("--help")[:2]
    assert "dlcourse train mlp" in call("--help")[1]


def test_version(call):
    assert call("--version") == (0, f"dlcourse {__version__}\n", "")


# What goes wrong


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("tran mlp", "No such command 'tran'. Did you mean 'train'?"),
        ("--verbos", "No such option: --verbos"),
        ("train", "Missing argument 'MODEL'"),
        ("train lennet", "did you mean lenet?"),
        ("train mlp minst", "did you mean mnist?"),
        ("train mlp digits more", "more"),
        ("train mlp --epoch 3", "--epochs"),
        ("train mlp --epochs", "--epochs"),
        ("train mlp --epochs 0", "--epochs must be at least 1, got 0"),
        ("train mlp --epochs -1", "--epochs must be at least 1, got -1"),
        ("train mlp --epochs 2.5", "--epochs"),
        ("train mlp --epochs many", "--epochs"),
        ("train mlp --batch-size 0", "--batch-size must be at least 1, got 0"),
        (f"train mlp --batch-size {10**30}", "--batch-size must be at most"),
        ("train mlp --learning-rate 0", "--learning-rate must be above 0, got 0"),
        ("train mlp --learning-rate nan", "--learning-rate must be a finite number, got nan"),
        ("train mlp --learning-rate 1e999", "--learning-rate must be a finite number, got inf"),
        ("train mlp --seed -1", "--seed must be at least 0, got -1"),
        (f"train mlp --seed {2**63}", "--seed must be at most 9223372036854775807"),
        (f"train mlp --seed {2**64}", "--seed must be at most 9223372036854775807"),
        (
            "train mlp --device gpu",
            "--device must be auto, cpu, cuda, cuda:1 (a number) or mps, got 'gpu'",
        ),
        ("train mlp --run-dir file", "--run-dir must be a folder, got file, where a file is"),
        ("train mlp --run-dir file/below", "--run-dir must be a folder"),
        (f"train mlp --run-dir {'x' * 300}", "--run-dir cannot be"),
        ("train mlp --run-dir zero\0byte", "--run-dir"),
        ("train mlp --run-dir .", "--run-dir must be new, empty or a run's folder"),
        ("evaluate runs digts", "did you mean digits?"),
        ("predict runs", "Missing argument 'IMAGE...'"),
    ],
)
def test_a_wrong_command_line_is_named_and_changes_nothing(call, work, words, said):
    (work / "file").touch()
    exit_code, out, err = call(*words.split(" "))
    assert (exit_code, out) == (2, "")
    assert said in one_line(err)
    assert os.listdir(work) == ["file"]


@pytest.mark.parametrize("device", ["cuda", "cuda:7", "mps"])
def test_a_device_that_is_not_there_is_no_slow_run(call, monkeypatch, device, work):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)
    exit_code, _, err = call("train", "mlp", "--device", device)
    assert exit_code == 5
    assert f"there is no device {device} here, only cpu" in one_line(err)
    assert os.listdir(work) == []


def test_missing_data_is_named_with_what_to_do(call, monkeypatch, work):
    def refuse(files, target):
        raise OSError("no network")

    monkeypatch.setattr("dlcourse.data.published.Files._download", refuse)
    exit_code, _, err = call("train", "lenet", "mnist", "--data-dir", "nowhere")
    assert exit_code == 3
    assert "no MNIST under nowhere" in one_line(err)
    assert os.listdir(work) == []


@pytest.mark.parametrize(
    ("path", "change"),
    [
        ("config.json", lambda content: b"{}"),
        ("config.json", lambda content: content.replace(b'"mlp"', b'"mip"')),
        ("config.json", lambda content: content.replace(b'"digits"', b'"digit"')),
        ("config.json", lambda content: content.replace(b"    8,\n", b"    9,\n", 1)),
        (
            "config.json",
            lambda content: content.replace(b'"class_names": [', b'"class_names": [7,'),
        ),
        (
            "config.json",
            lambda content: content.replace(b'"drawing_side": 8', b'"drawing_side": "8"'),
        ),
        ("config.json", lambda content: content.replace(b'"framing": {', b'"framing": {"x": 1,')),
        ("model.safetensors", lambda content: content[:-1]),
        (
            "model.safetensors",
            lambda content: content[:-9] + bytes([content[-9] ^ 1]) + content[-8:],
        ),
    ],
)
def test_a_damaged_run_is_named(trained, call, work, path, change):
    for file, content in files(trained[0]).items():
        copy = work / "run" / file.relative_to(trained[0])
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(content)
    damaged = work / "run" / path
    content = damaged.read_bytes()
    assert change(content) != content
    damaged.write_bytes(change(content))
    exit_code, _, err = call("evaluate", "run")
    assert exit_code == 4
    assert "run" in one_line(err)


def test_a_folder_without_a_run_and_one_without_a_checkpoint_are_told_apart(call, trained, work):
    assert "there is no run folder missing" in one_line(call("evaluate", "missing")[2])
    (work / "run").mkdir()
    assert "no checkpoint yet" in one_line(call("evaluate", "run")[2])
    (work / "run" / "config.json").write_bytes((trained[0] / "config.json").read_bytes())
    exit_code, _, err = call("predict", "run", "x.png")
    assert exit_code == 4
    assert "run holds no checkpoint yet" in one_line(err)


def test_a_diverging_run_names_step_and_learning_rate(call):
    exit_code, _, err = call("train", "mlp", "--learning-rate", "1e30", "--json")
    assert exit_code == 6
    last = err.splitlines()[-1]
    assert last.startswith("dlcourse: error: the loss became nan at step ")
    assert "with learning rate" in last


def test_a_full_disk_is_named(call, monkeypatch):
    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    exit_code, _, err = call("train", "mlp")
    assert exit_code == 5
    assert "No space left on device" in one_line(err)


def test_an_interrupt_keeps_the_finished_epochs(call, monkeypatch):
    epochs = iter([trainer.train_steps, trainer.train_steps])

    def interrupted(*arguments):
        for epoch in epochs:
            return epoch(*arguments)
        raise KeyboardInterrupt

    monkeypatch.setattr(trainer, "train_steps", interrupted)
    exit_code, _, err = call("train", "mlp")
    assert (exit_code, err) == (130, "dlcourse: interrupted\n")
    assert call("evaluate", "runs/mlp")[0] == 0


def test_a_bug_of_ours_shows_its_traceback_only_when_asked(call, monkeypatch):
    def break_down(data_dir):
        raise KeyError("a bug")

    monkeypatch.setitem(cli.DATASETS, "digits", break_down)
    exit_code, _, err = call("train", "mlp")
    assert exit_code == 70
    report = Path(one_line(err).split()[-1])
    assert "break_down" in report.read_text()
    report.unlink()
    monkeypatch.setenv("DLCOURSE_DEBUG", "1")
    for words in (["train", "mlp"], ["--debug", "train", "mlp"], ["train", "mlp", "--debug"]):
        exit_code, _, err = call(*words)
        assert exit_code == 70
        assert "Traceback" in err
        assert "break_down" in err
        Path(err.split()[-1]).unlink()
        monkeypatch.delenv("DLCOURSE_DEBUG", raising=False)


# Real processes


def test_help_needs_no_pytorch():
    code = "import sys; from dlcourse.cli import main; main(['train', '--help']); print('torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "False"


@pytest.mark.skipif(os.name == "nt", reason="Windows has other signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_in_one_line_and_the_run_goes_on_later(call, number):
    process = subprocess.Popen(
        [*COMMAND, "train", "mlp", "--epochs", "100000"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    while "epoch" not in process.stdout.readline().split(" "):
        assert process.poll() is None
    exit_code, _, in_use = call("train", "mlp")
    assert (exit_code, f"is in use by process {process.pid}" in one_line(in_use)) == (5, True)
    process.send_signal(number)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 128 + number
    assert err.startswith("dlcourse: interrupted: step ")
    assert err.endswith(f"saved in {Path('runs', 'mlp')}, go on with --resume\n")
    assert err.count("\n") == 1
    assert call("evaluate", "runs/mlp")[0] == 0


def interrupt_after(monkeypatch, steps):
    """Make the next training get Ctrl-C at a step."""
    real = trainer.Trainer._after_step

    def counted(self, loss, count):
        if self._at.step + 1 == steps:
            signal.raise_signal(signal.SIGINT)
        real(self, loss, count)

    monkeypatch.setattr(trainer.Trainer, "_after_step", counted)


@pytest.mark.parametrize("model", SMALL_MODELS)
def test_a_resumed_run_is_that_which_nothing_interrupted(call, monkeypatch, model):
    words = ("train", model, "--epochs", "2", "--augment", "shift", "--json", "--run-dir")
    whole = json.loads(call(*words, "whole")[1])
    with monkeypatch.context() as patch:
        interrupt_after(patch, 7)
        exit_code, _, err = call(*words, "run")
        assert exit_code == 130
        assert "step 7 of" in err.splitlines()[-1]
    result = json.loads(call("train", model, "--run-dir", "run", "--resume", "--json")[1])
    assert (result["epochs"], result["test_loss"]) == (2, whole["test_loss"])
    assert (
        Path("run/model.safetensors").read_bytes() == Path("whole/model.safetensors").read_bytes()
    )


def test_resume_starts_a_run_that_is_not_there(call):
    exit_code, out, _ = call("train", "mlp", "--epochs", "1", "--resume")
    assert exit_code == 0
    assert "there is no run in " in out


def test_what_a_resumed_run_cannot_be_is_named(call, trained):
    folder, _ = trained
    before = files(folder)
    for words, code, said in [
        ("mlp --batch-size 64", 2, "--batch-size must be 32, as the run was begun, got 64"),
        (
            "mlp --seed 5",
            2,
            "--seed must be 0, as the run was begun, got 5: leave it out, or begin a new run --from",
        ),
        ("cnn", 4, "has model mlp, not cnn"),
        ("mlp --overwrite", 2, "--resume cannot be given with --overwrite"),
    ]:
        exit_code, _, err = call("train", *words.split(), "--resume", "--run-dir", folder)
        assert exit_code == code
        assert said in one_line(err)
    assert files(folder) == before


def test_show_config_prints_the_settings_of_the_recipe_or_the_run(call, work, trained):
    out = call("train", "cnn", "--show-config", "--warmup", "0.1")[1]
    assert TrainConfig(**json.loads(out)) == dataclasses.replace(
        find_recipe("cnn", "digits"), warmup=0.1
    )
    assert os.listdir(work) == []
    out = call("train", "mlp", "--show-config", "--resume", "--run-dir", trained[0])[1]
    assert TrainConfig(**json.loads(out)) == find_recipe("mlp", "digits")


VALUES = {
    "epochs": 3,
    "batch_size": 7,
    "learning_rate": 0.5,
    "weight_decay": 0.5,
    "schedule": "cosine",
}
VALUES |= {"warmup": 0.5, "seed": 9, "device": "cpu", "checkpoint_seconds": 9.0}
VALUES |= {"augment": "flip,cutout", "accumulate": 2, "precision": "bfloat16"}
VALUES |= {
    "compile": True,
    "optimizer": "sgd",
    "clip_norm": 1.0,
    "average_decay": 0.9,
    "patience": 3,
}


@pytest.mark.parametrize("name", [field.name for field in dataclasses.fields(TrainConfig)])
def test_every_setting_is_an_option(call, name):
    option, value = f"--{name.replace('_', '-')}", VALUES[name]
    out = call("train", "mlp", "--show-config", option, *([] if value is True else [value]))[1]
    assert TrainConfig(**json.loads(out)) == dataclasses.replace(
        find_recipe("mlp", "digits"), **{name: VALUES[name]}
    )


@pytest.mark.skipif(os.name == "nt", reason="Windows reports a closed pipe as another error")
def test_a_closed_pipe_is_quiet_in_an_ascii_terminal_of_20_columns(call):
    environment = {**os.environ, "TERM": "dumb", "PYTHONIOENCODING": "ascii", "COLUMNS": "20"}
    process = subprocess.Popen(
        [*COMMAND, "train", "mlp", "--epochs", "100000", "--run-dir", "läuft"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment,
    )  # fmt: skip
    while not process.stdout.readline().startswith("epoch "):
        assert process.poll() is None
    process.stdout.close()
    assert process.wait(timeout=60) == 141
    assert process.stderr.read() == ""
    process.stderr.close()
    assert call("evaluate", "läuft")[0] == 0


@pytest.mark.soak
@pytest.mark.mnist
@pytest.mark.skipif(
    FILES.find(MNIST) is None, reason="needs the MNIST files, found through DLCOURSE_DATA"
)
def test_lenet_learns_mnist_in_three_epochs(call):
    exit_code, out, _ = call(
        "train", "lenet", "mnist", "--data-dir", MNIST, "--epochs", "3", "--json"
    )
    result = json.loads(out)
    assert exit_code == 0
    assert (
        result["test_accuracy"] >= 0.985
    )  # LeNet-5 reaches 99 % when trained for long; three epochs are few
    measured = json.loads(call("evaluate", "runs/lenet-mnist", "--data-dir", MNIST, "--json")[1])
    assert measured["test_loss"] == result["test_loss"]
