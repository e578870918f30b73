"""Check reinforcement/policy_loss."""

import math
import random

from dlcourse.exercises.checking import expect, expect_number, is_close

MESSAGES = {
    "the sign": "{case}: you return {got}, expected {expected}: the sign is reversed. Good "
    "actions should become likelier when the loss falls.",
    "no baseline": "{case}: you return {got}, expected {expected}: the baseline is not subtracted "
    "from the returns.",
    "the baseline is added": "{case}: you return {got}, expected {expected}: the baseline is "
    "added. Subtract it, so that less than usual counts as negative.",
    "the baseline is subtracted at the end": "{case}: you return {got}, expected {expected}: the "
    "baseline is subtracted from the loss. It belongs to each return.",
    "no discount": "{case}: you return {got}, expected {expected}: the factor discount ** t is "
    "missing.",
    "one step too late": "{case}: you return {got}, expected {expected}: the first step has t = "
    "0, so its factor is 1.",
    "no logarithm": "{case}: you return {got}, expected {expected}: you use the probabilities "
    "themselves. Take their logarithms.",
    "the logits themselves": "{case}: you return {got}, expected {expected}: you use the played "
    "logits. First the softmax makes probabilities of them.",
    "the mean": "{case}: you return {got}, expected {expected}: that is the mean over the steps. "
    "Take the sum.",
    "the first action": "{case}: you return {got}, expected {expected}: you use the first action "
    "of each step, not the one that was played.",
    "the likeliest action": "{case}: you return {got}, expected {expected}: you use the likeliest "
    "action, not the one that was played.",
    "another loss": "{case}: you return {got}, expected {expected}.",
    "the lists are changed": "Your function changes the lists that it gets.",
}


def log_softmax(row):
    """Return the logarithms of the probabilities."""
    largest = max(row)
    total = math.log(sum(math.exp(logit - largest) for logit in row))
    return [logit - largest - total for logit in row]


def add_up(parts, returns, discount, baseline):
    """Return the loss for what stands in place of the log probabilities."""
    loss = 0.0
    for t, (part, later) in enumerate(zip(parts, returns, strict=True)):
        loss -= discount**t * (later - baseline) * part
    return loss


def compare(learner, logits, actions, returns, discount, baseline, case):
    """Compare one loss with those of known mistakes."""
    copies = [row[:] for row in logits], actions[:], returns[:]
    got = learner.policy_loss(*copies, discount, baseline)
    expect_number(got, "policy_loss(...)")
    expect(copies == (logits, actions, returns), "the lists are changed")
    rows = [log_softmax(row) for row in logits]
    logs = [row[action] for row, action in zip(rows, actions, strict=True)]
    rest = (returns, discount, baseline)
    right = add_up(logs, *rest)
    played = [row[action] for row, action in zip(logits, actions, strict=True)]
    mistakes = {
        "the sign": -right,
        "no baseline": add_up(logs, returns, discount, 0),
        "the baseline is added": add_up(logs, returns, discount, -baseline),
        "the baseline is subtracted at the end": add_up(logs, returns, discount, 0) - baseline,
        "no discount": add_up(logs, returns, 1, baseline),
        "one step too late": discount * right,
        "no logarithm": add_up([math.exp(value) for value in logs], *rest),
        "the logits themselves": add_up(played, *rest),
        "the mean": right / len(actions),
        "the first action": add_up([row[0] for row in rows], *rest),
        "the likeliest action": add_up([max(row) for row in rows], *rest),
    }
    shown = {"case": case, "got": got, "expected": right}
    for key, mistaken in mistakes.items():
        is_alone = sum(is_close(mistaken, other) for other in mistakes.values()) == 1
        is_other = is_alone and not is_close(mistaken, right)
        expect(not (is_other and is_close(got, mistaken)), key, **shown)
    expect(is_close(got, right), "another loss", **shown)


def check(learner, generator: random.Random) -> None:
    """Compare the example, then random episodes, then large logits."""
    logits = [[0, 0], [0, math.log(3)]]
    compare(learner, logits, [0, 1], [3, 2], 0.4, 1, "The example with discount 0.4")
    compare(learner, logits, [0, 1], [3, 2], 0.5, 1, "The example")
    others = [[0, 1, 2], [2, 0, 1]]  # neither the first nor the likeliest action is played
    compare(learner, others, [1, 2], [3, 2], 0.5, 1, "Two steps with three actions")
    for num_steps, num_actions in ((3, 2), (5, 4), (7, 3)):
        logits = []
        for _ in range(num_steps):
            logits.append([generator.uniform(-2, 2) for _ in range(num_actions)])
        actions = [generator.randrange(num_actions) for _ in range(num_steps)]
        returns = [generator.uniform(-2, 5) for _ in range(num_steps)]
        baseline = generator.uniform(0.5, 2)
        case = f"{num_steps} steps with {num_actions} actions"
        compare(learner, logits, actions, returns, 0.9, baseline, case)
    compare(learner, [[1000, 999], [-900, 0]], [1, 1], [2, 3], 0.9, 1, "Logits of 1000 and 999")
