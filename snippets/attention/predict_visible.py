"""How many pairs of places does a causal mask leave visible?"""

num_places = 6
answer = 0
for place in range(num_places):
    visible = [other for other in range(num_places) if other <= place]
    answer += len(visible)
    print(f"place {place} sees", visible)
print("pairs:", answer)
