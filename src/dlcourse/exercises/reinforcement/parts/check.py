"""Check reinforcement/parts."""

import random

from dlcourse.exercises.checking import expect, expect_number, is_close

MESSAGES = {
    "after the end": "You go on after the next state was None: an episode ends there.",
    "too many episodes": "You begin another episode after {expected} of them have ended, expected "
    "{expected} in all.",
    "too few episodes": "The value needs {expected} episodes, and you play {got}: an episode shows "
    "one return, and the value is the mean of several.",
    "another first state": "An episode begins in the state {got}, expected {expected}.",
    "the state stays": "The environment gets the state {got} after its answer was {expected}: the "
    "next state becomes the state of the next step.",
    "not an action": "The environment gets {got} as the action, expected what policy(state) "
    "returns, “on” or “off”.",
    "another action": "At {state} degrees the environment gets “{got}”, but the policy says "
    "“{expected}” there: ask it again in each state.",
    "another number of steps": "The episode has {expected} steps, and play(...) returns {got}.",
    "the next state is noted": "Step {number} is {got}, expected {expected}: you note the next "
    "state. The first entry is the state in which the agent chose.",
    "another step": "Step {number} is {got}, expected {expected}.",
    "one reward": "For the rewards {rewards} you return {got}, expected {expected}: {got} is the "
    "reward of one step. The return adds up the rewards of all steps.",
    "another return": "For the rewards {rewards} find_return(...) is {got}, expected {expected}.",
    "a sum of returns": "The returns of the episodes are {returns}, and the value is {got}, "
    "expected {expected}: you have the sum and need the mean.",
    "one return": "The returns of the episodes are {returns}, and the value is {got}, expected "
    "{expected}: {got} is one of the returns. Take their mean.",
    "another value": "The returns of the episodes are {returns}, and the value is {got}, "
    "expected {expected}.",
}


class Room:
    """Environment and policy, which notice how they are used."""

    def __init__(self, episodes, limit):
        self.episodes = episodes  # of each: the temperatures, and the rewards
        self.limit = limit
        self.num_begun = 0
        self.has_ended = True

    def policy(self, state):
        """Choose: below the limit on, otherwise off."""
        expect(state is not None, "after the end")
        return "on" if state < self.limit else "off"

    def environment(self, state, action):
        """Answer with the reward and the next state."""
        expect(state is not None, "after the end")
        if self.has_ended:
            num_episodes = len(self.episodes)
            expect(self.num_begun < num_episodes, "too many episodes", expected=num_episodes)
            self.temperatures, self.rewards = self.episodes[self.num_begun]
            self.num_begun += 1
            self.step = 0
        expected = self.temperatures[self.step]
        key = "the state stays" if self.step else "another first state"
        expect(state == expected, key, got=state, expected=expected)
        expect(action in ("on", "off"), "not an action", got=action)
        wanted = self.policy(state)
        expect(action == wanted, "another action", state=state, got=action, expected=wanted)
        reward = self.rewards[self.step]
        self.step += 1
        self.has_ended = self.step == len(self.temperatures)
        return reward, None if self.has_ended else self.temperatures[self.step]


def draw_episode(generator, start, limit):
    """Return temperatures and rewards; the second temperature is beyond the limit."""
    count = generator.randint(2, 5)
    second = limit + generator.randint(1, 3)
    others = [generator.randint(limit - 4, limit + 4) for _ in range(count)]
    temperatures = [start, second, *others]
    return temperatures, [generator.uniform(-6, 0) for _ in temperatures]


def look_at_play(learner, episode, limit):
    """Let the learner play an episode, and compare the steps."""
    room = Room([episode], limit)
    temperatures, rewards = episode
    got = learner.play(room.policy, room.environment, temperatures[0])
    expect(type(got) is list, "another number of steps", got=got, expected=len(rewards))
    same = len(got) == len(rewards)
    expect(same, "another number of steps", got=len(got), expected=len(rewards))
    for i, reward in enumerate(rewards):
        action = room.policy(temperatures[i])
        expected = (temperatures[i], action, reward)
        shown = {"number": i + 1, "got": got[i], "expected": expected}
        later = (*temperatures, None)[i + 1]
        is_later = got[i] == (later, action, reward) and got[i] != expected
        expect(not is_later, "the next state is noted", **shown)
        expect(got[i] == expected, "another step", **shown)


def look_at_return(learner, rewards):
    """Compare the return with the sum of the rewards."""
    steps = [(17 + i, "on", reward) for i, reward in enumerate(rewards)]
    got = learner.find_return(steps)
    expect_number(got, "find_return(...)")
    expected = sum(rewards)
    shown = {"rewards": rewards, "got": got, "expected": expected}
    is_right = is_close(got, expected)
    is_reward = any(is_close(got, reward) for reward in rewards)
    expect(is_right or not is_reward, "one reward", **shown)
    expect(is_right, "another return", **shown)


def look_at_value(learner, episodes, limit):
    """Compare the value with the mean of the returns."""
    room = Room(episodes, limit)
    start = episodes[0][0][0]
    got = learner.find_value(room.policy, room.environment, start, len(episodes))
    expect_number(got, "find_value(...)")
    count = len(episodes)
    expect(room.num_begun == count, "too few episodes", got=room.num_begun, expected=count)
    returns = [sum(rewards) for _, rewards in episodes]
    expected = sum(returns) / count
    is_right = is_close(got, expected)
    texts = [f"{value:.2f}" for value in returns]
    shown = {"returns": ", ".join(texts), "got": got, "expected": expected}
    expect(is_right or not is_close(got, sum(returns)), "a sum of returns", **shown)
    is_return = any(is_close(got, value) for value in returns)
    expect(is_right or not is_return, "one return", **shown)
    expect(is_right, "another value", **shown)


def check(learner, generator: random.Random) -> None:
    """Begin with the example of the task; then rooms with other weather."""
    look_at_play(learner, ([17, 19], [-6, 0]), 18)
    limit = generator.randint(16, 20)
    start = limit - generator.randint(1, 3)
    for _ in range(3):
        look_at_play(learner, draw_episode(generator, start, limit), limit)
    look_at_return(learner, [-6, 0, -1])
    for count in (2, 5):
        look_at_return(learner, [generator.randint(-9, -1) for _ in range(count)])
    for count in (3, 5):
        look_at_value(learner, [draw_episode(generator, start, limit) for _ in range(count)], limit)
