# ---
# jupyter:
#   chapter: why
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
# ---

# %% [markdown]
# # Lab: trees against networks on a table
#
# [The page before this lab](../../why/#tables) says that trees are often ahead of networks on tables. Here you
# test it on real tables, with the same small budget of settings for each kind of model, and find out how
# much such a comparison can show.
#
# *30 minutes. Needs: why. What you see on this page was computed in a few seconds of CPU time, in the
# reduced mode. In full, with `IS_FULL = True` in the first cell, the lab takes about a quarter of a minute: it has one more
# table, more splits and more settings.*

# %%
import os
import warnings
from statistics import fmean, stdev

import matplotlib.pyplot as plt
from IPython.display import display
from sklearn.datasets import load_breast_cancer, load_diabetes, load_wine
from sklearn.ensemble import GradientBoostingClassifier, RandomForestClassifier
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

IS_FULL = os.environ.get("DLCOURSE_FULL_LAB") == "1"
NUM_SPLITS = 8 if IS_FULL else 3
NUM_SETTINGS = 3 if IS_FULL else 2


def show(figure, description):
    """Show a figure, with a description for readers who cannot see it."""
    display(figure, metadata={"image/png": {"alt": description}})
    plt.close(figure)


# %% [markdown]
# ## The tables
#
# scikit-learn contains some small tables. In *breast cancer* each row is a tumor, measured under a microscope,
# and the answer is benign or malignant. In *diabetes* each row is a patient, and the answer is a number for the
# progress of the disease; we ask only whether it is above the median, which
# half of the patients exceed. In *wine*, which is part of the full
# mode, the answer is one of three growers.

# %%
cancer_x, cancer_y = load_breast_cancer(return_X_y=True)
patient_x, progress = load_diabetes(return_X_y=True)
median = sorted(progress)[len(progress) // 2]
is_above = (progress > median).astype(int)
tables = {
    "breast cancer": (cancer_x, cancer_y),
    "diabetes": (patient_x, is_above),
}
if IS_FULL:
    tables["wine"] = load_wine(return_X_y=True)

for name, (x, y) in tables.items():
    print(f"{name:14} {x.shape[0]:4} rows, {x.shape[1]:3} columns, {len(set(y))} classes")

# %% [markdown]
# ## The models, with an equal budget
#
# Each kind of model has the same number of settings to choose from. It is easy to make your own favorite win
# by tuning it longer. Each kind has one setting here, with a few values:
#
# | kind | what it is | its setting |
# |---|---|---|
# | logistic regression | a network without a hidden layer, the simple model to compare with | `C`: a small value keeps the weights small |
# | random forest | many trees that vote, each grown on another sample of the rows | `min_samples_leaf`: the least number of training rows in a leaf of a tree |
# | boosted trees | small trees, each of which corrects those before it | `learning_rate`: how much each tree counts |
# | MLP | a network with one hidden layer of 32 neurons | `alpha`: a large value keeps the weights small, which is called weight decay |
#
# `lbfgs` is a method of training that suits small data. Networks and logistic regression need inputs of similar size, so a `StandardScaler` brings each
# column to mean 0 and standard deviation 1. Trees do not need it.


# %%
def make_model(kind, setting, seed):
    """Return an untrained model; setting counts from 0."""
    if kind == "logistic regression":
        strength = (1.0, 0.1, 10.0)[setting]
        model = LogisticRegression(C=strength, max_iter=500)
        return make_pipeline(StandardScaler(), model)
    if kind == "random forest":
        leaf = (1, 5, 20)[setting]
        return RandomForestClassifier(30, min_samples_leaf=leaf, random_state=seed)
    if kind == "boosted trees":
        rate = (0.1, 0.03, 0.3)[setting]
        return GradientBoostingClassifier(
            learning_rate=rate, n_estimators=50, max_depth=2, random_state=seed
        )
    weight_decay = (0.01, 1.0, 10.0)[setting]
    model = MLPClassifier(
        32,
        alpha=weight_decay,
        solver="lbfgs",
        max_iter=100,
        tol=1e-3,
        random_state=seed,
    )
    return make_pipeline(StandardScaler(), model)


KINDS = ("logistic regression", "random forest", "boosted trees", "MLP")

# %% [markdown]
# ## Choose by validation, test on what is left
#
# Each split draws anew which rows are for training, validation and test. Every kind of model sees the same
# split. Each setting learns from the training rows, the best one is chosen by the validation rows, and only the
# chosen model meets the test rows. `stratify` gives each class the same share in all parts. The number after ± is
# the standard error: by about how much the mean would differ with other splits.


# %%
def score_of(kind, x, y, split):
    """Return the test accuracy of the best of all settings in validation."""
    rest_x, test_x, rest_y, test_y = train_test_split(
        x, y, test_size=0.25, random_state=split, stratify=y
    )
    train_x, held_out_x, train_y, held_out_y = train_test_split(
        rest_x, rest_y, test_size=0.25, random_state=split, stratify=rest_y
    )
    best_accuracy = -1.0
    for setting in range(NUM_SETTINGS):
        model = make_model(kind, setting, split)
        with warnings.catch_warnings():
            # The number of steps is a part of the budget, so training may end by it.
            warnings.simplefilter("ignore", ConvergenceWarning)
            model.fit(train_x, train_y)
        accuracy = model.score(held_out_x, held_out_y)
        if accuracy > best_accuracy:
            best_accuracy = accuracy
            best_model = model
    return best_model.score(test_x, test_y)


results = {}
for name, (x, y) in tables.items():
    for kind in KINDS:
        results[name, kind] = [score_of(kind, x, y, i) for i in range(NUM_SPLITS)]


def describe(values):
    """Return the mean and its standard error over the splits."""
    return fmean(values), stdev(values) / len(values) ** 0.5


for name in tables:
    print(name)
    best = max(fmean(results[name, kind]) for kind in KINDS)
    assert fmean(results[name, "logistic regression"]) > best - 0.04  # "close to the best one"
    for kind in KINDS:
        mean, error = describe(results[name, kind])
        print(f"  {kind:20} {mean:.1%} ± {error:.1%}")

# %%
figure, panels = plt.subplots(1, len(tables), figsize=(7, 2.4), sharey=True)
for panel, name in zip(panels, tables, strict=True):
    for place, kind in enumerate(KINDS):
        mean, error = describe(results[name, kind])
        panel.errorbar(mean, place, xerr=error, fmt="o", color=f"C{place}", capsize=3)
    panel.set_title(name, size=11)
    panel.set_xlabel("test accuracy")
    panel.set_yticks(range(len(KINDS)), KINDS)
    panel.set_ylim(-0.5, len(KINDS) - 0.5)
show(figure, "Test accuracy of four kinds of models on each table, with standard errors")

# %% [markdown]
# ## Compare in pairs
#
# Some splits are easy and some are hard, for all models alike. So compare the models within each split: the
# differences vary less than the accuracies. A difference of less than two standard errors may well be chance.

# %%
print("boosted trees minus MLP, in percentage points")
differences = {}
for name in tables:
    pairs = zip(results[name, "boosted trees"], results[name, "MLP"], strict=True)
    of_splits = [100 * (trees - network) for trees, network in pairs]
    mean, error = describe(of_splits)
    differences[name] = mean, error
    verdict = "within two standard errors"
    if abs(mean) > 2 * error:
        verdict = "more than two standard errors"
    print(f"  {name:14} {mean:+.1f} ± {error:.1f}  {verdict}")

# %% [markdown]
# ## What this shows, and what it does not
#
# Read the output before you read on: which differences are larger than two standard errors?
#
# - These tables are small, and a simple model without hidden units is close to the best one. Here it costs little to
#   use a network, and brings little.
# - A handful of tables cannot decide which kind of model is better *on tables*. Grinsztajn et al. (2022) took
#   45 tables with thousands of rows each and far more settings, and there trees were ahead on average.
# - The standard errors are too small. The splits share most of their rows, so their results are not
#   independent (Nadeau and Bengio, 2003). More splits make the bars shorter and do not add rows. With three
#   splits, as in the reduced mode, the error itself is hardly known.
# - The budget is part of the result. With other settings, another kind may be ahead.
#
# An honest sentence would be: on these tables, with this budget, no table shows boosted trees ahead of the MLP by
# more than two standard errors, and on none do their means differ by more than two percentage points. Compare that with how much one model
# varies from split to split:

# %%
for name in tables:
    spread = stdev(results[name, "MLP"])
    mean, error = differences[name]
    print(f"{name:14} trees and MLP differ by {abs(mean):.1f} points, splits by {100 * spread:.1f}")
    assert abs(mean) < 2
    assert mean - 2 * error < 0

# %% [markdown]
# ## Things to try
#
# Download this lab as a [Python file](lab.py) or as a [notebook](../../assets/built/labs/why.ipynb),
# or copy the cells. Change one thing at a time, and say what you expect before you run it.
#
# 1. **The full comparison.** Set `IS_FULL = True`. Does any verdict change?
# 2. **Noise columns.** Add ten columns of random numbers to each table. Who loses more?
# 3. **No scaling.** Leave out the `StandardScaler`. Which model breaks, and why not the trees?
# 4. **Fewer rows.** Train on fifty rows. Does the simplest model win?
#
# ## Sources
#
# - L. Grinsztajn, E. Oyallon, G. Varoquaux (2022). Why do tree-based models still outperform deep learning
#   on typical tabular data? *Advances in Neural Information Processing Systems* 35.
# - C. Nadeau, Y. Bengio (2003). Inference for the generalization error. *Machine Learning* 52, 239–281.
# - F. Pedregosa et al. (2011). Scikit-learn: machine learning in Python. *Journal of Machine Learning
#   Research* 12, 2825–2830. (The tables.)
