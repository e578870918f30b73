"""Why was this payment stopped? A linear model can say; a network cannot."""

import torch
from sklearn.linear_model import LogisticRegression

columns = ["amount", "hour", "new device", "other country"]
torch.manual_seed(0)
x = torch.randn(5000, 4).double()  # (payments, columns), 0 is the usual
is_fraud = x @ torch.tensor([1, 0, 3, 2]).double() + torch.randn(5000) > 4

model = LogisticRegression().fit(x, is_fraud)
payment = torch.tensor([0.5, 2, 1, 2]).double()
parts = dict(zip(columns, model.coef_[0] * payment.numpy(), strict=True))
print("stopped:", bool(model.predict(payment[None])[0]))
for name in sorted(parts, key=parts.get, reverse=True)[:2]:
    print("because of:", name)
