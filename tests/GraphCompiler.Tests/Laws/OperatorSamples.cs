using GraphCompiler.Operators;

namespace GraphCompiler.Tests.Laws;

/// <summary>
/// The samples of one operator. A family fixes the set; an operator restricts the range of values and adds what is its own.
/// Found by reflection: a class that derives from this takes part in every law.
/// </summary>
internal abstract class OperatorSamples
{
    /// <summary>One instance of every concrete class, in the order of their names.</summary>
    public static IReadOnlyList<OperatorSamples> All { get; } =
    [
        .. typeof(OperatorSamples).Assembly.GetTypes()
            .Where(static t => t.IsSubclassOf(typeof(OperatorSamples)) && !t.IsAbstract)
            .OrderBy(static t => t.Name, StringComparer.Ordinal)
            .Select(static t => (OperatorSamples)Activator.CreateInstance(t)!),
    ];

    /// <summary>Names for test cases: "Add" of AddSamples.</summary>
    public static IEnumerable<string> Names => All.Select(static s => s.Name);

    public string Name => GetType().Name.Replace("Samples", "", StringComparison.Ordinal);

    /// <summary>The operator that these are samples of; null for a composition, which is held to the same laws.</summary>
    public abstract Type? Operator { get; }

    public abstract IEnumerable<Sample> Samples { get; }

    /// <summary>Applications that a rule of the operator must rewrite.</summary>
    public virtual IEnumerable<RewriteSample> Rewrites => [];

    /// <summary>Documented values at the edges of the domain.</summary>
    public virtual IEnumerable<Edge> Edges => [];

    /// <summary>How far a compiled kernel may be from the definition.</summary>
    public virtual Tolerance Tolerance => Tolerance.Ulp(2);

    /// <summary>False for what never reaches a compiled graph.</summary>
    public virtual bool IsCompiled => true;

    public static OperatorSamples Named(string name) => All.Single(s => s.Name == name);

    /// <summary>True for a node that these are samples of.</summary>
    public bool IsSubject(Node node) => node.Operator.GetType() == Operator;
}

/// <summary>Samples of an operator given by its type.</summary>
internal abstract class OperatorSamples<TOperator> : OperatorSamples
    where TOperator : Operator
{
    public sealed override Type Operator => typeof(TOperator);
}
