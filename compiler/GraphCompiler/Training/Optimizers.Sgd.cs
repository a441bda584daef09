using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using GraphCompiler.Operators;
using GraphCompiler.Runtime;

namespace GraphCompiler.Training;

public static partial class Optimizers
{
    /// <summary>
    /// Declares a step of gradient descent on a loss: <c>p ← p − rate·g</c>; with momentum μ, <c>u ← μ·u + g</c> and
    /// <c>p ← p − rate·u</c>, or after Nesterov <c>p ← p − rate·(g + μ·u)</c>.
    /// </summary>
    /// <param name="graph">Where to declare it.</param>
    /// <param name="loss">A floating scalar; its gradients are taken.</param>
    /// <param name="parameters">What is trained; floating, each once.</param>
    /// <param name="options">The usual ones when null: no momentum.</param>
    /// <param name="rate">A floating scalar in place of the learning rate, such as an input or a function of a counter.</param>
    /// <param name="file">The caller's file, filled in by the compiler.</param>
    /// <param name="line">The caller's line, filled in by the compiler.</param>
    /// <remarks>State: with momentum, <c>p/velocity</c> of the type of each parameter p. With decay λ, g + λ·p takes the place of g. Source: Sutskever and others, "On the importance of initialization and momentum", 2013, without its factor in the velocity.</remarks>
    /// <exception cref="GraphException">GRC0124: a setting is out of range, or no floating parameter. GRC0116: a parameter is updated twice. GRC0301, GRC0303: the loss has no gradients.</exception>
    public static void Sgd(
        this Graph graph, Tensor loss, IReadOnlyList<Tensor> parameters, SgdOptions? options = null, Tensor? rate = null,
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Sgd(graph, parameters, () => graph.Gradients(loss, [.. parameters]), options ?? new SgdOptions(), rate, new Origin(file, line));

    /// <summary>Declares a step of gradient descent along given gradients: clipped ones, for instance.</summary>
    /// <param name="graph">Where to declare it.</param>
    /// <param name="parameters">What is trained; floating, each once.</param>
    /// <param name="gradients">One for each parameter, of its type.</param>
    /// <param name="options">The usual ones when null: no momentum.</param>
    /// <param name="rate">A floating scalar in place of the learning rate, such as an input or a function of a counter.</param>
    /// <param name="file">The caller's file, filled in by the compiler.</param>
    /// <param name="line">The caller's line, filled in by the compiler.</param>
    /// <remarks>As above.</remarks>
    /// <exception cref="GraphException">GRC0124: a setting is out of range, no floating parameter, or not one gradient each. GRC0116: a parameter is updated twice.</exception>
    public static void Sgd(
        this Graph graph, IReadOnlyList<Tensor> parameters, IReadOnlyList<Tensor> gradients, SgdOptions? options = null, Tensor? rate = null,
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Sgd(graph, parameters, () => [.. gradients], options ?? new SgdOptions(), rate, new Origin(file, line));

    private static void Sgd(
        Graph graph, IReadOnlyList<Tensor> parameters, Func<ImmutableArray<Tensor>> gradients, SgdOptions o, Tensor? rate, Origin origin)
    {
        Require(o.LearningRate >= 0, "Sgd", "a learning rate of 0 or more", o.LearningRate, origin);
        Require(o.Momentum >= 0, "Sgd", "a momentum of 0 or more", o.Momentum, origin);
        Require(o.Momentum > 0 || !o.Nesterov, "Sgd", "a momentum with Nesterov", o.Momentum, origin);
        Require(o.WeightDecay >= 0, "Sgd", "a weight decay of 0 or more", o.WeightDecay, origin);
        Declare(graph, "Sgd", parameters, gradients, rate, origin, () => pairs =>
        {
            foreach (var (p, gradient) in pairs)
            {
                var g = o.WeightDecay > 0 ? gradient + (p * o.WeightDecay) : gradient;
                var direction = g;
                if (o.Momentum > 0)
                {
                    var velocity = graph.StateBeside(p, "velocity", origin);
                    var next = (velocity * o.Momentum) + g;
                    graph.Update(velocity, next);
                    direction = o.Nesterov ? g + (next * o.Momentum) : next;
                }

                var step = rate?.Cast(p.DType) ?? graph.Constant(o.LearningRate, p.DType);
                graph.Update(p, p - (direction * step));
            }
        });
    }
}
