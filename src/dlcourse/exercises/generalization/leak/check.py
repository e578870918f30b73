"""Check generalization/leak."""

import random

from dlcourse.exercises.checking import are_close, expect

MESSAGES = {
    "not two lists": "prepare returns {got}, expected two lists: the training and the test images.",
    "not an image": "An element of your lists is {got}, expected a tuple of pixels, label and "
    "writer.",
    "a writer is in both sets": "{writer} has images in the training set and in the test set: a "
    "network would be tested on handwriting that it knows. Split by writer.",
    "the sets are swapped": "{writer} is a test writer, and is in the training set: the training "
    "images come first.",
    "copies are in both sets": "An image with the label {label} is in the training set, and a "
    "copy of it in the test set: remove copies before you split.",
    "copies are left within a set": "You return {got} images, expected {expected}: copies are "
    "left within a set.",
    "other images": "You return the labels {got}, expected {expected}, in the order of the images.",
    "the means are those of all images": "Training pixels begin with {got}, expected {expected}: "
    "the means are those of all images, test images included.",
    "the test set has its own means": "The training set is right. Test pixels begin with {got}, "
    "expected {expected}: subtract the means of the training set from both.",
    "the pixels are not shifted": "Training pixels begin with {got}, expected {expected}: the "
    "pixels are not shifted.",
    "other pixels": "The pixels of a {split} image begin with {got}, expected {expected}.",
    "an argument is changed": "Afterwards the argument images is changed: make new lists.",
}
EXAMPLE = [([1.0], 3, "Ann"), ([3.0], 5, "Ann"), ([9.0], 8, "Bob")]


def split(images, test_writers) -> tuple[list, list]:
    """Return training and test images without copies, as they are."""
    train = []
    test = []
    seen = []
    for image in images:
        if image[0] not in seen:
            seen.append(image[0])
            (test if image[2] in test_writers else train).append(image)
    return train, test


def mean_pixels(images) -> list[float]:
    """Return the mean of each pixel."""
    columns = zip(*[pixels for pixels, _, _ in images], strict=True)
    return [sum(column) / len(images) for column in columns]


def check(learner, generator: random.Random) -> None:
    """Check random images first, where each leak shows, and then the task's example."""
    for num_pixels, num_writers in ((2, 4), (3, 5), (5, 7)):
        names = ["Ann", "Bob", "Cem", "Dia", "Eva", "Fei", "Gil"][:num_writers]
        images = []
        for label in range(6 * num_writers):  # labels number the images, and copies share one
            pixels = [round(generator.uniform(0, 9), 1) for _ in range(num_pixels)]
            images.append((pixels, label, names[label % num_writers]))
        test_writers = names[1:3]
        for name, other in zip(names, names[1:] + names[:1], strict=True):
            pixels, label, _ = generator.choice([one for one in images if one[2] == name])
            images.append((pixels[:], label, other))
        pixels, label, name = images[0]
        images.append((pixels[:], label, name))
        check_split(learner, images, test_writers)
    check_split(learner, EXAMPLE, ["Bob"])


def run(learner, images, test_writers) -> tuple[list, list]:
    """Return the learner's two lists of images, and make sure that they are such lists."""
    argument = [(pixels[:], label, writer) for pixels, label, writer in images]
    got = learner.prepare(argument, list(test_writers))
    is_pair = isinstance(got, tuple | list) and len(got) == 2
    is_pair = is_pair and all(isinstance(part, list) for part in got)
    expect(is_pair, "not two lists", got=got)
    train, test = got
    for image in train + test:
        is_image = isinstance(image, tuple | list) and len(image) == 3
        is_image = is_image and isinstance(image[0], list) and len(image[0]) == len(images[0][0])
        is_image = is_image and all(isinstance(pixel, int | float) for pixel in image[0])
        is_image = is_image and isinstance(image[1], int) and isinstance(image[2], str)
        expect(is_image, "not an image", got=image)
    expect(argument == images, "an argument is changed")
    return train, test


def check_split(learner, images, test_writers) -> None:
    """Check the writers, then the copies, then the means."""
    train, test = run(learner, images, test_writers)
    writers = {image[2] for image in train}
    for image in test:
        expect(image[2] not in writers, "a writer is in both sets", writer=image[2])
    for image in train:
        expect(image[2] not in test_writers, "the sets are swapped", writer=image[2])
    labels = {image[1] for image in train}
    for image in test:
        expect(image[1] not in labels, "copies are in both sets", label=image[1])
    right_train, right_test = split(images, test_writers)
    shown = {"got": len(train) + len(test), "expected": len(right_train) + len(right_test)}
    expect(shown["got"] <= shown["expected"], "copies are left within a set", **shown)
    for part, right in ((train, right_train), (test, right_test)):
        got_labels = [image[1] for image in part]
        expected = [image[1] for image in right]
        expect(got_labels == expected, "other images", got=got_labels, expected=expected)
    check_means(train, test, right_train, right_test, images)


def check_means(train, test, right_train, right_test, images) -> None:
    """Compare the pixels of the first images, then of all, with those that are expected."""
    means = mean_pixels(right_train)
    first = train[0][0]
    raw = right_train[0][0]
    shown = {"got": first, "expected": moved(raw, means)}
    for some in (images, right_train + right_test):
        is_all = are_close(first, moved(raw, mean_pixels(some)))
        expect(not is_all, "the means are those of all images", **shown)
    expect(not are_close(first, raw), "the pixels are not shifted", **shown)
    for image, right in zip(train, right_train, strict=True):
        shown = {"split": "training", "got": image[0], "expected": moved(right[0], means)}
        expect(are_close(image[0], shown["expected"]), "other pixels", **shown)
    own = moved(right_test[0][0], mean_pixels(right_test))
    shown = {"got": test[0][0], "expected": moved(right_test[0][0], means)}
    expect(not are_close(test[0][0], own), "the test set has its own means", **shown)
    for image, right in zip(test, right_test, strict=True):
        shown = {"split": "test", "got": image[0], "expected": moved(right[0], means)}
        expect(are_close(image[0], shown["expected"]), "other pixels", **shown)


def moved(pixels, means) -> list[float]:
    """Return the pixels minus the means."""
    return [pixel - mean for pixel, mean in zip(pixels, means, strict=True)]
