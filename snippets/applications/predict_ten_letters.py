"""Good letters make bad signs: the shares are multiplied."""

share = 1.0
for _ in range(10):
    share *= 0.95
answer = f"{share:.0%}"
print(answer)
