"""Why was this payment stopped? A linear model gives its reasons."""

import torch
from sklearn.linear_model import LogisticRegression

columns = ["amount", "hour", "new device", "other country"]
torch.manual_seed(0)
x = torch.randn(5000, 4).double()  # (payments, columns), 0 is the usual
true_weights = torch.tensor([1, 0, 3, 2]).double()
noise = torch.randn(5000)
is_fraud = x @ true_weights + noise > 4

model = LogisticRegression().fit(x, is_fraud)
weights = torch.tensor(model.coef_[0])
payment = torch.tensor([0.5, 2, 1, 2]).double()
answer = model.predict(payment[None])  # None: a table of one row
print("stopped:", bool(answer[0]))

parts = weights * payment  # what each column adds to the decision
largest = parts.argsort(descending=True)
for column in largest[:2].tolist():
    print("because of:", columns[column])
