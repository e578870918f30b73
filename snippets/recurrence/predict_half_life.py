"""How much does a forget gate leave after three half-lives?"""

gate = 0.5 ** (1 / 14)  # one half is left after 14 steps
share = 1.0
for step in range(1, 43):
    share *= gate
    if step % 14 == 0:
        print(f"after {step} steps: {share:.3f}")
answer = round(share, 3)
print("the answer:", answer)
