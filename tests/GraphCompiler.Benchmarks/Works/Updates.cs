using System.Diagnostics;
using GraphCompiler.Training;

namespace GraphCompiler.Benchmarks.Works;

/// <summary>Updates of parameters by the loss's gradients, with the settings that other programs have as defaults.</summary>
internal static class Updates
{
    private const double SgdRate = 0.01;
    private const double Momentum = 0.9;

    public static void Declare(Graph graph, Optimizer optimizer, Tensor loss, IReadOnlyList<Tensor> parameters)
    {
        switch (optimizer)
        {
            case Optimizer.Sgd:
                graph.Sgd(loss, parameters, new SgdOptions { LearningRate = SgdRate });
                break;
            case Optimizer.Momentum:
                graph.Sgd(loss, parameters, new SgdOptions { LearningRate = SgdRate, Momentum = Momentum });
                break;
            case Optimizer.Adam:
                graph.Adam(loss, parameters, new AdamOptions());
                break;
            default:
                throw new UnreachableException($"{optimizer}");
        }
    }
}
