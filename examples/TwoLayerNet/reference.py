"""The same training in NumPy, float64: the losses that the tests compare with.

    dotnet run -c Release --project examples/TwoLayerNet -- --steps 0 --export initial.bin
    python3 examples/TwoLayerNet/reference.py initial.bin > tests/GraphCompiler.Examples.Tests/TwoLayerNet/losses.txt
"""

import sys

import numpy as np

N, D_IN, H, D_OUT, RATE, STEPS = 64, 1000, 100, 10, 1e-4, 2000
SHAPES = [(N, D_IN), (N, D_OUT), (D_IN, H), (H, D_OUT)]

values = np.fromfile(sys.argv[1], "<f4").astype(np.float64)
parts = np.split(values, np.cumsum([rows * columns for rows, columns in SHAPES])[:-1])
x, y, w1, w2 = (part.reshape(shape) for part, shape in zip(parts, SHAPES))

print("# step, and the loss that it began with: NumPy, float64 (examples/TwoLayerNet/reference.py, seed 1)")
for step in range(STEPS):
    h = 1 / (1 + np.exp(-(x @ w1)))
    difference = h @ w2 - y
    if step % 20 == 0 or step == STEPS - 1:
        print(f"{step} {np.square(difference).sum():.17g}")

    d_prediction = 2 * difference
    d_w2 = h.T @ d_prediction
    d_h = d_prediction @ w2.T
    d_w1 = x.T @ (d_h * h * (1 - h))
    w1 -= RATE * d_w1
    w2 -= RATE * d_w2
