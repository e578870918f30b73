"""What does an agent find that never explores, and prefers "left"?"""

q = [[0.0, 0.0] for _ in range(7)]  # left and right, for each cell
state = 0
answer = 0  # the coins that were found
num_left = 0
for _ in range(100):
    action = 0 if q[state][0] >= q[state][1] else 1  # 0 is left
    num_left += action == 0
    next_state = max(state + 2 * action - 1, 0)
    reward = 0.0
    if next_state == 2:
        reward = 1.0
        answer += 1
    target = reward + 0.9 * max(q[next_state])
    q[state][action] += 0.5 * (target - q[state][action])
    state = next_state

print("steps to the left:", num_left)
print("coins:", answer)
