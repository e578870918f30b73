"""`dlcourse predict`: what a trained network predicts for your own images."""

from dlcourse.commands import options as option
from dlcourse.commands.exit_codes import show


def predict(run_dir: option.Run, images: option.Images, as_json: option.Json = False) -> None:
    """Classify your drawings with a trained network.

    Drawings may be dark on light or light on dark. For a network trained on photographs, or on a
    folder of images with different backgrounds, light and dark stay as they are. Notes point out
    anything unusual about an image. The images as the network saw them are saved in
    RUN_DIR/predictions.

    \b
    Example:
      dlcourse predict runs/lenet-mnist seven.png
    """
    from dlcourse.commands.runs import load_run
    from dlcourse.training.run_folder import RunFolder

    run = load_run(RunFolder(run_dir), "predict", images)
    run.family.check_can("predict")
    about = run.description.about
    predictions = run.family.predict(run.network, about, images, run_dir / "predictions")
    lines = [run.family.describe_prediction(prediction) for prediction in predictions]
    result = {
        "model": run.description.model,
        "run_dir": str(run_dir),
        "predictions": predictions,
    }
    show(result, as_json, "\n".join(lines))
