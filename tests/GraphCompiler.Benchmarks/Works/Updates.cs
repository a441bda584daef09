using System.Diagnostics;
using GraphCompiler.Training;

namespace GraphCompiler.Benchmarks.Works;

/// <summary>Updates of parameters by their gradients, with the settings that other programs have as defaults.</summary>
internal static class Updates
{
    private const double SgdRate = 0.01;
    private const double Momentum = 0.9;

    public static void Declare(Graph graph, Optimizer optimizer, IReadOnlyList<Tensor> parameters, IReadOnlyList<Tensor> gradients)
    {
        switch (optimizer)
        {
            case Optimizer.Sgd:
                graph.Sgd(parameters, gradients, new SgdOptions { LearningRate = SgdRate });
                break;
            case Optimizer.Momentum:
                graph.Sgd(parameters, gradients, new SgdOptions { LearningRate = SgdRate, Momentum = Momentum });
                break;
            case Optimizer.Adam:
                graph.Adam(parameters, gradients, new AdamOptions());
                break;
            default:
                throw new UnreachableException($"{optimizer}");
        }
    }
}
