using System.Globalization;
using GraphCompiler.CodeGen;
using GraphCompiler.Runtime;

namespace GraphCompiler.Ahead;

/// <summary>
/// The namespace of the kernels: for each program a class that declares its memory and chooses among targets, and for
/// each target a class of kernels.
/// </summary>
internal static class KernelsWriter
{
    // What declares a program says these beside.
    private static readonly string[] Declaring =
    [
        "GraphCompiler.Runtime.CompiledProgram", "GraphCompiler.Runtime.DType", "GraphCompiler.Runtime.ProgramBuilder", "GraphCompiler.Runtime.State.Init",
    ];

    public static void Write(EmitNames names, IReadOnlyList<AheadProgram> programs, CodeWriter text)
    {
        text.Open($"namespace {names.Kernels}");
        text.Line("// Simple names mean these in here, whatever else they mean around.");
        text.Line("using global::System.Runtime.Intrinsics;");
        foreach (var type in KnownTypes.All.Concat(Declaring))
        {
            text.Line($"using {KnownTypes.SimpleName(type)} = global::{type};");
        }

        var tables = new ValueTables();
        foreach (var program in programs)
        {
            text.Line();
            Program(program, tables, text);
            foreach (var variant in program.Variants)
            {
                text.Line();
                Kernels(program, variant, text);
            }
        }

        if (!tables.IsEmpty)
        {
            text.Line();
            tables.Write(text);
        }

        text.Close();
    }

    private static void Program(AheadProgram program, ValueTables tables, CodeWriter text)
    {
        text.Line($"/// <summary>What {program.Method} runs: the memory that it needs, and the kernels of the best target that the processor has.</summary>");
        text.Open($"internal static class {program.ClassName}");
        text.Line("private static CompiledProgram? _instance;");
        text.Line();
        text.Line("internal static CompiledProgram Instance => _instance ??= Create();");
        text.Line();
        text.Open("internal static string Instructions");
        text.Open("get");
        Choose(program, text, static variant => $"\"{variant.Target}\"");
        text.Close();
        text.Close();
        text.Line();
        text.Open("private static CompiledProgram Create()");
        Choose(program, text, static variant => $"{variant.ClassName}.Create()");
        text.Close();
        text.Line();
        text.Open("internal static ProgramBuilder Declare()");
        Declare(program, tables, text);
        text.Close();
        text.Close();
    }

    private static void Choose(AheadProgram program, CodeWriter text, Func<AheadProgram.Variant, string> result)
    {
        foreach (var variant in program.Variants)
        {
            var condition = variant.Target switch
            {
                KernelTarget.Avx512 => "if (Tile512.IsSupported) ",
                KernelTarget.Avx2 => "if (Vec256.IsSupported) ",
                _ => "",
            };
            text.Line($"{condition}return {result(variant)};");
        }

        if (program.Variants[^1].Target != KernelTarget.Portable)
        {
            var targets = string.Join(", ", program.Variants.Select(static variant => variant.Target));
            text.Line($"throw ProgramBuilder.NoTarget({CSharpText.Literal(program.Layout.Name)}, \"{targets}\");");
        }
    }

    private static void Declare(AheadProgram program, ValueTables tables, CodeWriter text)
    {
        var (layout, variable, constant) = (program.Layout, 0, 0);
        text.Line(string.Create(CultureInfo.InvariantCulture, $"var p = new ProgramBuilder({CSharpText.Literal(layout.Name)}, abiVersion: {layout.AbiVersion});"));
        foreach (var symbol in layout.Symbols)
        {
            text.Line($"p.Symbol({CSharpText.Literal(symbol.Name)}, {CSharpText.Literal(symbol.Max)});");
        }

        for (var slot = 0; slot < layout.Slots.Length && layout.Slots[slot].Kind != SlotKind.Arena; slot++)
        {
            var each = layout.Slots[slot];
            var head = $"{CSharpText.Literal(each.Name)}, DType.{each.Type}";
            text.Line(each.Kind switch
            {
                SlotKind.Variable => $"p.Variable({head}, {Start(program.Variables[variable++])}{string.Concat(each.Shape.Select(static e => $", {CSharpText.Literal(e.Factor)}"))});",
                SlotKind.Constant => $"p.Constant({head}, {tables.Add(program.Constants[constant++].Values.ToArray())}{Shape(each)});",
                _ => $"p.{each.Kind}({head}{Shape(each)});",
            });
        }

        text.Line("return p;");

        string Start(Operators.VariableOp op) => $"{InitializerText.Of(op.Init, tables)}, isState: {(op.IsState ? "true" : "false")}";
    }

    private static string Shape(SlotLayout slot) => string.Concat(slot.Shape.Select(static extent =>
        string.Create(CultureInfo.InvariantCulture, $", ProgramBuilder.Extent({string.Join(", ", [CSharpText.Literal(extent.Factor), .. extent.Symbols.Select(static s => s.ToString(CultureInfo.InvariantCulture))])})")));

    private static void Kernels(AheadProgram program, AheadProgram.Variant variant, CodeWriter text)
    {
        var layout = variant.Members.Layout;
        text.Line($"/// <summary>Kernels of {program.Method} for {NameOf(variant.Target)}.</summary>");
        text.Open($"internal static class {variant.ClassName}");
        text.Open("internal static CompiledProgram Create()");
        text.Line($"var p = {program.ClassName}.Declare();");
        foreach (var slot in layout.Slots.Where(static slot => slot.Kind == SlotKind.Arena))
        {
            text.Line($"p.Arena({CSharpText.Literal(slot.Offset)}, {CSharpText.Literal(slot.MaxBytes)});");
        }

        foreach (var scratch in layout.Scratch)
        {
            text.Line($"p.Scratch({CSharpText.Literal(scratch.Offset)}, {CSharpText.Literal(scratch.Bytes)});");
        }

        var parallelism = variant.Members.Parallelism == int.MaxValue ? "int.MaxValue" : "1";
        text.Line($"return p.Build(Run, {CSharpText.Literal(layout.ArenaBytes)}, {parallelism}, writesVariables: {(layout.WritesVariables ? "true" : "false")});");
        text.Close();
        text.Line();
        text.Append(variant.Members.Text);
        text.Close();
    }

    internal static string NameOf(KernelTarget target) => target switch
    {
        KernelTarget.Avx512 => "AVX-512",
        KernelTarget.Avx2 => "AVX2 with FMA",
        _ => "vectors of 128 bits",
    };
}
