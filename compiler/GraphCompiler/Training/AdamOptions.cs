namespace GraphCompiler.Training;

/// <summary>Settings of <see cref="Optimizers.Adam(Graph, Tensor, IReadOnlyList{Tensor}, AdamOptions?, Tensor?, string, int)"/>; constants of the compiled step, but for the rate.</summary>
public sealed record AdamOptions
{
    /// <summary>Step size, 0 or more; a tensor given as <c>rate</c> takes its place.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Decay of the mean of gradients for each step, from 0 to below 1.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Decay of the mean of squared gradients for each step, from 0 to below 1.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Added to the root of the mean of squares, 0 or more.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>Pull towards zero, 0 or more.</summary>
    public double WeightDecay { get; init; }

    /// <summary>True: decay shrinks the parameter by <c>rate·decay</c> of itself (AdamW). False: <c>decay·parameter</c> is added to the gradient.</summary>
    public bool DecoupledWeightDecay { get; init; }

    /// <summary>Scope of the step counter, <c>Name/step</c>: another one for each further group of parameters in the same graph.</summary>
    public string Name { get; init; } = "adam";
}
