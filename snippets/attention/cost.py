"""The scores of one attention layer with 12 heads, for longer texts."""

num_heads = 12
for length in (1024, 2048, 4096):
    num_scores = num_heads * length**2  # every place with every place
    mebibytes = num_scores * 4 / 2**20  # 4 bytes each in float32
    print(f"{length:5} places  {num_scores:12,} scores  {mebibytes:4.0f} MiB")
