from dlcourse.training.progress import Progress, count_stale_epochs


def make_progress(figures, epoch=1):
    return Progress(
        epoch=epoch,
        epochs=3,
        step=10,
        total_steps=100,
        learning_rate=0.1,
        train_loss=2.3,
        seconds=30.0,
        examples_per_second=100.0,
        figures=figures,
    )


def test_the_seconds_left_are_those_of_the_steps_left_at_the_speed_so_far():
    assert make_progress({}).seconds_left == 270.0  # 3 seconds a step, 90 steps remain


def test_figures_are_there_at_the_end_of_an_epoch_alone():
    assert not make_progress({}).is_epoch_end
    assert make_progress({"loss": 0.5}).is_epoch_end


def test_a_row_has_a_column_for_each_figure():
    row = make_progress({"loss": 0.5, "accuracy": 0.9}).as_row()
    assert row == {
        "epoch": 1,
        "epochs": 3,
        "step": 10,
        "total_steps": 100,
        "learning_rate": 0.1,
        "train_loss": 2.3,
        "seconds": 30.0,
        "examples_per_second": 100.0,
        "validation_loss": 0.5,
        "validation_accuracy": 0.9,
    }


def make_history(losses):
    return [make_progress({"loss": loss, "accuracy": 1 - loss}) for loss in losses]


def test_stale_epochs_are_those_since_the_best():
    assert count_stale_epochs([]) == 0
    assert count_stale_epochs(make_history([0.5])) == 0
    assert count_stale_epochs(make_history([0.5, 0.2, 0.3, 0.4])) == 2
    assert count_stale_epochs(make_history([0.5, 0.2, 0.2])) == 1  # an equal epoch is not better


def test_of_an_accuracy_the_highest_is_the_best():
    history = make_history([0.5, 0.2, 0.3, 0.4])
    assert count_stale_epochs(history, "accuracy", is_higher_better=True) == 2
    assert count_stale_epochs(history, "accuracy") == 3
