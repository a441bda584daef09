using System.Collections.Immutable;
using GraphCompiler.Operators;

namespace GraphCompiler.Autodiff;

/// <summary>What <see cref="Operator.Gradient"/> sees: the node's inputs and results, and the gradients of its results.</summary>
internal sealed class GradientScope(Node node, ImmutableArray<Tensor?> upstreams, ImmutableArray<bool> needed)
{
    public ImmutableArray<Tensor> Inputs => node.Inputs;

    /// <summary>The first input.</summary>
    public Tensor X => node.Inputs[0];

    /// <summary>The first result: reusing it is often cheaper than the input.</summary>
    public Tensor Output => node.Results[0];

    public ImmutableArray<Tensor> Outputs => node.Results;

    /// <summary>Gradient of the first result.</summary>
    public Tensor Upstream => upstreams[0]!;

    /// <summary>Gradient of a result, or null where the loss does not depend on it.</summary>
    public Tensor? UpstreamOf(int result) => upstreams[result];

    /// <summary>False where nobody asked for the gradient of this input: returning null for it saves work.</summary>
    public bool Needs(int input) => needed[input];

    /// <summary>A scalar constant of the element type of the first result.</summary>
    public Tensor Constant(double value) => node.Graph.Splat(value, Output.DType, Shape.Scalar, Origin.None);

    /// <summary>Zeros of the type of a tensor.</summary>
    public static Tensor ZerosLike(Tensor tensor) => tensor.Graph.Splat(0, tensor.DType, tensor.Shape, Origin.None);
}
