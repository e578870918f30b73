"""Check reinforcement/q_update."""

import random

from dlcourse.exercises.checking import expect, expect_list, expect_number, is_close

MESSAGES = {
    "the entry is replaced": "{case}: the entry becomes {got}, expected {expected}: that is the "
    "target itself. Move by rate {rate} of the difference only.",
    "the target is added": "{case}: the entry becomes {got}, expected {expected}: you add rate "
    "times the target. Subtract the entry from the target first.",
    "no discount": "{case}: the entry becomes {got}, expected {expected}: the best next value is "
    "not discounted.",
    "the same action": "{case}: the entry becomes {got}, expected {expected}: you use the next "
    "value of the same action. The best one counts, whichever is played.",
    "the mean of the next values": "{case}: the entry becomes {got}, expected {expected}: that is "
    "with the mean of the next values. Take their maximum.",
    "the best of this state": "{case}: the entry becomes {got}, expected {expected}: you use the "
    "best value of the state itself, not that of the next state.",
    "only the reward": "{case}: the entry becomes {got}, expected {expected}: the target is the "
    "reward alone. What follows counts as well.",
    "state 0 is not the end": "The next state is 0, and the entry becomes {got}, expected "
    "{expected}: 0 counts as false. Ask whether next_state is None.",
    "the end has no next state": "At the end the entry becomes {got}, expected {expected}: "
    "nothing follows, so the target is the reward alone.",
    "the entry is unchanged": "{case}: the entry stays {got}, expected {expected}. Change the "
    "list itself: q[state][action] += ...",
    "another entry": "{case}: the entry becomes {got}, expected {expected}.",
    "other entries change": "q[{row}][{column}] changes to {got}, expected {expected}: only "
    "q[state][action] may change.",
}


def compare(learner, q, state, action, reward, next_state, rate, discount, case):
    """Compare the changed entry with those of known mistakes, then the other entries."""
    table = [row[:] for row in q]
    learner.q_update(table, state, action, reward, next_state, rate, discount)
    expect_list(table, len(q), "q")
    for row in table:
        expect_list(row, len(q[0]), "a row of q")
        for value in row:
            expect_number(value, "an entry of q")
    got, old = table[state][action], q[state][action]

    def move(target):
        return old + rate * (target - old)

    if next_state is None:
        target = reward
        # None as an index is an error, so the known mistake takes the last state
        mistakes = {"the end has no next state": move(reward + discount * max(q[-1]))}
    else:
        after = q[next_state]
        target = reward + discount * max(after)
        mistakes = {
            "the target is added": old + rate * target,
            "no discount": move(reward + max(after)),
            "the same action": move(reward + discount * after[action]),
            "the mean of the next values": move(reward + discount * sum(after) / len(after)),
            "the best of this state": move(reward + discount * max(q[state])),
        }
        key = "state 0 is not the end" if next_state == 0 else "only the reward"
        mistakes[key] = move(reward)
    mistakes["the entry is replaced"] = target
    mistakes["the entry is unchanged"] = old
    right = move(target)
    shown = {"case": case, "got": got, "expected": right, "rate": rate}
    for key, mistaken in mistakes.items():
        is_alone = sum(is_close(mistaken, other) for other in mistakes.values()) == 1
        is_other = is_alone and not is_close(mistaken, right)
        expect(not (is_other and is_close(got, mistaken)), key, **shown)
    expect(is_close(got, right), "another entry", **shown)
    for i, row in enumerate(table):
        for j, value in enumerate(row):
            shown = {"row": i, "column": j, "got": value, "expected": q[i][j]}
            is_kept = value == q[i][j] or (i, j) == (state, action)
            expect(is_kept, "other entries change", **shown)


def check(learner, generator: random.Random) -> None:
    """Compare the example, the end of an episode and state 0, then random tables."""
    example = [[0.0, 2.0], [4.0, 1.0]]
    compare(learner, example, 0, 1, 1.0, 1, 0.5, 0.9, "The example")
    compare(learner, example, 1, 0, 10.0, None, 0.5, 0.9, "At the end")
    compare(learner, [[3.0, 5.0], [4.0, 1.0]], 1, 0, 2.0, 0, 0.25, 0.5, "Next state 0")
    for num_states, num_actions in ((3, 5), (7, 3), (5, 2)):
        q = []
        for _ in range(num_states):
            q.append([round(generator.uniform(-3, 3), 2) for _ in range(num_actions)])
        state = generator.randrange(num_states - 1)
        action = generator.randrange(num_actions)
        reward, rate = round(generator.uniform(-2, 2), 2), generator.choice([0.1, 0.3, 0.7])
        discount = generator.choice([0.6, 0.8, 0.95])
        case = f"{num_states} states, {num_actions} actions"
        compare(learner, q, state, action, reward, num_states - 1, rate, discount, case)
        compare(learner, q, state, action, reward, None, rate, discount, "At the end")
