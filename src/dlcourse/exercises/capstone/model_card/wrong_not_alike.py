# models that were not tuned alike
import math


def accuracy(pairs):
    return sum(label == prediction for label, prediction in pairs) / len(pairs)


def worst_class(pairs):
    shares = {}
    for label in {label for label, _ in pairs}:
        shares[label] = accuracy([pair for pair in pairs if pair[0] == label])
    return min(shares, key=shares.get)


def model_card(train_labels, candidates, run_validation, run_test):
    most_frequent = max(set(train_labels), key=train_labels.count)
    baseline = accuracy(run_validation(lambda image: most_frequent))
    scores = {}
    for model, settings in candidates.items():
        for setting, predict in settings.items():
            scores[model, setting] = accuracy(run_validation(predict))
    model, setting = max(scores, key=scores.get)
    pairs = run_test(candidates[model][setting])
    p = accuracy(pairs)
    return {
        "baseline": baseline,
        "model": model,
        "setting": setting,
        "validation_accuracy": scores[model, setting],
        "test_accuracy": p,
        "standard_error": math.sqrt(p * (1 - p) / len(pairs)),
        "worst_class": worst_class(pairs),
    }
