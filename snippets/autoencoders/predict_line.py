"""How much does one number lose of points that lie on a line?"""

points = [(-2.0, -3.0), (-1.0, -1.0), (0.5, 2.0), (2.5, 6.0)]  # y = 2 x + 1
mean_x = sum(x for x, _ in points) / len(points)
mean_y = sum(y for _, y in points) / len(points)

lost = 0.0
variance = 0.0
for x, y in points:
    code = (x - mean_x) + 2 * (y - mean_y)  # a weighted sum
    decoded_x = mean_x + code / 5
    decoded_y = mean_y + 2 * code / 5
    lost += (x - decoded_x) ** 2 + (y - decoded_y) ** 2
    variance += (x - mean_x) ** 2 + (y - mean_y) ** 2
answer = round(lost / variance, 6)
print("lost share:", answer)
