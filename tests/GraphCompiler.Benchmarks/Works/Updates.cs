using System.Diagnostics;
using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Runtime.State;

namespace GraphCompiler.Benchmarks.Works;

/// <summary>Updates of parameters by their gradients, with the settings that other programs have as defaults.</summary>
internal static class Updates
{
    private const double Momentum = 0.9;
    private const double SgdRate = 0.01;
    private const double AdamRate = 0.001;
    private const double Beta1 = 0.9;
    private const double Beta2 = 0.999;
    private const double Epsilon = 1e-8;

    public static void Declare(Graph graph, Optimizer optimizer, IReadOnlyList<Tensor> parameters, IReadOnlyList<Tensor> gradients)
    {
        switch (optimizer)
        {
            case Optimizer.Sgd:
                Each((p, g) => graph.Update(p, p - (SgdRate * g)));
                break;
            case Optimizer.Momentum:
                Each((p, g) => WithMomentum(graph, p, g));
                break;
            case Optimizer.Adam:
                Adam(graph, parameters, gradients);
                break;
            default:
                throw new UnreachableException($"{optimizer}");
        }

        void Each(Action<Tensor, Tensor> update)
        {
            foreach (var (parameter, gradient) in parameters.Zip(gradients))
            {
                update(parameter, gradient);
            }
        }
    }

    private static void WithMomentum(Graph graph, Tensor parameter, Tensor gradient)
    {
        var velocity = graph.State($"{parameter.Name}/velocity", DType.Float32, parameter.Shape, Init.Zeros);
        var next = (Momentum * velocity) + gradient;
        graph.Update(velocity, next);
        graph.Update(parameter, parameter - (SgdRate * next));
    }

    private static void Adam(Graph graph, IReadOnlyList<Tensor> parameters, IReadOnlyList<Tensor> gradients)
    {
        var steps = graph.State("adam/steps", DType.Float32, Shape.Scalar, Init.Zeros);
        var t = steps + 1;
        graph.Update(steps, t);
        var correction1 = 1 - graph.Constant(Beta1).Pow(t);
        var correction2 = 1 - graph.Constant(Beta2).Pow(t);
        foreach (var (p, g) in parameters.Zip(gradients))
        {
            var m = graph.State($"{p.Name}/m", DType.Float32, p.Shape, Init.Zeros);
            var v = graph.State($"{p.Name}/v", DType.Float32, p.Shape, Init.Zeros);
            var nextM = (Beta1 * m) + ((1 - Beta1) * g);
            var nextV = (Beta2 * v) + ((1 - Beta2) * (g * g));
            graph.Update(m, nextM);
            graph.Update(v, nextV);
            graph.Update(p, p - (AdamRate / correction1 * nextM / ((nextV / correction2).Sqrt() + Epsilon)));
        }
    }
}
