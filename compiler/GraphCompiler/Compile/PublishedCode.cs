using GraphCompiler.Runtime;

namespace GraphCompiler.Compile;

/// <summary>
/// Names the generic members that applications call, for each type of element, so that an application published with machine
/// code has it for them; see the runtime's class of this name. Nobody calls it.
/// </summary>
internal static class PublishedCode
{
    internal static object[] Names(CompiledGraph compiled) =>
        [.. Names<float>(compiled), .. Names<double>(compiled), .. Names<int>(compiled), .. Names<bool>(compiled)];

    private static object[] Names<T>(CompiledGraph compiled) where T : unmanaged =>
    [
        new Func<string, Input<T>>(compiled.Input<T>),
        new Func<Tensor, Input<T>>(compiled.Input<T>),
        new Func<string, Output<T>>(compiled.Output<T>),
        new Func<Tensor, Output<T>>(compiled.Output<T>),
    ];
}
