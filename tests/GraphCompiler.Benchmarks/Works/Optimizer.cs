namespace GraphCompiler.Benchmarks.Works;

/// <summary>How parameters are updated.</summary>
internal enum Optimizer
{
    Sgd,
    Momentum,
    Adam,
}
