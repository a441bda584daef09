using GraphCompiler.Runtime.State;

namespace GraphCompiler.Runtime;

/// <summary>
/// Names the generic members that applications call, for each type of element. Nobody calls this: an application published
/// with machine code gets code for a generic member only where somebody in the same assembly names it, and without it
/// each would be left to the JIT when the application starts.
/// </summary>
internal static class PublishedCode
{
    private delegate Span<T> OfInput<T>(Input<T> input) where T : unmanaged;

    private delegate ReadOnlySpan<T> OfOutput<T>(Output<T> output) where T : unmanaged;

    private delegate void Feeding<T>(Input<T> input, ReadOnlySpan<T> values) where T : unmanaged;

    private delegate void FeedingByName<T>(string input, ReadOnlySpan<T> values) where T : unmanaged;

    private delegate void Reading<T>(Span<T> destination) where T : unmanaged;

    private delegate void Writing<T>(ReadOnlySpan<T> values) where T : unmanaged;

    internal static object[] Names(ProgramLayout layout, Execution execution, Variable variable) =>
    [
        .. Names<float>(layout, execution, variable),
        .. Names<double>(layout, execution, variable),
        .. Names<int>(layout, execution, variable),
        .. Names<bool>(layout, execution, variable),
    ];

    // Delegates, since what is only called may be inlined, and then has no code of its own.
    private static object[] Names<T>(ProgramLayout layout, Execution execution, Variable variable) where T : unmanaged =>
    [
        new Func<string, Input<T>>(layout.Input<T>),
        new Func<string, Output<T>>(layout.Output<T>),
        new OfInput<T>(execution.Span),
        new OfOutput<T>(execution.Span),
        new Feeding<T>(execution.Feed),
        new Action<Input<T>, T>(execution.Feed),
        new FeedingByName<T>(execution.Feed),
        new Action<string, T>(execution.Feed),
        new Func<Output<T>, T[]>(execution.Read),
        new Func<string, T[]>(execution.Read<T>),
        new Func<Output<T>, T>(execution.Scalar),
        new Func<string, T>(execution.Scalar<T>),
        new Func<T[]>(variable.Read<T>),
        new Reading<T>(variable.Read),
        new Action<T[]>(variable.Write),
        new Writing<T>(variable.Write),
    ];
}
