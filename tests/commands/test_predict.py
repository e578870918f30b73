import json
from pathlib import Path

import pytest
import torch

from dlcourse.data.digits import load_digits
from dlcourse.data.images import enlarge, open_image, prepare_drawing

from .conftest import draw_zero, one_line, read_files


def test_predict_names_three_classes_and_shows_what_was_seen(trained, call, work):
    folder, _ = trained
    drawing = draw_zero(work / "zero.png")
    exit_code, out, _ = call("predict", folder, drawing, "--json")
    assert exit_code == 0
    result = json.loads(out)
    assert result["model"] == "mlp"
    assert result["run_dir"] == str(folder)
    (prediction,) = result["predictions"]
    probabilities = [one["probability"] for one in prediction["classes"]]
    assert prediction["image"] == str(drawing)
    assert prediction["classes"][0]["class"] == "0"
    assert len(probabilities) == 3
    assert probabilities == sorted(probabilities, reverse=True)
    assert 0 < sum(probabilities) <= 1.000001  # float32 rounding
    assert prediction["seen"] == str(folder / "predictions" / "zero.png")
    framing = load_digits().framing
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
    call("train", "lenet", "--epochs", 2, "--learning-rate", 0.005)
    _, out, _ = call("predict", "runs/lenet", draw_zero(work / "zero.png"), "--json")
    (prediction,) = json.loads(out)["predictions"]
    assert open_image(prediction["seen"]).size == (280, 280)
    assert prediction["classes"][0]["class"] == "0"


@pytest.mark.parametrize("content", [None, b"", b"hello", b"\x89PNG\r\n\x1a\n"])
def test_an_image_that_cannot_be_read_is_named(trained, call, work, content):
    folder, _ = trained
    before = read_files(folder)
    if content is not None:
        (work / "bad.png").write_bytes(content)
    exit_code, _, err = call("predict", folder, draw_zero(work / "good.png"), work / "bad.png")
    assert exit_code == 3
    assert "bad.png" in one_line(err)
    assert read_files(folder) == before


def test_predict_on_a_run_of_a_text_says_what_to_do(trained_gru, call, work):
    folder, _ = trained_gru
    exit_code, out, err = call("predict", folder, draw_zero(work / "zero.png"))
    assert (exit_code, out) == (2, "")
    assert "dlcourse predict does not work for gru: use dlcourse sample" in one_line(err)
    assert not Path(folder, "predictions").exists()
