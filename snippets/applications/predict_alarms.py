"""Most alarms of a good test for a rare disease are false."""

people = 100_000
sick = people // 1000
healthy = people - sick

found = 0.99 * sick
false_alarms = 0.01 * healthy
answer = f"{found / (found + false_alarms):.0%}"
print(f"found {found:.0f}, false alarms {false_alarms:.0f}")
print(answer)
