using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using GraphCompiler.Operators;
using GraphCompiler.Runtime;
using GraphCompiler.Runtime.State;

namespace GraphCompiler.Training;

public static partial class Optimizers
{
    /// <summary>
    /// Declares a step of Adam on a loss: <c>m ← β₁·m + (1 − β₁)·g</c>, <c>v ← β₂·v + (1 − β₂)·g²</c>,
    /// <c>p ← p − rate/(1 − β₁ᵗ)·m/(√v/√(1 − β₂ᵗ) + ε)</c>, t counting steps from 1.
    /// </summary>
    /// <param name="graph">Where to declare it.</param>
    /// <param name="loss">A floating scalar; its gradients are taken.</param>
    /// <param name="parameters">What is trained; floating, each once.</param>
    /// <param name="options">The usual ones when null.</param>
    /// <param name="rate">A floating scalar in place of the learning rate, such as an input or a function of a counter.</param>
    /// <param name="file">The caller's file, filled in by the compiler.</param>
    /// <param name="line">The caller's line, filled in by the compiler.</param>
    /// <remarks>
    /// State: <c>p/m</c> and <c>p/v</c> of the type of each parameter p, and one counter <c>adam/step</c>, float64. What depends on the counter is computed once
    /// for each step, in float64; an element takes one root and one division. With decay λ, decoupled: <c>p ← (1 − rate·λ)·p − …</c>; otherwise g + λ·p takes the place of g.
    /// Source: Kingma and Ba, "Adam", 2015; Loshchilov and Hutter, "Decoupled weight decay regularization", 2019.
    /// </remarks>
    /// <exception cref="GraphException">GRC0124: a setting is out of range, or no floating parameter. GRC0112: a second group of parameters without a name of its own. GRC0116: a parameter is updated twice. GRC0301, GRC0303: the loss has no gradients.</exception>
    public static void Adam(
        this Graph graph, Tensor loss, IReadOnlyList<Tensor> parameters, AdamOptions? options = null, Tensor? rate = null,
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Adam(graph, parameters, () => graph.Gradients(loss, [.. parameters]), options ?? new AdamOptions(), rate, new Origin(file, line));

    /// <summary>Declares a step of Adam along given gradients: clipped ones, for instance.</summary>
    /// <param name="graph">Where to declare it.</param>
    /// <param name="parameters">What is trained; floating, each once.</param>
    /// <param name="gradients">One for each parameter, of its type.</param>
    /// <param name="options">The usual ones when null.</param>
    /// <param name="rate">A floating scalar in place of the learning rate, such as an input or a function of a counter.</param>
    /// <param name="file">The caller's file, filled in by the compiler.</param>
    /// <param name="line">The caller's line, filled in by the compiler.</param>
    /// <remarks>As above.</remarks>
    /// <exception cref="GraphException">GRC0124: a setting is out of range, no floating parameter, or not one gradient each. GRC0112: a second group of parameters without a name of its own. GRC0116: a parameter is updated twice.</exception>
    public static void Adam(
        this Graph graph, IReadOnlyList<Tensor> parameters, IReadOnlyList<Tensor> gradients, AdamOptions? options = null, Tensor? rate = null,
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Adam(graph, parameters, () => [.. gradients], options ?? new AdamOptions(), rate, new Origin(file, line));

    private static void Adam(
        Graph graph, IReadOnlyList<Tensor> parameters, Func<ImmutableArray<Tensor>> gradients, AdamOptions o, Tensor? rate, Origin origin)
    {
        Require(o.LearningRate >= 0, "Adam", "a learning rate of 0 or more", o.LearningRate, origin);
        Require(o.Beta1 is >= 0 and < 1, "Adam", "0 ≤ Beta1 < 1", o.Beta1, origin);
        Require(o.Beta2 is >= 0 and < 1, "Adam", "0 ≤ Beta2 < 1", o.Beta2, origin);
        Require(o.Epsilon >= 0, "Adam", "an epsilon of 0 or more", o.Epsilon, origin);
        Require(o.WeightDecay >= 0, "Adam", "a weight decay of 0 or more", o.WeightDecay, origin);
        Declare(graph, "Adam", parameters, gradients, rate, origin, () =>
        {
            // Scalars, once for each step, in float64: 1 − β₂ᵗ loses four digits to cancellation in the first steps.
            var counter = graph.State($"{o.Name}/step", DType.Float64, Shape.Scalar, Init.Zeros);
            var t = counter + 1;
            graph.Update(counter, t);
            var wide = rate?.Cast(DType.Float64) ?? graph.Constant(o.LearningRate, DType.Float64);
            var step = wide / (1 - graph.Constant(o.Beta1, DType.Float64).Pow(t));
            var rootScale = (1 - graph.Constant(o.Beta2, DType.Float64).Pow(t)).Sqrt().Reciprocal();
            var kept = o.WeightDecay > 0 && o.DecoupledWeightDecay ? 1 - (wide * o.WeightDecay) : null;
            var types = new AdamScalars?[(int)DType.Float64 + 1]; // parameters are floating
            foreach (var p in parameters)
            {
                types[(int)p.DType] ??= new(step.Cast(p.DType), rootScale.Cast(p.DType), kept?.Cast(p.DType));
            }

            return pairs =>
            {
                foreach (var (p, gradient) in pairs)
                {
                    var scalars = types[(int)p.DType]!;
                    var g = o.WeightDecay > 0 && !o.DecoupledWeightDecay ? gradient + (p * o.WeightDecay) : gradient;
                    var (m, v) = (graph.StateBeside(p, "m", origin), graph.StateBeside(p, "v", origin));
                    var mean = (m * o.Beta1) + (g * (1 - o.Beta1));
                    var square = (v * o.Beta2) + (g * g * (1 - o.Beta2));
                    graph.Update(m, mean);
                    graph.Update(v, square);
                    var root = (square.Sqrt() * scalars.RootScale) + o.Epsilon;
                    var from = scalars.Kept is null ? p : p * scalars.Kept;
                    graph.Update(p, from - (scalars.Step * (mean / root)));
                }
            };
        });
    }

    /// <summary>What all parameters of one type share in a step.</summary>
    private sealed record AdamScalars(Tensor Step, Tensor RootScale, Tensor? Kept);
}
