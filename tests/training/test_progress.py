from dlcourse.training.progress import Progress


def test_the_seconds_left_are_those_of_the_steps_left_at_the_speed_so_far():
    progress = Progress(1, 3, 10, 100, 0.1, 2.3, None, None, seconds=30.0, images_per_second=100.0)
    assert progress.seconds_left == 270.0  # 3 seconds a step, 90 steps to go
