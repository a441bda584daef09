using System.Numerics;

namespace TwoLayerNet;

/// <summary>The same training by hand, in double: forward and backward as one derives them on paper.</summary>
internal static class PlainLoops
{
    /// <summary>Trains, and yields the loss that each step began with.</summary>
    public static IEnumerable<double> Train(Problem problem, int steps)
    {
        var (x, y) = (Matrix(problem.X, Problem.In), Matrix(problem.Y, Problem.Out));
        var (w1, w2) = (Matrix(problem.W1, Problem.Hidden), Matrix(problem.W2, Problem.Out));
        for (var step = 0; step < steps; step++)
        {
            yield return Step(x, y, w1, w2);
        }
    }

    private static double Step(double[][] x, double[][] y, double[][] w1, double[][] w2)
    {
        var (dw1, dw2) = (Zeros(Problem.In, Problem.Hidden), Zeros(Problem.Hidden, Problem.Out));
        var loss = 0.0;
        for (var n = 0; n < Problem.N; n++)
        {
            var h = Times(x[n], w1);
            for (var j = 0; j < h.Length; j++)
            {
                h[j] = 1 / (1 + Math.Exp(-h[j]));
            }

            var d = Times(h, w2); // ∂loss/∂prediction, once 2·(prediction − y) has replaced the prediction
            for (var k = 0; k < d.Length; k++)
            {
                var difference = d[k] - y[n][k];
                loss += difference * difference;
                d[k] = 2 * difference;
            }

            var s = new double[h.Length]; // ∂loss/∂(x·w1)
            for (var j = 0; j < h.Length; j++)
            {
                for (var k = 0; k < d.Length; k++)
                {
                    s[j] += w2[j][k] * d[k];
                }

                s[j] *= h[j] * (1 - h[j]);
                AddScaled(dw2[j], h[j], d);
            }

            for (var i = 0; i < x[n].Length; i++)
            {
                AddScaled(dw1[i], x[n][i], s);
            }
        }

        Descend(w1, dw1);
        Descend(w2, dw2);
        return loss;
    }

    private static double[] Times(double[] row, double[][] matrix)
    {
        var product = new double[matrix[0].Length];
        for (var i = 0; i < row.Length; i++)
        {
            AddScaled(product, row[i], matrix[i]);
        }

        return product;
    }

    private static void Descend(double[][] w, double[][] dw)
    {
        for (var i = 0; i < w.Length; i++)
        {
            AddScaled(w[i], -Problem.Rate, dw[i]);
        }
    }

    /// <summary>target += scale · source, a few elements at a time.</summary>
    private static void AddScaled(double[] target, double scale, double[] source)
    {
        var i = 0;
        for (; i + Vector<double>.Count <= target.Length; i += Vector<double>.Count)
        {
            (new Vector<double>(target, i) + scale * new Vector<double>(source, i)).CopyTo(target, i);
        }

        for (; i < target.Length; i++)
        {
            target[i] += scale * source[i];
        }
    }

    private static double[][] Matrix(float[] values, int columns) =>
        [.. values.Chunk(columns).Select(static row => Array.ConvertAll(row, static value => (double)value))];

    private static double[][] Zeros(int rows, int columns) =>
        [.. Enumerable.Range(0, rows).Select(_ => new double[columns])];
}
