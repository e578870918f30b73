def model_card(train_labels, candidates, run_validation, run_test):
    """Choose a candidate on the validation set, and return its model card, a dictionary.

    candidates[model][setting] is a function that predicts the label of an image.
    run_validation(predict) and run_test(predict) return pairs (label, prediction).
    """
    # TODO: compute the baseline, choose, then test once
    raise NotImplementedError
