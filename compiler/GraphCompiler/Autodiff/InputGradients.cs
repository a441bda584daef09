using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace GraphCompiler.Autodiff;

/// <summary>
/// What an operator contributes to the gradient of each of its inputs: a tensor (of the input's shape or one that
/// broadcasting widened), or null where nothing flows (conditions, indices). Or the reason why it has no gradient.
/// </summary>
[CollectionBuilder(typeof(InputGradients), nameof(Create))]
internal readonly struct InputGradients
{
    private readonly ImmutableArray<Tensor?> _items;

    private InputGradients(ImmutableArray<Tensor?> items, string? reason)
    {
        _items = items;
        Reason = reason;
    }

    /// <summary>Why there is no gradient, or null when there is one.</summary>
    public string? Reason { get; }

    public Tensor? this[int input] => _items[input];

    public static InputGradients Create(ReadOnlySpan<Tensor?> items) => new([.. items], null);

    /// <summary>No gradient; <paramref name="reason"/> completes "X has no gradient: …".</summary>
    public static InputGradients None(string reason) => new([], reason);

    public ImmutableArray<Tensor?>.Enumerator GetEnumerator() => _items.GetEnumerator();
}
