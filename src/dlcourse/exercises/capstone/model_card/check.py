"""Check capstone/model_card."""

import math
import random
from collections import Counter

from dlcourse.exercises.checking import expect, expect_number, is_close

MESSAGES = {
    "not a card": "You return {got}, expected a dictionary.",
    "an entry is missing": 'Your card has no entry "{name}".',
    "models that were not tuned alike": "One model has {one} settings and another {other}, and "
    "you choose all the same: raise a ValueError, because they were not tuned alike.",
    "the test set is used too often": "The test set is used {got} times, expected once: decide on "
    "the validation set, and test only what was chosen.",
    "the test set is never used": "The test set is never used: after the choice, run it once with "
    "the chosen candidate.",
    "the baseline looks at the validation labels": "The baseline is {got}, expected {expected}: "
    "its label must be the most frequent one in training, not in validation.",
    "the baseline is the share of the training labels": "The baseline is {got}, expected "
    "{expected}: that is its share in training. Measure it on the validation set.",
    "another baseline": "The baseline is {got}, expected {expected}, by predicting {label} for "
    "all.",
    "another candidate is chosen": "You choose {got}, expected {expected}: it has the highest "
    "validation accuracy.",
    "another validation accuracy": "The validation accuracy is {got}, expected {expected}.",
    "the last candidate is tested": "The candidate on the test set is {got}, expected the one on "
    "your card, {expected}.",
    "another test accuracy": "The test accuracy is {got}, expected {expected}: the share of pairs "
    "with equal entries.",
    "the standard error has no root": "The standard error is {got}, expected {expected}: take the "
    "square root of p * (1 - p) / n.",
    "the standard error does not shrink with the images": "The standard error is {got}, expected "
    "{expected}: divide by the number of test images under the root.",
    "another standard error": "The standard error is {got}, expected {expected}, with the "
    "accuracy {p} on {n} test images.",
    "the worst class has the most errors": "The worst class is {got}, expected {expected}: it has "
    "the smallest share of correct images, {got} only the most errors.",
    "the best class is reported": "The worst class is {got}, expected {expected}: you report the "
    "best one.",
    "another class": "The worst class is {got}, expected {expected}.",
}
ENTRIES = ("baseline", "model", "setting", "validation_accuracy", "test_accuracy")
ENTRIES += ("standard_error", "worst_class")


class Project:
    """Made-up data and candidates: an image is a number, and a candidate a table of predictions."""

    def __init__(self, generator: random.Random, num_models: int, num_settings: int):
        self.train_labels = [0] * 20 + [1] * 12 + [2] * 9
        generator.shuffle(self.train_labels)
        # in validation label 1 is the most frequent; in the test set label 2 is rare
        self.validation = dict(enumerate([0] * 21 + [1] * 31 + [2] * 17))
        self.test = dict(enumerate([0] * 53 + [1] * 37 + [2] * 7, start=1000))
        names = ["ten neurons", "one hidden layer", "two hidden layers"][:num_models]
        settings = ["decay 0.1", "decay 1", "decay 5", "decay 25"][:num_settings]
        pairs = [(model, setting) for model in names for setting in settings]
        self.tables = {pair: self.make_table(generator) for pair in pairs}
        self.candidates = {model: {} for model in names}
        for model, setting in pairs:
            table = self.tables[model, setting]
            self.candidates[model][setting] = lambda image, table=table: table[image]
        self.tested = []  # the predictions for the test set, one list for each use

    def make_table(self, generator: random.Random) -> dict[int, int]:
        """Return predictions, of which a random share is correct, and fewer for the rare label."""
        share = generator.uniform(0.6, 0.9)
        table = {}
        for image, label in (self.validation | self.test).items():
            is_rare = image >= 1000 and label == 2
            is_right = generator.random() < (share - 0.3 if is_rare else share)
            table[image] = label if is_right else (label + 1) % 3
        return table

    def run_validation(self, predict):
        """Return pairs of label and prediction for the validation images."""
        return [(label, predict(image)) for image, label in self.validation.items()]

    def run_test(self, predict):
        """Return pairs for the test images, and note that they were used."""
        pairs = [(label, predict(image)) for image, label in self.test.items()]
        self.tested.append([prediction for _, prediction in pairs])
        return pairs

    def accuracies(self, images: dict[int, int]) -> dict[tuple, float]:
        """Return each candidate's accuracy on a set of images."""
        results = {}
        for pair, table in self.tables.items():
            results[pair] = share_correct(
                [(label, table[image]) for image, label in images.items()]
            )
        return results

    def is_instructive(self) -> bool:
        """Tell whether the choice is unique, not the last one, and other than the test set's."""
        ranked = sorted(self.accuracies(self.validation).values())
        on_test = self.accuracies(self.test)
        best = self.best()
        table = self.tables[best]
        pairs = [(label, table[image]) for image, label in self.test.items()]
        shares, errors = by_class(pairs)
        is_unique = ranked[-1] > ranked[-2] and len(set(shares.values())) == 3
        is_telling = best != max(on_test, key=on_test.get) and best != list(self.tables)[-1]
        most_errors = max(errors, key=errors.get)
        has_classes = most_errors not in (min(shares, key=shares.get), max(shares, key=shares.get))
        return is_unique and is_telling and has_classes

    def best(self) -> tuple[str, str]:
        """Return the model and the setting with the highest validation accuracy."""
        results = self.accuracies(self.validation)
        return max(results, key=results.get)


def share_correct(pairs) -> float:
    """Return the share of pairs with equal entries."""
    return sum(label == prediction for label, prediction in pairs) / len(pairs)


def by_class(pairs) -> tuple[dict, dict]:
    """Return the share of correct predictions and the number of errors, by label."""
    shares = {}
    errors = {}
    for label in (0, 1, 2):
        own = [pair for pair in pairs if pair[0] == label]
        shares[label] = share_correct(own)
        errors[label] = sum(a != b for a, b in own)
    return shares, errors


def check(learner, generator: random.Random) -> None:
    """Check made-up projects, then one whose models were not tuned alike."""
    for num_models, num_settings in ((2, 3), (3, 4), (3, 2)):
        project = Project(generator, num_models, num_settings)
        while not project.is_instructive():
            project = Project(generator, num_models, num_settings)
        check_card(learner, project)
    project = Project(generator, 3, 2)
    del project.candidates["ten neurons"]["decay 1"]
    has_raised = False
    try:
        run(learner, project)
    except ValueError:
        has_raised = True
    expect(has_raised, "models that were not tuned alike", one=1, other=2)


def run(learner, project: Project):
    """Call the learner's function."""
    copies = {model: dict(settings) for model, settings in project.candidates.items()}
    arguments = (project.train_labels[:], copies, project.run_validation, project.run_test)
    return learner.model_card(*arguments)


def check_card(learner, project: Project) -> None:
    """Check the use of the test set, then the baseline, the choice and the report."""
    card = run(learner, project)
    expect(isinstance(card, dict), "not a card", got=card)
    for name in ENTRIES:
        expect(name in card, "an entry is missing", name=name)
        if name not in ("model", "setting", "worst_class"):
            expect_number(card[name], name)
    expect(len(project.tested) > 0, "the test set is never used")
    num_tests = len(project.tested)
    expect(num_tests == 1, "the test set is used too often", got=num_tests)
    check_baseline(card["baseline"], project)
    best = project.best()
    got = (card["model"], card["setting"])
    expect(got == best, "another candidate is chosen", got=got, expected=best)
    shown = {"got": card["validation_accuracy"]}
    shown["expected"] = project.accuracies(project.validation)[best]
    is_right = is_close(shown["got"], shown["expected"])
    expect(is_right, "another validation accuracy", **shown)
    check_report(card, project, best)


def check_baseline(got: float, project: Project) -> None:
    """Compare the baseline: label 0 is the most frequent one in training."""
    labels = list(project.validation.values())
    shown = {"got": got, "expected": labels.count(0) / len(labels)}
    by_validation = Counter(labels).most_common(1)[0][1] / len(labels)
    is_peeking = is_close(got, by_validation)
    expect(not is_peeking, "the baseline looks at the validation labels", **shown)
    share = project.train_labels.count(0) / len(project.train_labels)
    is_share = is_close(got, share)
    expect(not is_share, "the baseline is the share of the training labels", **shown)
    expect(is_close(got, shown["expected"]), "another baseline", label=0, **shown)


def check_report(card: dict, project: Project, best: tuple[str, str]) -> None:
    """Compare the accuracy on the test set, its standard error and the worst class."""
    for pair, table in project.tables.items():
        is_tested = [table[image] for image in project.test] == project.tested[0]
        is_other = is_tested and pair != best
        expect(not is_other, "the last candidate is tested", got=pair, expected=best)
    table = project.tables[best]
    pairs = [(label, table[image]) for image, label in project.test.items()]
    p = share_correct(pairs)
    n = len(pairs)
    shown = {"got": card["test_accuracy"], "expected": p}
    expect(is_close(card["test_accuracy"], p), "another test accuracy", **shown)
    error = math.sqrt(p * (1 - p) / n)
    shown = {"got": card["standard_error"], "expected": error}
    is_square = is_close(shown["got"], error**2)
    expect(not is_square, "the standard error has no root", **shown)
    is_deviation = is_close(shown["got"], math.sqrt(p * (1 - p)))
    expect(not is_deviation, "the standard error does not shrink with the images", **shown)
    expect(is_close(shown["got"], error), "another standard error", p=p, n=n, **shown)
    shares, errors = by_class(pairs)
    shown = {"got": card["worst_class"], "expected": min(shares, key=shares.get)}
    expect(isinstance(shown["got"], int), "another class", **shown)
    is_count = shown["got"] == max(errors, key=errors.get)
    expect(not is_count, "the worst class has the most errors", **shown)
    is_best = shown["got"] == max(shares, key=shares.get)
    expect(not is_best, "the best class is reported", **shown)
    expect(shown["got"] == shown["expected"], "another class", **shown)
