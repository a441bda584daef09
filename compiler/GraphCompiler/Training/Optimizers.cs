using System.Collections.Immutable;
using GraphCompiler.Operators;
using GraphCompiler.Runtime;

namespace GraphCompiler.Training;

/// <summary>
/// Optimisers as functions that declare updates: state of the graph for what they keep from step to step, ordinary nodes for
/// their formulas. A compiled step is then forward, backward and update, and a saved file of the variables holds it all.
/// </summary>
public static partial class Optimizers
{
    // All nodes of an optimiser have the origin of the line that asked for it. What all parameters share is declared before
    // the gradients: groups read only earlier ones, and so the update of a weight can end the product that is its gradient.
    private static void Declare(
        Graph graph, string method, IReadOnlyList<Tensor> parameters, Func<ImmutableArray<Tensor>> gradients, Tensor? rate, Origin origin,
        Func<Action<IEnumerable<(Tensor Parameter, Tensor Gradient)>>> prepare)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(parameters);
        var outer = graph.OnBehalfOf;
        graph.OnBehalfOf = origin;
        try
        {
            if (parameters.FirstOrDefault(static p => p.Node.Operator is not VariableOp || !p.DType.IsFloating()) is { } wrong)
            {
                throw Refuse(method, $"floating parameters, got {wrong.Describe()}, which is {wrong.Node.Operator.Name}, {wrong.Type}", origin);
            }

            if (rate is not null && (rate.Rank > 0 || !rate.DType.IsFloating()))
            {
                throw Refuse(method, $"a floating scalar as rate: {rate.Describe()} is {rate.Type}", origin);
            }

            var declare = prepare();
            var ofParameters = gradients();
            if (ofParameters.Length != parameters.Count)
            {
                throw Refuse(method, $"one gradient for each parameter: got {parameters.Count} parameters and {ofParameters.Length} gradients", origin);
            }

            for (var i = 0; i < ofParameters.Length; i++)
            {
                var (parameter, gradient) = (parameters[i], ofParameters[i]);
                if (parameter.Type != gradient.Type)
                {
                    throw Refuse(method, $"gradients of the parameters' types: {parameter.Describe()} is {parameter.Type}, its gradient is {gradient.Type}", origin);
                }
            }

            declare(parameters.Zip(ofParameters));
        }
        finally
        {
            graph.OnBehalfOf = outer;
        }
    }

    private static void Require(bool holds, string method, string rule, double value, Origin origin)
    {
        if (!holds)
        {
            throw Refuse(method, FormattableString.Invariant($"{rule}: got {value:R}"), origin);
        }
    }

    private static GraphException Refuse(string method, string rule, Origin origin) =>
        new("GRC0124", $"{method} requires {rule}", origin.File, origin.Line);
}
