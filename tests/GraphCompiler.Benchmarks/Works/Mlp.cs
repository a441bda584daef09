using GraphCompiler.Benchmarks.Measuring;
using GraphCompiler.Operators;
using GraphCompiler.Runtime.State;

namespace GraphCompiler.Benchmarks.Works;

/// <summary>A multilayer perceptron with ReLU between its layers; weights are stored [in, out].</summary>
internal static class Mlp
{
    /// <summary>Declares parameters and layers.</summary>
    /// <returns>The last layer's result, and w1, b1, w2, ….</returns>
    public static (Tensor Logits, List<Tensor> Parameters) Declare(Tensor x, int[] sizes)
    {
        var (h, parameters) = (x, new List<Tensor>());
        for (var layer = 1; layer < sizes.Length; layer++)
        {
            var w = x.Graph.Parameter($"w{layer}", [sizes[layer - 1], sizes[layer]], Init.Zeros);
            var b = x.Graph.Parameter($"b{layer}", [sizes[layer]], Init.Zeros);
            h = h.MatMul(w) + b;
            h = layer < sizes.Length - 1 ? h.Relu() : h;
            parameters.AddRange([w, b]);
        }

        return (h, parameters);
    }

    /// <summary>Glorot's range for each layer's weights; biases stay 0.</summary>
    public static void FillParameters(Session session, int[] sizes)
    {
        for (var layer = 1; layer < sizes.Length; layer++)
        {
            var scale = 2 * MathF.Sqrt(6f / (sizes[layer - 1] + sizes[layer]));
            session.FillVariable($"w{layer}", (uint)layer, scale);
        }
    }
}
