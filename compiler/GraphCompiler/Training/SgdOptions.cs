namespace GraphCompiler.Training;

/// <summary>Settings of <see cref="Optimizers.Sgd(Graph, Tensor, IReadOnlyList{Tensor}, SgdOptions?, Tensor?, string, int)"/>; constants of the compiled step, but for the rate.</summary>
public sealed record SgdOptions
{
    /// <summary>Step size, 0 or more; a tensor given as <c>rate</c> takes its place.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>How much of the last step's velocity stays, 0 or more; 0: no velocity is kept.</summary>
    public double Momentum { get; init; }

    /// <summary>Looks ahead: steps along <c>gradient + momentum·velocity</c> instead of the velocity.</summary>
    public bool Nesterov { get; init; }

    /// <summary>Pull towards zero, 0 or more: <c>decay·parameter</c> is added to the gradient.</summary>
    public double WeightDecay { get; init; }
}
