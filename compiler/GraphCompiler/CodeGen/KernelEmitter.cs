using System.Collections.Immutable;
using System.Globalization;
using GraphCompiler.Kernels;
using GraphCompiler.Runtime;

namespace GraphCompiler.CodeGen;

/// <summary>One kernel as one method: slots in, references to memory, the body.</summary>
internal static class KernelEmitter
{
    /// <summary>A method and the names of its slot parameters, so that calls can name them.</summary>
    public sealed record Method(string Name, IReadOnlyList<string> Parameters, string Text)
    {
        /// <inheritdoc cref="CodeWriter.Map"/>
        public ImmutableArray<(int Line, Node Node)> Map { get; init; } = [];
    }

    /// <param name="kernel">What to write.</param>
    /// <param name="target">For which processor.</param>
    /// <param name="symbols">Position of each symbol in the layout.</param>
    /// <param name="name">Name of the method.</param>
    /// <param name="outer">Names of the class.</param>
    /// <param name="anonymous">Leaves out names and comments: kernels of the same structure become the same text.</param>
    /// <param name="style">Whether it says so that the body is unchecked, and keeps which lines are for which nodes.</param>
    public static Method Emit(Kernel kernel, CodeTarget target, IReadOnlyDictionary<Symbol, int> symbols, string name, NameAllocator outer, bool anonymous, MemberStyle style)
    {
        var names = new NameAllocator(outer, anonymous);
        var context = new EmitContext(target, names) { CanKeepMasks = new AccessCollector(kernel.Statements) is { HasFunctions: true, Loops: > 1 } };
        var (head, parameters) = (new CodeWriter(), new List<string>());
        foreach (var buffer in kernel.Parameters.Select(static p => p.Buffer).Concat(kernel.Shared))
        {
            var variable = names.New(buffer.Name);
            var slot = names.New(variable + "Slot");
            parameters.Add(slot);
            context.Buffers.Add(buffer, variable);
            head.Line($"ref {Literals.StorageOf(buffer.Type)} {variable} = ref w.{buffer.Type}({slot});");
        }

        foreach (var (buffer, offset) in kernel.Scratch)
        {
            var variable = names.New(buffer.Name);
            context.Buffers.Add(buffer, variable);
            head.Line(string.Create(CultureInfo.InvariantCulture, $"ref {Literals.StorageOf(buffer.Type)} {variable} = ref w.Scratch{buffer.Type}({offset});"));
        }

        var body = new CodeWriter(style.MapsLines);
        new StatementEmitter(context, kernel.IsParallel, comments: !anonymous).EmitTop(kernel.Statements, body);

        var text = new CodeWriter(style.MapsLines);
        if (!anonymous)
        {
            Describe(kernel, text);
        }

        text.Line("[MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]");
        text.Open($"private static void {name}(in Worker w{string.Concat(parameters.Select(static p => $", int {p}"))})");
        if (style.IsUnchecked)
        {
            text.Open("unchecked");
        }

        foreach (var (symbol, variable) in context.Symbols.OrderBy(s => symbols[s.Key]))
        {
            text.Line(string.Create(CultureInfo.InvariantCulture, $"nint {variable} = w.Symbol({symbols[symbol]});"));
        }

        text.Append(head);
        text.Append(body);
        if (style.IsUnchecked)
        {
            text.Close();
        }

        text.Close();
        return new(name, parameters, text.ToString()) { Map = text.Map };
    }

    private static void Describe(Kernel kernel, CodeWriter text)
    {
        const int Most = 24;
        foreach (var formula in kernel.Formulas.Take(Most))
        {
            text.Comment(formula);
        }

        if (kernel.Formulas.Length > Most)
        {
            text.Comment($"... and {kernel.Formulas.Length - Most} more");
        }
    }
}
