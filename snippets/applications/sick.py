"""A test that is correct 99 times in 100, for a disease that one in 100 has."""

people = 10_000
sick = people // 100
healthy = people - sick

found = sick * 99 // 100
alarmed = healthy // 100  # in one of 100 the test errs
print(f"{found} of {sick} sick people are found")
print(f"{alarmed} of {healthy:,} healthy people are alarmed")
print(f"of all alarms, {found / (found + alarmed):.0%} are correct")

correct = found + healthy - alarmed
print(f"accuracy of the test: {correct / people:.0%}")
print(f'accuracy of always answering "healthy": {healthy / people:.0%}')
