"""What is the loss of a discriminator that is undecided?"""

import math

output = 0.5
real_part = -math.log(output)
generated_part = -math.log(1 - output)
answer = round(real_part + generated_part, 2)
print(f"real part {real_part:.2f}, generated part {generated_part:.2f}")
print("loss:", answer)
